using System.Net;
using System.Net.Http.Json;
using System.Text;
using Fleet.Contracts;
using Fleet.Platform.Security;
using OtpNet;

namespace Fleet.Tests.Integration.Gateway;

public sealed class SecondFactorTests(GatewayFixture fleet) : IClassFixture<GatewayFixture>
{
    private const string Chosen = "a-chosen-password-1";

    [Fact]
    public async Task A_code_is_asked_for_after_the_password_and_accepted_once()
    {
        var (_, userName, app) = await APersonWithAnAppAsync();
        using var first = await AtTheSecondStepAsync(userName, "/coverage");
        using var second = await AtTheSecondStepAsync(userName);
        var code = app.Code();

        (await GiveAsync(first, code, "/coverage")).ShouldLeadTo("/coverage");
        (await first.GetJsonAsync("/auth/me"))["secondFactor"]!.GetValue<bool>().ShouldBeTrue();
        (await GiveAsync(second, code)).ShouldLeadTo("/sign-in/code?error=code");
        (await GiveAsync(second, app.Code(-1))).ShouldLeadTo("/sign-in/code?error=code");
        (await GiveAsync(second, $" {app.Code(1)[..3]} {app.Code(1)[3..]} ")).ShouldLeadTo("/");
    }

    [Fact]
    public async Task Of_two_gateways_that_are_sent_the_same_code_at_once_one_accepts_it()
    {
        var replica = await fleet.StartGatewayAsync($"--Fleet:Data={fleet.Data}");
        var (_, userName, app) = await APersonWithAnAppAsync();
        for (var round = 0; round < 5; round++)
        {
            using var here = await AtTheSecondStepAsync(userName);
            using var there = await AtTheSecondStepAsync(userName, gateway: replica);
            var code = app.Code();
            var answers = await Task.WhenAll(GiveAsync(here, code), GiveAsync(there, code));
            answers.Select(a => a.Headers.Location!.OriginalString).ShouldBe(["/", "/sign-in/code?error=code"], ignoreOrder: true);
            fleet.Clock.Advance(TimeSpan.FromSeconds(30));
        }
    }

