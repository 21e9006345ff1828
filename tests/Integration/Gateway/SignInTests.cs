using System.Net;
using System.Net.Http.Json;

namespace Fleet.Tests.Integration.Gateway;

public sealed class SignInTests(GatewayFixture fleet) : IClassFixture<GatewayFixture>
{
    [Fact]
    public async Task Who_is_not_signed_in_is_led_to_the_sign_in_page_and_back()
    {
        using var browser = fleet.Anonymous();
        (await browser.GetAsync("/coverage?per=unit")).ShouldLeadTo("/sign-in?returnUrl=%2Fcoverage%3Fper%3Dunit", HttpStatusCode.Found);
        (await browser.GetJsonAsync("/sign-in"))["subject"].ShouldBeNull();
        (await browser.GetStringAsync("/css/site.css")).ShouldBe("a{}");

        var signedIn = await GatewayFixture.SignInAsync(browser, "IT", "demo", "/coverage?per=unit");
        signedIn.ShouldLeadTo("/coverage?per=unit");
        var cookies = signedIn.Headers.GetValues("Set-Cookie").ToList();
        cookies.Count.ShouldBe(2);
        cookies.ShouldAllBe(c => c.Contains("httponly"));
        cookies.Single(c => c.StartsWith("fleet-session", StringComparison.Ordinal)).ShouldContain("samesite=lax");

        (await browser.GetJsonAsync("/coverage"))["subject"]!.GetValue<string>().ShouldBe("it");
        (await browser.GetJsonAsync("/api/inventory/seen"))["subject"]!.GetValue<string>().ShouldBe("it");
    }

    [Theory]
    [InlineData("https://elsewhere.example/")]
    [InlineData("//elsewhere.example")]
    [InlineData("/\\elsewhere.example")]
    public async Task Signing_in_leads_to_no_other_site(string returnUrl)
    {
        using var browser = fleet.Anonymous();
        (await GatewayFixture.SignInAsync(browser, "it", "demo", returnUrl)).ShouldLeadTo("/");
    }

    [Fact]
    public async Task A_wrong_password_leads_back_and_the_sixth_in_a_row_is_not_even_looked_at()
    {
        var gateway = await fleet.StartGatewayAsync();
        using var browser = fleet.Anonymous(gateway);
        for (var i = 0; i < 5; i++)
            (await GatewayFixture.SignInAsync(browser, "auditor", "wrong", "/coverage")).ShouldLeadTo("/sign-in?error=credentials&returnUrl=%2Fcoverage");
        (await GatewayFixture.SignInAsync(browser, "auditor", "demo")).ShouldLeadTo("/sign-in?error=locked");
        // A program's secret is not for people.
        (await GatewayFixture.SignInAsync(browser, "demo-it", "demo")).ShouldLeadTo("/sign-in?error=credentials");
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    public async Task A_page_of_another_site_changes_nothing(string header, string value)
    {
        using var browser = await fleet.AsPersonAsync("it");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/inventory/body") { Content = new StringContent("x") };
        request.Headers.Add(header, value);
        await (await browser.SendAsync(request)).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "cross-origin-refused");

        using var own = new HttpRequestMessage(HttpMethod.Post, "/api/inventory/body") { Content = new StringContent("x") };
        own.Headers.Add("Origin", fleet.Address.GetLeftPart(UriPartial.Authority));
        (await browser.SendAsync(own)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_one_time_password_opens_nothing_but_its_own_change()
    {
        var (userName, oneTime) = await NewPersonAsync("hr");
        using var browser = fleet.Anonymous();
        (await GatewayFixture.SignInAsync(browser, userName, oneTime, "/coverage")).ShouldLeadTo("/password?returnUrl=%2Fcoverage");
        (await browser.GetAsync("/coverage")).ShouldLeadTo("/password?returnUrl=%2Fcoverage", HttpStatusCode.Found);
        (await browser.GetAsync("/api/inventory/seen")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await browser.GetJsonAsync("/sign-in"))["roles"]!.AsArray().ShouldBeEmpty();

        (await ChangeAsync(browser, "wrong", "a-new-password-1")).ShouldLeadTo("/password?error=credentials");
        (await ChangeAsync(browser, oneTime, "short")).ShouldLeadTo("/password?error=weak");
        (await ChangeAsync(browser, oneTime, "a-new-password-1", "a-new-password-2")).ShouldLeadTo("/password?error=mismatch");
        (await ChangeAsync(browser, oneTime, "a-new-password-1")).ShouldLeadTo("/");
        (await browser.GetJsonAsync("/coverage"))["roles"]![0]!.GetValue<string>().ShouldBe("hr");
        (await GatewayFixture.SignInAsync(fleet.Anonymous(), userName, oneTime)).ShouldLeadTo("/sign-in?error=credentials");
    }

    [Fact]
    public async Task A_changed_password_ends_the_other_sessions()
    {
        var (userName, oneTime) = await NewPersonAsync("it");
        using var first = fleet.Anonymous();
        await GatewayFixture.SignInAsync(first, userName, oneTime);
        (await ChangeAsync(first, oneTime, "a-new-password-1")).ShouldLeadTo("/");
        using var second = await fleet.AsPersonAsync(userName, "a-new-password-1");
        (await ChangeAsync(second, "a-new-password-1", "a-new-password-2")).ShouldLeadTo("/");

        (await second.GetAsync("/auth/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await first.GetAsync("/auth/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Signing_out_ends_the_session()
    {
        using var browser = await fleet.AsPersonAsync("hr");
        (await browser.PostFormAsync("/auth/sign-out")).ShouldLeadTo("/sign-in");
        (await browser.GetAsync("/auth/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task The_demo_s_passwords_stay_what_everybody_knows()
    {
        using var browser = await fleet.AsPersonAsync("hr");
        await (await ChangeAsync(browser, "demo", "a-new-password-1")).ShouldBeProblemAsync(HttpStatusCode.Conflict, "demo-account");
    }

    [Fact]
    public async Task The_portal_gets_the_cookies_of_its_pages_and_no_other()
    {
        using var browser = new HttpClient(new HttpClientHandler { UseCookies = false }) { BaseAddress = fleet.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sign-in");
        request.Headers.Add("Cookie", "fleet-session=x; .AspNetCore.Culture=c%3Dde%7Cuic%3Dde; fleet-counter=0.0189..5~1.0189.01.6; other=1");
        var seen = await (await browser.SendAsync(request)).JsonAsync(HttpStatusCode.OK);
        seen["headers"]!["cookie"]!.GetValue<string>().ShouldBe(".AspNetCore.Culture=c%3Dde%7Cuic%3Dde; fleet-counter=0.0189..5~1.0189.01.6");
    }

    private static Task<HttpResponseMessage> ChangeAsync(HttpClient browser, string current, string wanted, string? repeat = null) =>
        browser.PostFormAsync("/auth/password", ("current", current), ("new", wanted), ("repeat", repeat ?? wanted));

    private async Task<(string UserName, string OneTimePassword)> NewPersonAsync(string role)
    {
        using var admin = await fleet.AsClientAsync("demo-admin");
        var made = await (await admin.PostAsJsonAsync("/auth/accounts", new { userName = $"person-{Guid.CreateVersion7():N}", name = "Erika Musterfrau", roles = new[] { role } }))
            .JsonAsync(HttpStatusCode.Created);
        return (made["userName"]!.GetValue<string>(), made["oneTimePassword"]!.GetValue<string>());
    }
}
