using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Fleet.Contracts;

namespace Fleet.Tests.Integration.Gateway;

/// <summary>What becomes of accounts and their sessions, and what the audit log gets to know of it.</summary>
public sealed class AccountLifeTests(GatewayFixture fleet) : IClassFixture<GatewayFixture>
{
    [Theory]
    [InlineData("disabled")]
    [InlineData("roles")]
    [InlineData("reset")]
    [InlineData("sessions")]
    public async Task What_changes_an_account_ends_its_sessions_with_the_very_next_request(string change)
    {
        var (id, userName) = await NewPersonAsync();
        using var browser = await fleet.AsPersonAsync(userName, Chosen);
        using var admin = await fleet.AsClientAsync("demo-admin");

        (await (change switch
        {
            "disabled" => admin.PatchAsJsonAsync($"/auth/accounts/{id}", new { disabled = true }),
            "roles" => admin.PatchAsJsonAsync($"/auth/accounts/{id}", new { roles = new[] { "it" } }),
            "reset" => admin.PostAsync($"/auth/accounts/{id}/reset", null),
            _ => admin.DeleteAsync($"/auth/sessions?accountId={id}"),
        })).IsSuccessStatusCode.ShouldBeTrue();

        (await browser.GetAsync("/auth/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var word = change switch { "disabled" => "disabled", "roles" => "rolesChanged", "reset" => "passwordReset", _ => "sessionsEnded" };
        await Eventually.ShouldAsync(() =>
        {
            var changes = fleet.Broker.Published<AccountChanged>().Where(e => e.Meta.AggregateId == id).OrderBy(e => e.Meta.StreamNumber).ToList();
            changes.Select(e => e.Meta.StreamNumber).ShouldBe(Enumerable.Range(1, changes.Count).Select(n => (long)n));
            changes[^1].Change.ShouldBe(word);
            changes[^1].Meta.Actor.ShouldBe(new Actor { Subject = "demo-admin", Role = "admin" });
            fleet.Broker.Published<SignedIn>().ShouldContain(e => e.AccountId == id && e.Meta.Actor.Subject == userName);
            fleet.Broker.Published<SignedOut>().ShouldContain(e => e.AccountId == id && e.Reason == "accountChanged");
            return Task.CompletedTask;
        });
    }

    [Theory]
    [InlineData("disabled")]
    [InlineData("roles")]
    [InlineData("rotate")]
    [InlineData("remove")]
    public async Task What_changes_a_client_ends_its_tokens_with_the_very_next_request(string change)
    {
        using var admin = await fleet.AsClientAsync("demo-admin");
        var made = await (await admin.PostAsJsonAsync("/auth/clients", new { clientId = NewName(), roles = new[] { "it" } })).JsonAsync(HttpStatusCode.Created);
        var id = made["id"]!.GetValue<Guid>();
        using var client = await fleet.AsClientAsync(made["clientId"]!.GetValue<string>(), made["clientSecret"]!.GetValue<string>());
        (await client.GetAsync("/api/inventory/seen")).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await (change switch
        {
            "disabled" => admin.PatchAsJsonAsync($"/auth/clients/{id}", new { disabled = true }),
            "roles" => admin.PatchAsJsonAsync($"/auth/clients/{id}", new { roles = new[] { "hr" } }),
            "rotate" => admin.PostAsync($"/auth/clients/{id}/rotate", null),
            _ => admin.DeleteAsync($"/auth/clients/{id}"),
        })).IsSuccessStatusCode.ShouldBeTrue();

        await (await client.GetAsync("/api/inventory/seen")).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "token-invalid");
        var token = await fleet.Anonymous().PostFormAsync(
            "/auth/token", ("grant_type", "client_credentials"), ("client_id", made["clientId"]!.GetValue<string>()), ("client_secret", made["clientSecret"]!.GetValue<string>()));
        token.StatusCode.ShouldBe(change == "roles" ? HttpStatusCode.OK : HttpStatusCode.Unauthorized);
        if (change == "remove") await Seen(() => fleet.Broker.Published<AccountRemoved>().ShouldHaveSingleItem().Account.AccountId.ShouldBe(id));
    }

