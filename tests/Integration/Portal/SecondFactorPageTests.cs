using System.Net;
using Fleet.Platform.Security;

namespace Fleet.Tests.Integration.Portal;

public sealed class SecondFactorPageTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    private const string Uri = "otpauth://totp/Fleet:erika?secret=ABCDEFGHIJKLMNOPQRSTUVWXYZ234567&issuer=Fleet";

    [Fact]
    public async Task An_act_that_asks_for_the_second_factor_again_leads_to_the_question_and_back_to_its_form()
    {
        using var admin = portal.As("admin", "admin");
        admin.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        var form = $"/admin/accounts/{Guid.CreateVersion7()}/roles";

        var answer = await admin.PostAsync(form, new FormUrlEncodedContent(new Dictionary<string, string> { ["key"] = $"{Guid.CreateVersion7()}", ["version"] = "\"1\"", ["roles"] = "it" }));

        // The client followed, as a browser does.
        answer.RequestMessage!.RequestUri!.PathAndQuery.ShouldBe($"/sign-in/code?returnUrl={System.Uri.EscapeDataString(form)}");
    }

    [Theory]
    [InlineData("code", "en", "This code is not right, or was used already.")]
    [InlineData("locked", "de", "Zu viele Versuche.")]
    public async Task Whoever_gave_a_wrong_code_reads_why(string error, string language, string sentence)
    {
        using var stranger = new HttpClient { BaseAddress = portal.Address };
        stranger.DefaultRequestHeaders.Add("Accept-Language", language);
        WebUtility.HtmlDecode(await stranger.GetStringAsync($"/sign-in/code?error={error}")).ShouldContain(sentence);
        (await stranger.GetStringAsync("/sign-in/code?error=pay-here")).ShouldNotContain("role=\"alert\"");
    }

    [Theory]
    [InlineData("en", "Your role needs a second factor.")]
    [InlineData("de", "Ihre Rolle verlangt einen zweiten Faktor.")]
    public async Task Who_has_none_is_shown_the_key_to_type_and_to_follow_and_why(string language, string why)
    {
        var page = await PageAsync(new() { IsRequired = true, Secret = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", Uri = Uri }, language: language);
        page.ShouldContain("ABCD EFGH IJKL MNOP QRST UVWX YZ23 4567");
        page.ShouldContain($"href=\"{Uri}\"");
        page.ShouldContain(why);
        page.ShouldContain("action=\"/auth/second-factor\"");
    }

    [Fact]
    public async Task Recovery_codes_are_shown_with_the_way_on()
    {
        var page = await PageAsync(new() { IsSet = true, CodesLeft = 2, Codes = ["AAAAA-BBBBB", "CCCCC-DDDDD"] }, "?returnUrl=/devices");
        page.ShouldContain("AAAAA-BBBBB");
        page.ShouldContain("CCCCC-DDDDD");
        page.ShouldContain("href=\"/devices\"");
        page.ShouldNotContain("action=\"/auth/second-factor");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_has_one_may_remove_it_unless_the_role_needs_it(bool isRequired)
    {
        var page = await PageAsync(new() { IsSet = true, IsRequired = isRequired, CodesLeft = 1 }, "?error=code");
        page.ShouldContain("1 recovery code is left.");
        page.ShouldContain("action=\"/auth/second-factor/recovery-codes\"");
        page.Contains("formaction=\"/auth/second-factor/remove\"", StringComparison.Ordinal).ShouldBe(!isRequired);
        page.ShouldContain("role=\"alert\"");
    }

    [Fact]
    public async Task For_another_phone_a_code_of_either_is_asked_for()
    {
        var page = await PageAsync(new() { IsSet = true, IsRequired = true, CodesLeft = 1, Secret = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", Uri = Uri }, "/replace?error=current");
        page.ShouldContain("action=\"/auth/second-factor/replace\"");
        page.ShouldContain("name=\"code\"");
        page.ShouldContain("name=\"current\"");
        page.ShouldContain("The code of the app so far is not right");
        page.ShouldNotContain("Your role needs a second factor.");
    }

    [Fact]
    public async Task A_demo_account_reads_that_it_stays_as_it_is() => (await PageAsync(new() { IsDemo = true })).ShouldNotContain("action=\"/auth/second-factor");

    [Theory]
    [InlineData(true, "/password?returnUrl=%2Faccount%2Fsecond-factor")]
    [InlineData(false, "/sign-in?returnUrl=%2Faccount%2Fsecond-factor")]
    public async Task Who_is_not_that_far_is_led_to_what_comes_first(bool isSignedIn, string where)
    {
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = portal.Address };
        if (isSignedIn)
        {
            client.DefaultRequestHeaders.Authorization = portal.As("erika").DefaultRequestHeaders.Authorization;
            client.DefaultRequestHeaders.Add(SecondFactorFacts.Header, new SecondFactorFacts { HasOneTimePassword = true }.ToHeader());
        }

        (await client.GetAsync("/account/second-factor")).Headers.Location!.OriginalString.ShouldBe(where);
    }

    /// <summary>The page of somebody without a role yet, of whom the gateway tells this.</summary>
    private async Task<string> PageAsync(SecondFactorFacts facts, string query = "", string language = "en")
    {
        using var client = portal.As("erika");
        client.DefaultRequestHeaders.Add("Accept-Language", language);
        client.DefaultRequestHeaders.Add(SecondFactorFacts.Header, facts.ToHeader());
        return WebUtility.HtmlDecode(await client.GetStringAsync($"/account/second-factor{query}"));
    }
}
