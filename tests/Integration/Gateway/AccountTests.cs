using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;

namespace Fleet.Tests.Integration.Gateway;

public sealed class AccountTests(GatewayFixture fleet) : IClassFixture<GatewayFixture>
{
    [Fact]
    public async Task A_new_client_learns_its_secret_once_and_gets_tokens_for_it()
    {
        using var admin = await fleet.AsClientAsync("demo-admin");
        var id = NewName();
        var made = await (await admin.PostAsJsonAsync("/auth/clients", new { clientId = id, roles = new[] { "it", "hr" } })).JsonAsync(HttpStatusCode.Created);
        made["clientId"]!.GetValue<string>().ShouldBe(id);

        using var client = await fleet.AsClientAsync(id, made["clientSecret"]!.GetValue<string>());
        var me = await client.GetJsonAsync("/auth/me");
        me["subject"]!.GetValue<string>().ShouldBe(id);
        me["roles"]!.AsArray().Select(r => r!.GetValue<string>()).ShouldBe(["hr", "it"]);

        var list = await admin.GetStringAsync($"/auth/clients?search={id}");
        list.ShouldContain(id);
        list.ShouldNotContain("ecret");
        list.ShouldNotContain("ash");
    }

    [Fact]
    public async Task An_unknown_role_is_named_and_gets_a_code_of_its_own()
    {
        using var admin = await fleet.AsClientAsync("demo-admin");
        var problem = await (await admin.PostAsJsonAsync("/auth/clients", new { clientId = NewName(), roles = new[] { "it", "king" } })).JsonAsync(HttpStatusCode.BadRequest);
        problem["code"]!.GetValue<string>().ShouldBe("unknown-role");
        problem["errors"]!.AsObject().Select(e => e.Key).ShouldBe(["roles[1]"]);
    }

    [Fact]
    public async Task People_and_clients_share_one_set_of_names()
    {
        using var admin = await fleet.AsClientAsync("demo-admin");
        var name = NewName();
        (await admin.PostAsJsonAsync("/auth/accounts", new { userName = name, name = "Erika", roles = new[] { "hr" } })).StatusCode.ShouldBe(HttpStatusCode.Created);
        await (await admin.PostAsJsonAsync("/auth/clients", new { clientId = name.ToUpperInvariant(), roles = new[] { "it" } })).ShouldBeProblemAsync(HttpStatusCode.Conflict, "client-exists");
        await (await admin.PostAsJsonAsync("/auth/accounts", new { userName = name, name = "Erika", roles = new[] { "hr" } })).ShouldBeProblemAsync(HttpStatusCode.Conflict, "account-exists");
        await (await admin.PostAsJsonAsync("/auth/accounts", new { userName = "demo-it", name = "Erika", roles = new[] { "hr" } })).ShouldBeProblemAsync(HttpStatusCode.Conflict, "account-exists");
    }

    [Fact]
    public async Task Every_wrong_field_of_an_account_is_named()
    {
        using var admin = await fleet.AsClientAsync("demo-admin");
        var problem = await (await admin.PostAsJsonAsync("/auth/accounts", new { userName = "not a name", personId = 7, boss = true })).JsonAsync(HttpStatusCode.BadRequest);
        problem["errors"]!.AsObject().Select(e => e.Key).ShouldBe(["boss", "name", "personId", "roles", "userName"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("demo-it")]
    [InlineData("demo-hr")]
    [InlineData("demo-auditor")]
    public async Task Only_administrators_see_or_make_accounts(string id)
    {
        using var client = await fleet.AsClientAsync(id);
        await (await client.GetAsync("/auth/clients")).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "role-missing");
        await (await client.GetAsync("/auth/accounts")).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "role-missing");
        await (await client.PostAsJsonAsync("/auth/clients", new { clientId = NewName(), roles = new[] { "admin" } })).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "role-missing");
    }

    [Fact]
    public async Task A_token_is_given_for_http_basic_too_and_kept_by_no_cache()
    {
        using var client = fleet.Anonymous();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("demo-it:demo")));
        var answer = await client.PostFormAsync("/auth/token", ("grant_type", "client_credentials"));
        var token = await answer.JsonAsync(HttpStatusCode.OK);
        token["token_type"]!.GetValue<string>().ShouldBe("Bearer");
        token["expires_in"]!.GetValue<int>().ShouldBe(900);
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    [Theory]
    [InlineData("demo-it", "wrong", "client_credentials", 401, "invalid_client")]
    [InlineData("nobody", "demo", "client_credentials", 401, "invalid_client")]
    // People's passwords are not for programs.
    [InlineData("it", "demo", "client_credentials", 401, "invalid_client")]
    [InlineData("demo-it", "demo", "password", 400, "unsupported_grant_type")]
    [InlineData("demo-it", "demo", "", 400, "invalid_request")]
    public async Task A_token_request_is_refused_as_the_standard_says(string id, string secret, string grant, int status, string error)
    {
        using var client = fleet.Anonymous();
        var answer = await client.PostFormAsync("/auth/token", ("grant_type", grant), ("client_id", id), ("client_secret", secret));
        (await answer.JsonAsync((HttpStatusCode)status))["error"]!.GetValue<string>().ShouldBe(error);
    }

    [Fact]
    public async Task What_the_gateway_does_not_take_is_no_page_of_the_portal_either()
    {
        using var client = fleet.Anonymous();
        await (await client.PostAsJsonAsync("/auth/token", new { grant_type = "client_credentials" })).ShouldBeProblemAsync(HttpStatusCode.UnsupportedMediaType, "media-type-not-supported");
        await (await client.GetAsync("/auth/token")).ShouldBeProblemAsync(HttpStatusCode.MethodNotAllowed, "method-not-allowed");
        await (await client.GetAsync("/auth/nothing")).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task Who_guesses_secrets_is_stopped_for_a_while()
    {
        var gateway = await fleet.StartGatewayAsync("--Fleet:Limits:WrongPerAddressAndMinute=3");
        using var client = fleet.Anonymous(gateway);
        for (var i = 0; i < 3; i++)
            (await client.PostFormAsync("/auth/token", ("grant_type", "client_credentials"), ("client_id", "demo-it"), ("client_secret", "guess"))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var refused = await client.PostFormAsync("/auth/token", ("grant_type", "client_credentials"), ("client_id", "demo-it"), ("client_secret", "demo"));
        await refused.ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "too-many-requests");
        refused.Headers.RetryAfter.ShouldNotBeNull();
    }

    private static string NewName() => $"name-{Guid.CreateVersion7():N}";
}