    [Fact]
    public async Task A_token_names_the_account_and_its_person()
    {
        var person = await APersonAsync();
        var (id, userName) = await NewPersonAsync(person.PersonId, "employee");
        using var browser = await fleet.AsPersonAsync(userName, Chosen);

        var seen = await browser.GetJsonAsync("/api/inventory/seen");
        seen["personId"]!.GetValue<Guid>().ShouldBe(person.PersonId);
        seen["accountId"]!.GetValue<Guid>().ShouldBe(id);
        var me = await browser.GetJsonAsync("/auth/me");
        (me["personId"]!.GetValue<Guid>(), me["accountId"]!.GetValue<Guid>()).ShouldBe((person.PersonId, id));
    }

    [Fact]
    public async Task An_account_is_for_somebody_who_is_known_and_has_no_other()
    {
        using var admin = await fleet.AsClientAsync("demo-admin");
        var unknown = await (await PostAsync(admin, Guid.CreateVersion7(), "hr")).JsonAsync(HttpStatusCode.BadRequest);
        unknown["code"]!.GetValue<string>().ShouldBe("unknown-person");
        unknown["errors"]!.AsObject().Select(e => e.Key).ShouldBe(["personId"]);
        await (await PostAsync(admin, null, "employee")).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "person-missing");

