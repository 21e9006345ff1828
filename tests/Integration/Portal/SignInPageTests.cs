using System.Net;
using Fleet.Platform.Security;

namespace Fleet.Tests.Integration.Portal;

public sealed class SignInPageTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    [Theory, InlineData("/sign-in"), InlineData("/css/fleet.css"), InlineData("/js/counter.js")]
    public async Task Pages_and_what_they_load_are_sent_compressed(string path)
    {
        using var browser = new HttpClient(new HttpClientHandler { AutomaticDecompression = DecompressionMethods.None }) { BaseAddress = portal.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Accept-Encoding", "br");
        (await browser.SendAsync(request)).Content.Headers.ContentEncoding.ShouldBe(["br"]);
    }

    [Theory]
    [InlineData("credentials", "en", "User name and password do not match.")]
    [InlineData("locked", "en", "Too many attempts.")]
    [InlineData("disabled", "en", "This account is disabled.")]
    [InlineData("disabled", "de", "Dieses Konto ist deaktiviert.")]
    [InlineData("provider-away", "de", "Der Anmeldedienst ist gerade nicht erreichbar.")]
    [InlineData("provider-refused", "en", "Signing in at the identity provider did not succeed.")]
    [InlineData("no-user-name", "en", "did not say a user name")]
    [InlineData("groups-elsewhere", "en", "did not name them")]
    [InlineData("no-role", "de", "Keine Ihrer Gruppen hat in Fleet eine Rolle")]
    [InlineData("no-factor", "en", "did not ask for one")]
    [InlineData("account-exists-locally", "de", "Es wird nicht übernommen")]
    public async Task Whoever_is_not_let_in_reads_why(string error, string language, string sentence)
    {
        using var stranger = Stranger(language);

        WebUtility.HtmlDecode(await stranger.GetStringAsync($"/sign-in?error={error}")).ShouldContain(sentence);
    }

    [Fact]
    public async Task A_reason_that_the_gateway_never_gives_is_not_shown()
    {
        using var stranger = Stranger("en");

        (await stranger.GetStringAsync("/sign-in?error=pay-here")).ShouldNotContain("role=\"alert\"");
    }

    [Fact]
    public async Task A_provider_has_a_link_of_its_name_that_leads_on_to_where_they_wanted_to_go()
    {
        using var stranger = Stranger("de");
        (await stranger.GetStringAsync("/sign-in")).ShouldNotContain("/auth/oidc");

        stranger.DefaultRequestHeaders.Add(ProviderName.Header, ProviderName.ToHeader("Bürger & Co"));
        var page = await stranger.GetStringAsync("/sign-in?returnUrl=%2Fdevices%3Fpage%3D2");
        page.ShouldContain("href=\"/auth/oidc?returnUrl=%2Fdevices%3Fpage%3D2\"");
        WebUtility.HtmlDecode(page).ShouldContain("Mit Bürger & Co anmelden");
    }

    private HttpClient Stranger(string language)
    {
        var client = new HttpClient { BaseAddress = portal.Address };
        client.DefaultRequestHeaders.Add("Accept-Language", language);
        return client;
    }
}
