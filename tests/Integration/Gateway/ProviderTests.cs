using System.Net;
using System.Net.Http.Json;
using System.Text;
using Fleet.Contracts;
using Fleet.Platform.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Fleet.Tests.Integration.Gateway;

/// <summary>Signing in at an identity provider (OpenID Connect).</summary>
public sealed class ProviderTests(ProviderFixture site) : IClassFixture<ProviderFixture>
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Somebody_new_gets_an_account_with_the_roles_of_their_groups(bool asList)
    {
        var userName = NewName();
        using var browser = Browser();
        (await ArriveAsync(browser, With(userName, asList ? new[] { "fleet-it", "others" } : "fleet-it"), "/coverage")).ShouldLeadTo("/coverage");

        var me = await browser.GetJsonAsync("/auth/me");
        (me["subject"]!.GetValue<string>(), me["name"]!.GetValue<string>()).ShouldBe((userName, $"Name of {userName}"));
        me["roles"]!.AsArray().Select(r => r!.GetValue<string>()).ShouldBe(["it"]);
        (await browser.GetAsync("/api/inventory/it-only")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await ChangesShouldBeAsync(me["accountId"]!.GetValue<Guid>(), "created");
    }

    [Fact]
    public async Task The_browser_is_sent_with_state_nonce_and_a_challenge_and_keeps_them_out_of_reach_of_scripts()
    {
        using var browser = Browser();
        var answer = await browser.GetAsync("/auth/oidc?returnUrl=%2Fcoverage");
        answer.StatusCode.ShouldBe(HttpStatusCode.Found);
        var query = QueryHelpers.ParseQuery(answer.Headers.Location!.Query);
        query["response_type"].ToString().ShouldBe("code");
        query["code_challenge_method"].ToString().ShouldBe("S256");
        query["redirect_uri"].ToString().ShouldBe(new Uri(site.Gateway, "/auth/oidc/callback").ToString());
        foreach (var name in (string[])["state", "nonce", "code_challenge"]) query[name].ToString().Length.ShouldBeGreaterThan(20);
        var cookies = answer.Headers.GetValues("Set-Cookie").ToList();
        cookies.Count.ShouldBe(2);
        cookies.ShouldAllBe(c => c.Contains("httponly", StringComparison.Ordinal) && c.Contains("samesite=lax", StringComparison.Ordinal) && c.Contains("path=/auth/oidc/callback", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nobody_comes_back_to_another_site_or_without_having_been_sent()
    {
        using var browser = Browser();
        (await ArriveAsync(browser, With(NewName(), "fleet-it"), "//elsewhere.example")).ShouldLeadTo("/");

        using var victim = Browser();
        var back = await SendAsync(browser, site.Provider, "/");
        (await victim.GetAsync(back)).ShouldLeadTo("/sign-in?error=provider-refused");
        (await victim.GetAsync("/auth/oidc/callback?code=x&state=y")).ShouldLeadTo("/sign-in?error=provider-refused");
        (await victim.GetAsync("/auth/oidc/callback?error=access_denied")).ShouldLeadTo("/sign-in?error=provider-refused");
        (await victim.GetAsync("/auth/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("nonce")]
    [InlineData("audience")]
    [InlineData("signature")]
    [InlineData("subject")]
    public async Task A_token_that_was_not_made_for_this_sign_in_is_refused(string wrong)
    {
        await using var provider = await AProvider.StartAsync();
        var gateway = await site.StartGatewayAsync(provider);
        provider.With(NewName(), "fleet-it");
        provider.WrongNonce = wrong == "nonce" ? "another" : null;
        provider.WrongAudience = wrong == "audience" ? "another" : null;
        provider.SignsWithAnother = wrong == "signature";
        if (wrong == "subject") provider.UserInfo["sub"] = "another";
        using var browser = site.Fleet.Anonymous(gateway);

        (await ArriveAsync(browser, provider, "/coverage")).ShouldLeadTo("/sign-in?error=provider-refused&returnUrl=%2Fcoverage");
        (await browser.GetAsync("/auth/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Keys_that_roll_over_are_fetched_when_a_token_names_one()
    {
        await using var provider = await AProvider.StartAsync();
        var gateway = await site.StartGatewayAsync(provider);
        using var first = site.Fleet.Anonymous(gateway);
        (await ArriveAsync(first, provider.With(NewName(), "fleet-it"), "/")).ShouldLeadTo("/");

        provider.RollKey();
        using var second = site.Fleet.Anonymous(gateway);
        // Fetching them takes a moment; who was refused meanwhile tries again.
        await Eventually.ShouldAsync(async () => (await ArriveAsync(second, provider, "/")).ShouldLeadTo("/"));
    }

    [Fact]
    public async Task Roles_follow_the_provider_with_each_sign_in_and_end_what_began_with_others()
    {
        var userName = NewName();
        using var before = Browser();
        await ArriveAsync(before, With(userName, "fleet-it"), "/");
        var id = await AccountOfAsync(before);
        using var after = Browser();
        (await ArriveAsync(after, With($"{userName}-married", new[] { "fleet-it", "cn=admins,ou=fleet" }, $"sub of {userName}"), "/")).ShouldLeadTo("/");

        (await before.GetAsync("/auth/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var me = await after.GetJsonAsync("/auth/me");
        (me["accountId"]!.GetValue<Guid>(), me["subject"]!.GetValue<string>()).ShouldBe((id, userName));
        me["roles"]!.AsArray().Select(r => r!.GetValue<string>()).ShouldBe(["admin", "hr", "it"]);

        using var without = Browser();
        (await ArriveAsync(without, With(userName, "others"), "/")).ShouldLeadTo("/sign-in?error=no-role");
        (await after.GetAsync("/auth/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        await ChangesShouldBeAsync(id, "created", "rolesChanged", "rolesChanged");
    }

    [Fact]
    public async Task Who_has_no_group_of_Fleet_is_let_in_only_as_one_of_its_people()
    {
        var userName = NewName();
        using var browser = Browser();
        (await ArriveAsync(browser, With(userName, groups: null), "/coverage")).ShouldLeadTo("/sign-in?error=no-role&returnUrl=%2Fcoverage");

        var person = new PersonState { PersonId = Guid.CreateVersion7(), UserName = userName.ToUpperInvariant(), GivenName = "Erika", FamilyName = "Musterfrau", StartDate = new DateOnly(2020, 1, 1) };
        await site.Fleet.Broker.PublishAsync(new PersonRegistered { Meta = Meta(person.PersonId, 1), Person = person });
        await Eventually.ShouldAsync(async () => (await ArriveAsync(browser, With(userName, groups: null), "/")).ShouldLeadTo("/"));
        var me = await browser.GetJsonAsync("/auth/me");
        me["personId"]!.GetValue<Guid>().ShouldBe(person.PersonId);
        me["roles"]!.AsArray().Select(r => r!.GetValue<string>()).ShouldBe(["employee"]);

        await site.Fleet.Broker.PublishAsync(new PersonLeft { Meta = Meta(person.PersonId, 2), Person = person with { EndDate = new DateOnly(2021, 1, 1) } });
        await Eventually.ShouldAsync(async () => (await ArriveAsync(Browser(), With(userName, "fleet-it"), "/")).ShouldLeadTo("/sign-in?error=disabled"));
        await Eventually.ShouldAsync(async () => (await browser.GetAsync("/auth/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized), TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task An_account_with_a_password_here_is_not_taken_over()
    {
        using var admin = await site.Fleet.AsClientAsync("demo-admin");
        var userName = NewName();
        var local = await (await admin.PostAsJsonAsync("/auth/accounts", new { userName, name = "Erika", roles = new[] { "hr" } })).JsonAsync(HttpStatusCode.Created);
        var client = NewName();
        (await admin.PostAsJsonAsync("/auth/clients", new { clientId = client, roles = new[] { "it" } })).StatusCode.ShouldBe(HttpStatusCode.Created);

        foreach (var name in (string[])[userName, userName.ToUpperInvariant(), client, "it", "demo-admin"])
            (await ArriveAsync(Browser(), With(name, "fleet-it"), "/")).ShouldLeadTo("/sign-in?error=account-exists-locally");
        (await admin.GetJsonAsync($"/auth/accounts/{local["id"]}"))["roles"]!.AsArray().Select(r => r!.GetValue<string>()).ShouldBe(["hr"]);
    }

    [Fact]
    public async Task Two_people_of_one_name_at_the_provider_are_not_one_account()
    {
        var userName = NewName();
        (await ArriveAsync(Browser(), With(userName, "fleet-it"), "/")).ShouldLeadTo("/");
        (await ArriveAsync(Browser(), With(userName, "fleet-it", "another sub"), "/")).ShouldLeadTo("/sign-in?error=account-exists-locally");
    }

    [Fact]
    public async Task Groups_that_lie_elsewhere_are_said_to_and_not_taken_for_none()
    {
        With(NewName(), "fleet-it");
        site.Provider.Claims["_claim_names"] = new Dictionary<string, object> { ["groups"] = "src1" };
        site.Provider.Claims["_claim_sources"] = new Dictionary<string, object> { ["src1"] = new Dictionary<string, object> { ["endpoint"] = "https://graph.example/groups" } };
        (await ArriveAsync(Browser(), site.Provider, "/")).ShouldLeadTo("/sign-in?error=groups-elsewhere");

        With("no name", "fleet-it");
        (await ArriveAsync(Browser(), site.Provider, "/")).ShouldLeadTo("/sign-in?error=no-user-name");
    }

    [Fact]
    public async Task The_provider_answers_for_the_second_factor_unless_it_is_to_say_so()
    {
        using var trusted = Browser();
        var admin = NewName();
        (await ArriveAsync(trusted, With(admin, "cn=admins,ou=fleet"), "/")).ShouldLeadTo("/");
        (await trusted.GetAsync("/auth/accounts")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await AnApp.FactsAsync(trusted)).ShouldSatisfyAllConditions(f => f.IsExternal.ShouldBeTrue(), f => f.Secret.ShouldBeNull());
        await (await trusted.PostFormAsync("/auth/second-factor", ("code", "123456"))).ShouldBeProblemAsync(HttpStatusCode.Conflict, "external-account");
        await (await trusted.PostFormAsync("/auth/password", ("current", "x"), ("new", "a-password-of-mine-1"), ("repeat", "a-password-of-mine-1"))).ShouldBeProblemAsync(HttpStatusCode.Conflict, "external-account");

        var strict = await site.StartGatewayAsync(site.Provider, "--Fleet:OpenIdConnect:TrustProvidersFactor=false");
        using var browser = site.Fleet.Anonymous(strict);
        (await ArriveAsync(browser, With(admin, "cn=admins,ou=fleet"), "/")).ShouldLeadTo("/sign-in?error=no-factor");
        (await ArriveAsync(browser, With(NewName(), "fleet-it"), "/")).ShouldLeadTo("/");
        With(admin, "cn=admins,ou=fleet").Claims["amr"] = new[] { "pwd", "otp" };
        (await ArriveAsync(browser, site.Provider, "/")).ShouldLeadTo("/");
        (await browser.GetAsync("/auth/accounts")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_session_is_Fleet_s_own_disabling_ends_it_and_nobody_gives_it_a_password()
    {
        var userName = NewName();
        using var browser = Browser();
        await ArriveAsync(browser, With(userName, "fleet-it"), "/");
        var id = await AccountOfAsync(browser);
        using var admin = await site.Fleet.AsClientAsync("demo-admin");
        (await admin.GetJsonAsync($"/auth/sessions?accountId={id}"))["items"]!.AsArray().Count.ShouldBe(1);
        (await admin.GetJsonAsync($"/auth/accounts/{id}"))["external"]!.GetValue<bool>().ShouldBeTrue();
        await (await admin.PostAsync($"/auth/accounts/{id}/reset", null)).ShouldBeProblemAsync(HttpStatusCode.Conflict, "external-account");

        (await admin.PatchAsJsonAsync($"/auth/accounts/{id}", new { disabled = true })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await browser.GetAsync("/auth/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await ArriveAsync(browser, With(userName, "fleet-it"), "/")).ShouldLeadTo("/sign-in?error=disabled");
    }

    [Fact]
    public async Task Signing_out_leads_to_the_provider_s_page_with_the_token_it_gave()
    {
        using var browser = Browser();
        await ArriveAsync(browser, With(NewName(), "fleet-it"), "/");
        var answer = await browser.PostFormAsync("/auth/sign-out");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.Location.ShouldBeNull();
        var end = new Uri(answer.Headers.GetValues("Refresh").Single()["0; url=".Length..]);
        end.GetLeftPart(UriPartial.Path).ShouldBe($"{site.Provider.Issuer}/end");
        var query = QueryHelpers.ParseQuery(end.Query);
        query["id_token_hint"].ToString().Split('.').Length.ShouldBe(3);
        (await browser.GetAsync("/auth/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await browser.GetAsync(QueryHelpers.AddQueryString(query["post_logout_redirect_uri"].ToString(), "state", query["state"].ToString()))).ShouldLeadTo("/sign-in");
        (await browser.GetAsync("/auth/oidc/signed-out")).ShouldLeadTo("/sign-in");

        using var local = await site.Fleet.AsPersonAsync("hr", gateway: site.Gateway);
        (await local.PostFormAsync("/auth/sign-out")).ShouldLeadTo("/sign-in");
    }

    [Fact]
    public async Task The_provider_s_token_lies_in_no_file_in_a_readable_form()
    {
        using var browser = Browser();
        var userName = NewName();
        await ArriveAsync(browser, With(userName, "fleet-it"), "/");
        var idToken = Encoding.ASCII.GetBytes("eyJhbGciOiJSUzI1NiI");
        foreach (var file in Directory.EnumerateFiles(site.Fleet.Data, "*", SearchOption.AllDirectories))
        {
            await using var open = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var copy = new MemoryStream();
            await open.CopyToAsync(copy);
            copy.ToArray().AsSpan().IndexOf(idToken).ShouldBe(-1, file);
        }
    }

    [Fact]
    public async Task A_provider_that_is_away_is_said_and_passwords_work_as_ever()
    {
        var provider = await AProvider.StartAsync();
        var settings = provider.Settings($"--Fleet:Data={site.Fleet.Data}");
        await provider.DisposeAsync();
        var gateway = await site.Fleet.StartGatewayAsync(settings);
        using var browser = site.Fleet.Anonymous(gateway);
        (await browser.GetAsync("/auth/oidc?returnUrl=%2Fcoverage")).ShouldLeadTo("/sign-in?error=provider-away&returnUrl=%2Fcoverage");
        using var local = await site.Fleet.AsPersonAsync("hr", gateway: gateway);
        (await local.GetAsync("/coverage")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_provider_that_goes_away_while_somebody_signs_in_is_said_too()
    {
        var provider = await AProvider.StartAsync();
        var gateway = await site.StartGatewayAsync(provider);
        using var browser = site.Fleet.Anonymous(gateway);
        var back = await SendAsync(browser, provider.With(NewName(), "fleet-it"), "/coverage");
        await provider.DisposeAsync();
        (await browser.GetAsync(back)).ShouldLeadTo("/sign-in?error=provider-away&returnUrl=%2Fcoverage");
    }

    [Fact]
    public async Task Coming_back_counts_among_the_requests_of_strangers()
    {
        var gateway = await site.StartGatewayAsync(site.Provider, "--Fleet:Limits:AnonymousPerSecond=1", "--Fleet:Limits:AnonymousBurst=3");
        using var browser = site.Fleet.Anonymous(gateway);
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 8; i++) answers.Add((await browser.GetAsync("/auth/oidc/callback?code=x&state=y")).StatusCode);
        answers[0].ShouldBe(HttpStatusCode.SeeOther);
        answers.ShouldContain(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task The_sign_in_page_alone_is_told_the_provider_s_name_and_without_one_there_is_no_way_there()
    {
        using var browser = Browser();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/coverage");
        request.Headers.Add(ProviderName.Header, ProviderName.ToHeader("forged"));
        NameIn(await browser.GetJsonAsync("/sign-in")).ShouldBe("Rathaus Ä");
        await ArriveAsync(browser, With(NewName(), "fleet-it"), "/");
        NameIn(await (await browser.SendAsync(request)).JsonAsync(HttpStatusCode.OK)).ShouldBeNull();

        using var plain = site.Fleet.Anonymous();
        NameIn(await plain.GetJsonAsync("/sign-in")).ShouldBeNull();
        await (await plain.GetAsync("/auth/oidc")).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        await (await plain.GetAsync("/auth/oidc/callback?code=x&state=y")).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    private static string? NameIn(System.Text.Json.Nodes.JsonNode seen)
    {
        if (seen["headers"]![ProviderName.Header.ToLowerInvariant()] is not { } header) return null;
        var request = new DefaultHttpContext().Request;
        request.Headers[ProviderName.Header] = header.GetValue<string>();
        return ProviderName.Of(request);
    }

    private static string NewName() => $"name-{Guid.CreateVersion7():N}";

    private static EventMeta Meta(Guid id, long version) => Cause.Due("assignment", TimeProvider.System.GetUtcNow()).Meta(id, version, version, TimeProvider.System.GetUtcNow(), null);

    private static async Task<Guid> AccountOfAsync(HttpClient browser) => (await browser.GetJsonAsync("/auth/me"))["accountId"]!.GetValue<Guid>();

    private AProvider With(string userName, object? groups, string? sub = null) => site.Provider.With(userName, groups, sub);

    private HttpClient Browser() => site.Fleet.Anonymous(site.Gateway);

    /// <summary>To the provider and back, up to the answer that lets them in or does not.</summary>
    private static async Task<HttpResponseMessage> ArriveAsync(HttpClient browser, AProvider provider, string returnUrl) => await browser.GetAsync(await SendAsync(browser, provider, returnUrl));

    private static async Task<Uri> SendAsync(HttpClient browser, AProvider provider, string returnUrl)
    {
        var start = await browser.GetAsync($"/auth/oidc?returnUrl={Uri.EscapeDataString(returnUrl)}");
        start.StatusCode.ShouldBe(HttpStatusCode.Found);
        start.Headers.Location!.OriginalString.ShouldStartWith($"{provider.Issuer}/authorize?");
        var there = await browser.GetAsync(start.Headers.Location);
        there.StatusCode.ShouldBe(HttpStatusCode.Found);
        return there.Headers.Location!;
    }

    private Task ChangesShouldBeAsync(Guid id, params string[] changes) => Eventually.ShouldAsync(() =>
    {
        var seen = site.Fleet.Broker.Published<AccountChanged>().Where(e => e.Meta.AggregateId == id).OrderBy(e => e.Meta.StreamNumber).ToList();
        seen.Select(e => e.Change).ShouldBe(changes);
        return Task.CompletedTask;
    });
}