        var person = await APersonAsync();
        (await PostAsync(admin, person.PersonId, "employee")).StatusCode.ShouldBe(HttpStatusCode.Created);
        await (await PostAsync(admin, person.PersonId, "employee")).ShouldBeProblemAsync(HttpStatusCode.Conflict, "person-has-account");
    }

    [Fact]
    public async Task Without_the_broker_an_unknown_person_is_refused_at_once_with_a_code_that_says_so()
    {
        var gateway = await fleet.StartGatewayAsync($"--Fleet:Broker=amqp://guest:guest@127.0.0.1:{GatewayFixture.FreeAddress().Port}/");
        using var admin = await fleet.AsClientAsync("demo-admin", gateway: gateway);
        await (await PostAsync(admin, Guid.CreateVersion7(), "hr")).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "unknown-person-news-late");
        (await admin.GetAsync("/api/inventory/seen")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var health = await admin.GetAsync("/health/ready");
        health.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await health.JsonAsync(HttpStatusCode.OK))["checks"]!["topology"]!.GetValue<string>().ShouldBe("degraded");
    }

    [Fact]
    public async Task A_leaver_s_account_is_disabled_and_enabled_again_only_after_a_re_hire_by_somebody()
    {
        var person = await APersonAsync();
        var (id, userName) = await NewPersonAsync(person.PersonId, "employee");
        using var browser = await fleet.AsPersonAsync(userName, Chosen);
        using var admin = await fleet.AsClientAsync("demo-admin");
        var yesterday = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(-2);

        // The older version comes later and changes nothing.
        await fleet.Broker.PublishAsync(new PersonLeft { Meta = Meta(person.PersonId, 3), Person = person with { EndDate = yesterday } });
        await fleet.Broker.PublishAsync(new PersonChanged { Meta = Meta(person.PersonId, 2), Person = person });

        await Eventually.ShouldAsync(
            async () => (await admin.GetJsonAsync($"/auth/accounts/{id}"))["disabled"]!.GetValue<bool>().ShouldBeTrue(), TimeSpan.FromSeconds(60));
        (await browser.GetAsync("/auth/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await GatewayFixture.SignInAsync(fleet.Anonymous(), userName, Chosen)).ShouldLeadTo("/sign-in?error=disabled");
        await (await admin.PatchAsJsonAsync($"/auth/accounts/{id}", new { disabled = false })).ShouldBeProblemAsync(HttpStatusCode.Conflict, "person-left");
        await Seen(() => fleet.Broker.Published<AccountChanged>()
            .ShouldContain(e => e.Meta.AggregateId == id && e.Change == "disabled" && e.Meta.Actor.Subject == "system:gateway" && e.Reason != null));

        await fleet.Broker.PublishAsync(new PersonChanged { Meta = Meta(person.PersonId, 4), Person = person });
        await Eventually.ShouldAsync(async () => (await admin.PatchAsJsonAsync($"/auth/accounts/{id}", new { disabled = false })).StatusCode.ShouldBe(HttpStatusCode.OK));
    }

    [Fact]
    public async Task Everybody_sees_and_ends_their_own_sessions_and_administrators_those_of_others()
    {
        var (id, userName) = await NewPersonAsync();
        using var here = await fleet.AsPersonAsync(userName, Chosen);
        using var there = await fleet.AsPersonAsync(userName, Chosen);
        using var other = await fleet.AsPersonAsync("hr");
        using var admin = await fleet.AsClientAsync("demo-admin");

        // The one in which the password was chosen is still open, too.
        var own = (await here.GetJsonAsync("/auth/sessions"))["items"]!.AsArray();
        own.Count.ShouldBe(3);
        own.Count(s => s!["current"]!.GetValue<bool>()).ShouldBe(1);
        (await admin.GetJsonAsync($"/auth/sessions?accountId={id}"))["items"]!.AsArray().Count.ShouldBe(3);
        (await other.GetJsonAsync($"/auth/sessions?accountId={id}"))["items"]!.AsArray().ShouldBeEmpty();

        var current = (await there.GetJsonAsync("/auth/sessions"))["items"]!.AsArray().Single(s => s!["current"]!.GetValue<bool>())!["id"]!.GetValue<Guid>();
        (await other.DeleteAsync($"/auth/sessions/{current}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await here.DeleteAsync($"/auth/sessions/{current}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await there.GetAsync("/auth/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        (await here.DeleteAsync("/auth/sessions")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await here.GetJsonAsync("/auth/sessions"))["items"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_copy_of_the_cookie_is_of_no_use_after_signing_out()
    {
        using var raw = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = fleet.Address };
        var cookie = (await GatewayFixture.SignInAsync(raw, "hr", "demo")).Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("fleet-session", StringComparison.Ordinal)).Split(';')[0];
        raw.DefaultRequestHeaders.Add("Cookie", cookie);
        (await raw.GetAsync("/auth/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await raw.PostFormAsync("/auth/sign-out");
        (await raw.GetAsync("/auth/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Of_two_hundred_wrong_passwords_at_once_five_are_tried_and_the_log_has_them_in_few_entries()
    {
        var (id, userName) = await NewPersonAsync();
        using var stranger = fleet.Anonymous();
        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => GatewayFixture.SignInAsync(stranger, userName, "wrong")));
        var errors = answers.Select(a => a.Headers.Location?.OriginalString ?? a.StatusCode.ToString()).CountBy(e => e).ToDictionary();
        errors.GetValueOrDefault("/sign-in?error=credentials").ShouldBe(5);
        errors.GetValueOrDefault("/sign-in?error=locked").ShouldBe(195);
        await Eventually.ShouldAsync(
            () =>
            {
                var refused = fleet.Broker.Published<SignInRefused>().Where(e => e.AccountId == id).ToList();
                refused.Where(e => e.Reason == "credentials").Sum(e => e.Count).ShouldBe(5);
                refused.Where(e => e.Reason == "locked").Sum(e => e.Count).ShouldBe(195);
                refused.Count.ShouldBeLessThan(10);
                return Task.CompletedTask;
            },
            TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task An_account_is_changed_only_as_it_was_read_and_nobody_shuts_themselves_out()
    {
        var (id, userName) = await NewPersonAsync(role: "admin");
        using var admin = await fleet.AsClientAsync("demo-admin");
        var tag = (await admin.GetAsync($"/auth/accounts/{id}")).Headers.ETag!;
        using var stale = new HttpRequestMessage(HttpMethod.Patch, $"/auth/accounts/{id}") { Content = JsonContent.Create(new { disabled = true }) };
        stale.Headers.IfMatch.Add(new EntityTagHeaderValue("\"77\""));
        await (await admin.SendAsync(stale)).ShouldBeProblemAsync(HttpStatusCode.PreconditionFailed, "version-mismatch");
        using var fresh = new HttpRequestMessage(HttpMethod.Patch, $"/auth/accounts/{id}") { Content = JsonContent.Create(new { roles = new[] { "admin", "it" } }) };
        fresh.Headers.IfMatch.Add(tag);
        (await admin.SendAsync(fresh)).StatusCode.ShouldBe(HttpStatusCode.OK);

        using var self = fleet.Anonymous();
        await GatewayFixture.SignInAsync(self, userName, Chosen);
        await AnApp.SetUpAsync(self, fleet.Clock);
        await (await self.PatchAsJsonAsync($"/auth/accounts/{id}", new { disabled = true })).ShouldBeProblemAsync(HttpStatusCode.Conflict, "own-account");
        (await admin.GetJsonAsync($"/auth/accounts?search={userName}&role=it"))["items"]!.AsArray().ShouldHaveSingleItem()!["id"]!.GetValue<Guid>().ShouldBe(id);
    }

    [Fact]
    public async Task The_demo_s_accounts_stand_in_the_log_and_an_employee_is_the_person_of_that_user_name()
    {
        await Seen(() => fleet.Broker.Published<AccountChanged>().ShouldContain(e => e.Account.Subject == "manager" && e.Change == "created"));
        var person = await APersonAsync("manager");
        using var manager = await fleet.AsPersonAsync("manager");
        await Eventually.ShouldAsync(async () => (await manager.GetJsonAsync("/auth/me"))["personId"]!.GetValue<Guid>().ShouldBe(person.PersonId));
    }

    private const string Chosen = "a-chosen-password-1";

    private static Task Seen(Action assertion) => Eventually.ShouldAsync(() =>
    {
        assertion();
        return Task.CompletedTask;
    });

    private static string NewName() => $"name-{Guid.CreateVersion7():N}";

    private static EventMeta Meta(Guid id, long version) => Cause.Due("assignment", TimeProvider.System.GetUtcNow()).Meta(id, version, version, TimeProvider.System.GetUtcNow(), null);

    private static Task<HttpResponseMessage> PostAsync(HttpClient admin, Guid? personId, string role) =>
        admin.PostAsJsonAsync("/auth/accounts", new { userName = NewName(), name = "Erika Musterfrau", roles = new[] { role }, personId });

    private async Task<PersonState> APersonAsync(string? userName = null)
    {
        var person = new PersonState { PersonId = Guid.CreateVersion7(), UserName = userName ?? NewName(), GivenName = "Erika", FamilyName = "Musterfrau", StartDate = new DateOnly(2020, 1, 1) };
        await fleet.Broker.PublishAsync(new PersonRegistered { Meta = Meta(person.PersonId, 1), Person = person });
        return person;
    }

    /// <summary>An account whose owner has chosen a password.</summary>
    private async Task<(Guid Id, string UserName)> NewPersonAsync(Guid? personId = null, string role = "hr")
    {
        using var admin = await fleet.AsClientAsync("demo-admin");
        var made = await (await PostAsync(admin, personId, role)).JsonAsync(HttpStatusCode.Created);
        using var browser = fleet.Anonymous();
        var userName = made["userName"]!.GetValue<string>();
        var oneTime = made["oneTimePassword"]!.GetValue<string>();
        await GatewayFixture.SignInAsync(browser, userName, oneTime);
        (await browser.PostFormAsync("/auth/password", ("current", oneTime), ("new", Chosen), ("repeat", Chosen))).ShouldLeadTo("/");
        return (made["id"]!.GetValue<Guid>(), userName);
    }
}
