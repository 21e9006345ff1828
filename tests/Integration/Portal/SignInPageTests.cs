using System.Net;

namespace Fleet.Tests.Integration.Portal;

public sealed class SignInPageTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    [Theory]
    [InlineData("credentials", "en", "User name and password do not match.")]
    [InlineData("locked", "en", "Too many attempts.")]
    [InlineData("disabled", "en", "This account is disabled.")]
    [InlineData("disabled", "de", "Dieses Konto ist deaktiviert.")]
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

    private HttpClient Stranger(string language)
    {
        var client = new HttpClient { BaseAddress = portal.Address };
        client.DefaultRequestHeaders.Add("Accept-Language", language);
        return client;
    }
}