    [Fact]
    public async Task The_right_password_alone_opens_nothing_and_counts_for_five_minutes()
    {
        var (id, userName, app) = await APersonWithAnAppAsync();
        using var browser = await AtTheSecondStepAsync(userName);
        (await browser.GetAsync("/auth/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await browser.GetAsync("/coverage")).ShouldLeadTo("/sign-in?returnUrl=%2Fcoverage", HttpStatusCode.Found);
        fleet.Clock.Advance(TimeSpan.FromMinutes(5));
        (await GiveAsync(browser, app.Code())).ShouldLeadTo("/sign-in?error=expired");

        using var late = await AtTheSecondStepAsync(userName);
        using var admin = await fleet.AsClientAsync("demo-admin");
        (await admin.PatchAsJsonAsync($"/auth/accounts/{id}", new { roles = new[] { "it" } })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await GiveAsync(late, app.Code())).ShouldLeadTo("/sign-in?error=expired");
        (await GiveAsync(fleet.Anonymous(), app.Code())).ShouldLeadTo("/sign-in?error=expired");
    }

    [Fact]
    public async Task What_lies_between_the_steps_cannot_be_read_by_scripts_or_sent_by_other_sites()
    {
        var (_, userName, _) = await APersonWithAnAppAsync();
        using var browser = fleet.Anonymous();
        var answer = await GatewayFixture.SignInAsync(browser, userName, Chosen);
        var cookie = answer.Headers.GetValues("Set-Cookie").ShouldHaveSingleItem();
        cookie.ShouldStartWith("fleet-first-step=");
        cookie.ShouldContain("httponly");
        cookie.ShouldContain("samesite=strict");
        cookie.ShouldContain("max-age=300");
    }

    [Fact]
    public async Task Who_needs_a_second_factor_has_no_roles_until_it_is_set_up()
    {
        var (_, userName) = await APersonAsync("admin", "it");
        using var browser = fleet.Anonymous();
        (await GatewayFixture.SignInAsync(browser, userName, Chosen, "/coverage")).ShouldLeadTo("/account/second-factor?returnUrl=%2Fcoverage");
        (await browser.GetAsync("/coverage")).ShouldLeadTo("/account/second-factor?returnUrl=%2Fcoverage", HttpStatusCode.Found);
        (await browser.GetAsync("/api/inventory/seen")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await browser.GetAsync("/auth/accounts")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await browser.GetJsonAsync("/account/second-factor"))["roles"]!.AsArray().ShouldBeEmpty();

        var app = await AnApp.SetUpAsync(browser, fleet.Clock);
        (await browser.GetJsonAsync("/coverage"))["roles"]!.AsArray().Count.ShouldBe(2);
        (await browser.PostFormAsync("/auth/second-factor/remove", ("code", app.Code()))).ShouldLeadTo("/account/second-factor?error=required");
    }

    [Fact]
    public async Task Which_roles_need_it_is_a_setting_that_may_be_empty()
    {
        var nobody = await fleet.StartGatewayAsync("--Fleet:SecondFactor:RequiredFor=", $"--Fleet:Data={fleet.Data}");
        var hr = await fleet.StartGatewayAsync("--Fleet:SecondFactor:RequiredFor:0=hr", $"--Fleet:Data={fleet.Data}");
        var (_, userName) = await APersonAsync("admin");
        (await GatewayFixture.SignInAsync(fleet.Anonymous(nobody), userName, Chosen)).ShouldLeadTo("/");
        (await GatewayFixture.SignInAsync(fleet.Anonymous(hr), userName, Chosen)).ShouldLeadTo("/");
        (await GatewayFixture.SignInAsync(fleet.Anonymous(), userName, Chosen)).ShouldLeadTo("/account/second-factor");
    }

    [Fact]
    public async Task A_recovery_code_stands_in_for_a_code_once()
    {
        var (id, userName, app) = await APersonWithAnAppAsync();
        app.RecoveryCodes.Count.ShouldBe(10);
        app.RecoveryCodes.ShouldAllBe(c => c.Length == 11 && c[5] == '-');
        using var browser = await AtTheSecondStepAsync(userName);
        (await GiveAsync(browser, app.RecoveryCodes[3].ToLowerInvariant())).ShouldLeadTo("/");
        (await AnApp.FactsAsync(browser)).CodesLeft.ShouldBe(9);
        using var again = await AtTheSecondStepAsync(userName);
        (await GiveAsync(again, app.RecoveryCodes[3])).ShouldLeadTo("/sign-in/code?error=code");
        (await GiveAsync(again, app.RecoveryCodes[4].Replace("-", "", StringComparison.Ordinal))).ShouldLeadTo("/");
        await ChangesShouldBeAsync(id, "created", "passwordChanged", "secondFactorSet", "recoveryCodeUsed", "recoveryCodeUsed");
    }

    [Fact]
    public async Task Recovery_codes_are_shown_once_and_new_ones_end_the_old()
    {
        var (id, userName, app) = await APersonWithAnAppAsync();
        using var browser = await AtTheSecondStepAsync(userName);
        await GiveAsync(browser, app.Code());
        (await browser.PostFormAsync("/auth/second-factor/recovery-codes", ("code", "000000"))).ShouldLeadTo("/account/second-factor?error=code");
        (await browser.PostFormAsync("/auth/second-factor/recovery-codes", ("code", app.Code(1)))).ShouldLeadTo("/account/second-factor");

        var fresh = (await AnApp.FactsAsync(browser)).Codes;
        fresh.Count.ShouldBe(10);
        fresh.Intersect(app.RecoveryCodes).ShouldBeEmpty();
        (await AnApp.FactsAsync(browser)).Codes.ShouldBeEmpty();
        using var other = await AtTheSecondStepAsync(userName);
        (await GiveAsync(other, app.RecoveryCodes[0])).ShouldLeadTo("/sign-in/code?error=code");
        (await GiveAsync(other, fresh[0])).ShouldLeadTo("/");
        await ChangesShouldBeAsync(id, "created", "passwordChanged", "secondFactorSet", "recoveryCodesMade", "recoveryCodeUsed");
    }

    [Fact]
    public async Task Setting_up_asks_for_a_code_keeps_the_secret_over_a_wrong_one_and_ends_the_other_sessions()
    {
        var (_, userName) = await APersonAsync("hr");
        using var other = await fleet.AsPersonAsync(userName, Chosen);
        using var browser = await fleet.AsPersonAsync(userName, Chosen);
        (await browser.PostFormAsync("/auth/second-factor", ("code", "123456"))).ShouldLeadTo("/account/second-factor?error=expired");
        var shown = await AnApp.FactsAsync(browser);
        (shown.IsSet, shown.IsRequired, shown.Secret!.Length).ShouldBe((false, false, 32));
        shown.Uri!.ShouldStartWith("otpauth://totp/");
        shown.Uri!.ShouldContain(shown.Secret!);
        (await browser.PostFormAsync("/auth/second-factor", ("code", "12345"))).ShouldLeadTo("/account/second-factor?error=code");
        (await AnApp.FactsAsync(browser)).Secret.ShouldBe(shown.Secret);
        // Another session was shown another secret.
        (await AnApp.FactsAsync(other)).Secret.ShouldNotBe(shown.Secret);

        var app = await AnApp.SetUpAsync(browser, fleet.Clock);
        app.Secret.ShouldBe(shown.Secret);
        (await browser.GetAsync("/auth/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await other.GetAsync("/auth/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await AnApp.FactsAsync(browser)).Secret.ShouldBeNull();
    }

    [Fact]
    public async Task Its_owner_removes_it_with_a_code()
    {
        var (id, userName, app) = await APersonWithAnAppAsync();
        using var browser = await AtTheSecondStepAsync(userName);
        var used = app.Code();
        await GiveAsync(browser, used);
        (await browser.PostFormAsync("/auth/second-factor/remove", ("code", used))).ShouldLeadTo("/account/second-factor?error=code");
        (await browser.PostFormAsync("/auth/second-factor/remove", ("code", app.Code(1)))).ShouldLeadTo("/account/second-factor?done=removed");
        (await browser.GetJsonAsync("/auth/me"))["secondFactor"]!.GetValue<bool>().ShouldBeFalse();
        using var again = await fleet.AsPersonAsync(userName, Chosen);
        await ChangesShouldBeAsync(id, "created", "passwordChanged", "secondFactorSet", "secondFactorRemoved");
    }

    [Fact]
    public async Task It_is_put_on_another_phone_in_one_step_also_where_it_is_required()
    {
        var (id, userName) = await APersonAsync("admin");
        using var browser = fleet.Anonymous();
        await GatewayFixture.SignInAsync(browser, userName, Chosen);
        var old = await AnApp.SetUpAsync(browser, fleet.Clock);
        var app = new AnApp((await AnApp.FactsAsync(browser, "/account/second-factor/replace")).Secret!, fleet.Clock);
        app.Secret.ShouldNotBe(old.Secret);
        Task<HttpResponseMessage> ReplaceAsync(string code, string current) => browser.PostFormAsync("/auth/second-factor/replace", ("code", code), ("current", current));
        (await ReplaceAsync("12345", old.RecoveryCodes[0])).ShouldLeadTo("/account/second-factor/replace?error=code");
        (await ReplaceAsync(app.Code(), app.Code())).ShouldLeadTo("/account/second-factor/replace?error=current");
        (await ReplaceAsync(app.Code(), old.RecoveryCodes[0])).ShouldLeadTo("/account/second-factor");

        var facts = await AnApp.FactsAsync(browser);
        (facts.IsSet, facts.Codes.Count, facts.Codes.Intersect(old.RecoveryCodes).Count()).ShouldBe((true, 10, 0));
        (await browser.GetAsync("/auth/accounts")).StatusCode.ShouldBe(HttpStatusCode.OK);
        fleet.Clock.Advance(TimeSpan.FromSeconds(30));
        using var again = await AtTheSecondStepAsync(userName);
        (await GiveAsync(again, old.Code())).ShouldLeadTo("/sign-in/code?error=code");
        (await GiveAsync(again, app.Code())).ShouldLeadTo("/");
        await ChangesShouldBeAsync(id, "created", "passwordChanged", "secondFactorSet", "recoveryCodeUsed", "secondFactorSet");
    }

    [Fact]
    public async Task Wrong_codes_make_the_wait_grow_and_the_right_password_gives_no_fresh_tries()
    {
        var (_, userName, app) = await APersonWithAnAppAsync();
        using var stranger = fleet.Anonymous();
        for (var i = 0; i < 5; i++)
        {
            (await GatewayFixture.SignInAsync(stranger, userName, Chosen)).ShouldLeadTo("/sign-in/code");
            (await GiveAsync(stranger, "000000")).ShouldLeadTo("/sign-in/code?error=code");
        }

        (await GiveAsync(stranger, app.Code())).ShouldLeadTo("/sign-in/code?error=locked");
        (await GatewayFixture.SignInAsync(stranger, userName, Chosen)).ShouldLeadTo("/sign-in?error=locked");
        fleet.Clock.Advance(TimeSpan.FromSeconds(61));
        (await GatewayFixture.SignInAsync(stranger, userName, Chosen)).ShouldLeadTo("/sign-in/code");
        (await GiveAsync(stranger, "000000")).ShouldLeadTo("/sign-in/code?error=code");
        fleet.Clock.Advance(TimeSpan.FromSeconds(61));
        (await GiveAsync(stranger, app.Code())).ShouldLeadTo("/sign-in/code?error=locked");
        fleet.Clock.Advance(TimeSpan.FromSeconds(60));
        (await GiveAsync(stranger, app.Code())).ShouldLeadTo("/");
    }

    [Fact]
    public async Task Nobody_shuts_the_owner_out_of_the_browser_they_know()
    {
        var (_, userName, app) = await APersonWithAnAppAsync();
        using var known = await AtTheSecondStepAsync(userName);
        await GiveAsync(known, app.Code());
        await known.PostFormAsync("/auth/sign-out");
        using var stranger = fleet.Anonymous();
        for (var i = 0; i < 5; i++) await GatewayFixture.SignInAsync(stranger, userName, "wrong");
        (await GatewayFixture.SignInAsync(stranger, userName, Chosen)).ShouldLeadTo("/sign-in?error=locked");

        (await GatewayFixture.SignInAsync(known, userName, Chosen)).ShouldLeadTo("/sign-in/code");
        (await GiveAsync(known, app.Code(1))).ShouldLeadTo("/");
    }

    [Fact]
    public async Task A_reset_takes_the_second_factor_only_when_asked_to()
    {
        var (id, userName, app) = await APersonWithAnAppAsync();
        using var admin = await fleet.AsClientAsync("demo-admin");
        var kept = await (await admin.PostAsync($"/auth/accounts/{id}/reset", null)).JsonAsync(HttpStatusCode.OK);
        (await admin.GetJsonAsync($"/auth/accounts/{id}"))["secondFactor"]!.GetValue<bool>().ShouldBeTrue();
        using var browser = fleet.Anonymous();
        (await GatewayFixture.SignInAsync(browser, userName, kept["oneTimePassword"]!.GetValue<string>())).ShouldLeadTo("/sign-in/code");
        (await GiveAsync(browser, app.Code())).ShouldLeadTo("/password");

        await (await admin.PostAsJsonAsync($"/auth/accounts/{id}/reset", new { secondFactor = "yes" })).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation-failed");
        var gone = await (await admin.PostAsJsonAsync($"/auth/accounts/{id}/reset", new { secondFactor = true })).JsonAsync(HttpStatusCode.OK);
        (await admin.GetJsonAsync($"/auth/accounts/{id}"))["secondFactor"]!.GetValue<bool>().ShouldBeFalse();
        (await GatewayFixture.SignInAsync(fleet.Anonymous(), userName, gone["oneTimePassword"]!.GetValue<string>())).ShouldLeadTo("/password");
        await ChangesShouldBeAsync(id, "created", "passwordChanged", "secondFactorSet", "passwordReset", "passwordReset", "secondFactorRemoved");
    }

    [Fact]
    public async Task What_makes_somebody_mightier_needs_a_factor_given_lately()
    {
        var (_, userName) = await APersonAsync("admin");
        using var browser = fleet.Anonymous();
        await GatewayFixture.SignInAsync(browser, userName, Chosen);
        var app = await AnApp.SetUpAsync(browser, fleet.Clock);
        (await browser.PostAsJsonAsync("/auth/clients", new { clientId = NewName(), roles = new[] { "it" } })).StatusCode.ShouldBe(HttpStatusCode.Created);
        var (other, _) = await APersonAsync("hr");

        fleet.Clock.Advance(TimeSpan.FromMinutes(15));
        foreach (var act in (Func<Task<HttpResponseMessage>>[])
        [
            () => browser.PostAsJsonAsync("/auth/accounts", new { userName = NewName(), name = "Erika", roles = new[] { "hr" } }),
            () => browser.PatchAsJsonAsync($"/auth/accounts/{other}", new { roles = new[] { "admin" } }),
            () => browser.PostAsync($"/auth/accounts/{other}/reset", null),
            () => browser.PostAsJsonAsync("/auth/clients", new { clientId = NewName(), roles = new[] { "it" } }),
            () => browser.PatchAsJsonAsync($"/auth/clients/{other}", new { disabled = true }),
            () => browser.PostAsync($"/auth/clients/{other}/rotate", null),
            () => browser.DeleteAsync($"/auth/clients/{other}"),
        ])
            await (await act()).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "second-factor-needed");
        (await browser.GetAsync("/auth/accounts")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await browser.PostFormAsync($"/auth/accounts/{other}/reset", ("returnUrl", "/admin/accounts"))).ShouldLeadTo("/sign-in/code?returnUrl=%2Fadmin%2Faccounts");

        (await GiveAsync(browser, "000000", "/admin/accounts")).ShouldLeadTo("/sign-in/code?error=code&returnUrl=%2Fadmin%2Faccounts");
        (await GiveAsync(browser, app.Code(), "/admin/accounts")).ShouldLeadTo("/admin/accounts");
        (await browser.PostAsync($"/auth/accounts/{other}/reset", null)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Programs_and_who_has_no_second_factor_are_not_asked_for_one()
    {
        using var program = await fleet.AsClientAsync("demo-admin");
        using var demo = await fleet.AsPersonAsync("admin");
        (await program.PostAsJsonAsync("/auth/clients", new { clientId = NewName(), roles = new[] { "it" } })).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await demo.PostAsJsonAsync("/auth/clients", new { clientId = NewName(), roles = new[] { "it" } })).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await AnApp.FactsAsync(demo)).ShouldSatisfyAllConditions(f => f.IsDemo.ShouldBeTrue(), f => f.Secret.ShouldBeNull());
        await (await demo.PostFormAsync("/auth/second-factor", ("code", "123456"))).ShouldBeProblemAsync(HttpStatusCode.Conflict, "demo-account");
        (await program.GetJsonAsync("/auth/me"))["secondFactor"]!.GetValue<bool>().ShouldBeFalse();
    }

    [Fact]
    public async Task The_secret_is_in_no_answer_event_or_file()
    {
        var (id, _, app) = await APersonWithAnAppAsync();
        using var admin = await fleet.AsClientAsync("demo-admin");
        var answers = await admin.GetStringAsync($"/auth/accounts/{id}") + await admin.GetStringAsync("/auth/accounts?limit=200");
        answers.ShouldNotContain(app.Secret);
        answers.ShouldNotContain("ecoveryHashes");
        await ChangesShouldBeAsync(id, "created", "passwordChanged", "secondFactorSet");
        var bytes = Base32Encoding.ToBytes(app.Secret);
        foreach (var file in Directory.EnumerateFiles(fleet.Data, "*", SearchOption.AllDirectories))
        {
            await using var open = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var copy = new MemoryStream();
            await open.CopyToAsync(copy);
            foreach (var form in (byte[][])[bytes, Encoding.UTF8.GetBytes(app.Secret), Encoding.UTF8.GetBytes(Convert.ToBase64String(bytes)), Encoding.UTF8.GetBytes(app.RecoveryCodes[0])])
                copy.ToArray().AsSpan().IndexOf(form).ShouldBe(-1, file);
        }
    }

    [Fact]
    public async Task What_a_client_says_of_its_second_factor_is_not_passed_on()
    {
        using var browser = await fleet.AsPersonAsync("hr");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/account/second-factor");
        request.Headers.Add(SecondFactorFacts.Header, new SecondFactorFacts { Secret = "FORGED" }.ToHeader());
        var seen = await (await browser.SendAsync(request)).JsonAsync(HttpStatusCode.OK);
        seen["headers"]![SecondFactorFacts.Header.ToLowerInvariant()].ShouldBeNull();
    }

    private static string NewName() => $"name-{Guid.CreateVersion7():N}";

    private static Task<HttpResponseMessage> GiveAsync(HttpClient browser, string code, string returnUrl = "") =>
        browser.PostFormAsync("/auth/sign-in/code", ("code", code), ("returnUrl", returnUrl));

    private Task ChangesShouldBeAsync(Guid id, params string[] changes) => Eventually.ShouldAsync(() =>
    {
        var seen = fleet.Broker.Published<AccountChanged>().Where(e => e.Meta.AggregateId == id).OrderBy(e => e.Meta.StreamNumber).ToList();
        seen.Select(e => e.Change).ShouldBe(changes);
        seen.Select(e => e.Meta.StreamNumber).ShouldBe(Enumerable.Range(1, changes.Length).Select(n => (long)n));
        return Task.CompletedTask;
    });

    /// <summary>A browser in which the right password was given.</summary>
    private async Task<HttpClient> AtTheSecondStepAsync(string userName, string returnUrl = "", Uri? gateway = null)
    {
        var browser = fleet.Anonymous(gateway);
        (await GatewayFixture.SignInAsync(browser, userName, Chosen, returnUrl)).Headers.Location!.OriginalString.ShouldStartWith("/sign-in/code");
        return browser;
    }

    private async Task<(Guid Id, string UserName, AnApp App)> APersonWithAnAppAsync()
    {
        var (id, userName) = await APersonAsync("hr");
        using var browser = await fleet.AsPersonAsync(userName, Chosen);
        return (id, userName, await AnApp.SetUpAsync(browser, fleet.Clock));
    }

    /// <summary>An account whose owner has chosen a password.</summary>
    private async Task<(Guid Id, string UserName)> APersonAsync(params string[] roles)
    {
        using var admin = await fleet.AsClientAsync("demo-admin");
        var made = await (await admin.PostAsJsonAsync("/auth/accounts", new { userName = NewName(), name = "Erika Musterfrau", roles })).JsonAsync(HttpStatusCode.Created);
        var (userName, oneTime) = (made["userName"]!.GetValue<string>(), made["oneTimePassword"]!.GetValue<string>());
        using var browser = fleet.Anonymous();
        await GatewayFixture.SignInAsync(browser, userName, oneTime);
        (await browser.PostFormAsync("/auth/password", ("current", oneTime), ("new", Chosen), ("repeat", Chosen))).ShouldLeadTo("/");
        return (made["id"]!.GetValue<Guid>(), userName);
    }
}
