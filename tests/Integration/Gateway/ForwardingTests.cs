using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Fleet.Platform.Security;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Fleet.Tests.Integration.Gateway;

public sealed class ForwardingTests(GatewayFixture fleet) : IClassFixture<GatewayFixture>
{
    [Fact]
    public async Task Nothing_a_client_claims_about_itself_reaches_a_service()
    {
        using var client = await fleet.AsClientAsync("demo-it");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/inventory/seen");
        string[] claims = ["X-User", "X-User-Id", "X-Roles", "X-Remote-User", "X-Forwarded-For", "X-Forwarded-User", "X-Forwarded-Host", "X-Forwarded-Proto", "Forwarded", "X-Original-URL", "X-Real-IP"];
        foreach (var name in claims) request.Headers.Add(name, "admin");
        request.Headers.Add("Cookie", "fleet-session=stolen; other=1; .AspNetCore.Culture=c%3Dde%7Cuic%3Dde");
        request.Headers.Add("X-Correlation-Id", Guid.Empty.ToString());
        request.Headers.Add("Idempotency-Key", "kept");
        request.Headers.Add("If-None-Match", "\"7\"");

        var answer = await client.SendAsync(request);

        var seen = await answer.JsonAsync(HttpStatusCode.OK);
        var headers = seen["headers"]!.AsObject();
        foreach (var name in claims) headers.ContainsKey(name.ToLowerInvariant()).ShouldBeFalse(name);
        headers.ContainsKey("cookie").ShouldBeFalse();
        headers["idempotency-key"]!.GetValue<string>().ShouldBe("kept");
        headers["if-none-match"]!.GetValue<string>().ShouldBe("\"7\"");
        headers["x-correlation-id"]!.GetValue<string>().ShouldBe(answer.Headers.GetValues("X-Correlation-Id").Single());
        headers["authorization"]!.GetValue<string>().ShouldNotBe(client.DefaultRequestHeaders.Authorization!.ToString());
        seen["subject"]!.GetValue<string>().ShouldBe("demo-it");
    }

    [Fact]
    public async Task Every_request_gets_a_correlation_id_of_its_own()
    {
        using var client = fleet.Anonymous();
        var ids = new List<Guid>();
        for (var i = 0; i < 2; i++) ids.Add(Guid.Parse((await client.GetAsync("/api/inventory/seen")).Headers.GetValues("X-Correlation-Id").Single()));
        ids.Distinct().Count().ShouldBe(2);
        ids.ShouldAllBe(id => id.Version == 7);
    }

    [Fact]
    public async Task A_service_is_shown_a_token_of_a_minute_for_its_own_audience_signed_with_the_published_key()
    {
        using var client = await fleet.AsClientAsync("demo-hr");
        var seen = await client.GetJsonAsync("/api/inventory/seen");
        var token = new JsonWebToken(seen["headers"]!["authorization"]!.GetValue<string>()["Bearer ".Length..]);
        token.Issuer.ShouldBe(TokenValidation.Issuer);
        token.Audiences.ShouldBe([TokenValidation.ServiceAudience]);
        (token.ValidTo - token.IssuedAt).ShouldBe(TimeSpan.FromSeconds(60));
        token.Alg.ShouldBe("ES256");
        token.Kid.ShouldBe((await client.GetJsonAsync("/.well-known/jwks.json"))["keys"]![0]!["kid"]!.GetValue<string>());
        seen["roles"]!.AsArray().Select(r => r!.GetValue<string>()).ShouldBe(["hr"]);
    }

    [Fact]
    public async Task The_published_key_set_holds_no_private_key()
    {
        using var client = fleet.Anonymous();
        (await client.GetJsonAsync("/.well-known/jwks.json"))["keys"]![0]!.AsObject().Select(p => p.Key).ShouldBe(["kty", "use", "alg", "crv", "kid", "x", "y"]);
    }

    [Fact]
    public async Task Only_the_portal_is_given_what_opens_accounts_and_it_opens_nothing_else()
    {
        using var browser = await fleet.AsPersonAsync("admin");
        using var client = await fleet.AsClientAsync("demo-admin");
        client.DefaultRequestHeaders.Add("X-Fleet-Accounts-Token", "mine");
        foreach (var caller in new[] { browser, client })
        {
            (await caller.GetJsonAsync("/api/inventory/seen"))["headers"]!.AsObject().ContainsKey("x-fleet-accounts-token").ShouldBeFalse();
            var given = (await caller.GetJsonAsync("/coverage"))["headers"]!["x-fleet-accounts-token"]!.GetValue<string>();

            using var portal = fleet.Anonymous();
            portal.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", given);
            (await portal.GetJsonAsync("/auth/me"))["roles"]!.AsArray().Select(r => r!.GetValue<string>()).ShouldBe(["admin"]);
            (await portal.GetAsync("/auth/accounts")).StatusCode.ShouldBe(HttpStatusCode.OK);
            await (await portal.GetAsync("/api/inventory/seen")).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "token-invalid");
            (await portal.GetAsync("/coverage")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }
    }

    [Fact]
    public async Task What_the_portal_was_given_is_over_with_the_session()
    {
        using var browser = await fleet.AsPersonAsync("hr");
        using var portal = fleet.Anonymous();
        portal.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await browser.GetJsonAsync("/coverage"))["headers"]!["x-fleet-accounts-token"]!.GetValue<string>());
        (await portal.GetAsync("/auth/me")).StatusCode.ShouldBe(HttpStatusCode.OK);

        await browser.PostFormAsync("/auth/sign-out");

        await (await portal.GetAsync("/auth/me")).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "token-invalid");
    }

    [Fact]
    public async Task A_client_s_token_opens_no_service_and_a_service_s_token_not_the_gateway()
    {
        using var client = await fleet.AsClientAsync("demo-it");
        using var past = new HttpClient { BaseAddress = fleet.Behind };
        past.DefaultRequestHeaders.Authorization = client.DefaultRequestHeaders.Authorization;
        await (await past.GetAsync("/api/inventory/seen")).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "token-invalid");

        var inner = (await client.GetJsonAsync("/api/inventory/seen"))["headers"]!["authorization"]!.GetValue<string>();
        client.DefaultRequestHeaders.Authorization = AuthenticationHeaderValue.Parse(inner);
        await (await client.GetAsync("/api/inventory/seen")).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "token-invalid");
    }

    [Theory]
    [InlineData("/api/inventory/seen")]
    [InlineData("/api/audit/coverage")]
    [InlineData("/api/nothing")]
    [InlineData("/scim/v2/Users")]
    [InlineData("/auth/me")]
    [InlineData("/auth/clients")]
    public async Task Nobody_without_a_token_gets_in(string path)
    {
        using var client = fleet.Anonymous();
        await (await client.GetAsync(path)).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "token-missing");
    }

    [Fact]
    public async Task An_expired_a_foreign_and_a_garbled_token_are_told_apart_from_none()
    {
        using var own = ECDsa.Create();
        own.ImportFromPem(await File.ReadAllTextAsync(Path.Combine(fleet.Data, "gateway-key.pem")));
        using var foreign = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        (await RefusalOf(Token(own, TimeSpan.FromHours(-1)))).ShouldBe("token-expired");
        (await RefusalOf(Token(foreign, TimeSpan.FromMinutes(1)))).ShouldBe("token-invalid");
        (await RefusalOf(Token(own, TimeSpan.FromMinutes(1), subject: "nobody-here"))).ShouldBe("token-invalid");
        (await RefusalOf("garbled")).ShouldBe("token-invalid");
    }

    [Fact]
    public async Task A_role_that_is_missing_is_the_service_s_refusal_passed_on()
    {
        using var client = await fleet.AsClientAsync("demo-hr");
        await (await client.GetAsync("/api/inventory/it-only")).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "role-missing");
    }

    [Theory]
    [InlineData("text/html,application/xhtml+xml,*/*;q=0.8", "text/html"), InlineData("application/json", "application/problem+json"), InlineData(null, "application/problem+json")]
    public async Task While_the_portal_is_away_a_person_reads_so_and_a_program_gets_a_problem(string? accept, string answered)
    {
        var gateway = await fleet.StartGatewayAsync($"--Fleet:Services:portal={GatewayFixture.FreeAddress()}");
        using var client = fleet.Anonymous(gateway);
        if (accept is not null) client.DefaultRequestHeaders.Accept.ParseAdd(accept);

        var answer = await client.GetAsync("/sign-in");

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe(answered);
        if (answered != "text/html") return;
        var page = await answer.Content.ReadAsStringAsync();
        page.ShouldContain("Fleet ist gerade nicht erreichbar");
        page.ShouldContain("Fleet cannot be reached right now");
    }

    [Fact]
    public async Task A_service_that_is_down_is_a_problem_with_a_code_and_degrades_readiness_only()
    {
        using var client = await fleet.AsClientAsync("demo-auditor");
        var answer = await client.GetAsync("/api/audit/coverage");
        await answer.ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, "service-unavailable");
        answer.Headers.RetryAfter.ShouldNotBeNull();

        await Eventually.ShouldAsync(async () =>
        {
            var health = await client.GetJsonAsync("/health/ready");
            health["checks"]!["store"]!.GetValue<string>().ShouldBe("healthy");
            health["checks"]!["audit"]!.GetValue<string>().ShouldBe("degraded");
            health["checks"]!["inventory"]!.GetValue<string>().ShouldBe("healthy");
        });
    }

    [Fact]
    public async Task A_service_that_takes_too_long_is_a_problem_but_a_long_poll_may_wait()
    {
        using var hurried = await fleet.AsClientAsync("demo-it", gateway: await fleet.StartGatewayAsync("--Fleet:Limits:AnswerSeconds=1"));
        await (await hurried.GetAsync("/api/inventory/slow?milliseconds=5000")).ShouldBeProblemAsync(HttpStatusCode.GatewayTimeout, "timeout");
        (await hurried.GetAsync($"/api/provisioning/gateways/{Guid.CreateVersion7()}/peers?milliseconds=2000")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_over_the_limit_is_refused_whether_or_not_it_says_its_length(bool chunked)
    {
        using var client = await fleet.AsClientAsync("demo-it");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/inventory/body") { Content = new ByteArrayContent(new byte[1024 * 1024 + 1]) };
        request.Headers.TransferEncodingChunked = chunked;
        await (await client.SendAsync(request)).ShouldBeProblemAsync(HttpStatusCode.RequestEntityTooLarge, "body-too-large");
        fleet.Bodies.ShouldNotContain(b => b > 1024 * 1024);
        (await client.PostAsync("/api/inventory/body", new ByteArrayContent(new byte[1024 * 1024]))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Too_many_requests_are_told_when_to_come_back()
    {
        var gateway = await fleet.StartGatewayAsync("--Fleet:Limits:AnonymousBurst=3", "--Fleet:Limits:AnonymousPerSecond=1", "--Fleet:Limits:CallerBurst=1000");
        using var client = fleet.Anonymous(gateway);
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => client.GetAsync("/auth/me")));
        var refused = answers.First(a => a.StatusCode == HttpStatusCode.TooManyRequests);
        await refused.ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "too-many-requests");
        refused.Headers.RetryAfter!.Delta!.Value.ShouldBeGreaterThan(TimeSpan.Zero);
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/api/inventory/seen")]
    [InlineData("/sign-in")]
    [InlineData("/coverage")]
    [InlineData("/auth/nothing")]
    public async Task Every_answer_tells_browsers_what_not_to_do(string path)
    {
        using var client = fleet.Anonymous();
        var headers = (await client.GetAsync(path)).Headers;
        headers.GetValues("Content-Security-Policy").Single().ShouldContain("frame-ancestors 'none'");
        headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");
        headers.GetValues("Referrer-Policy").Single().ShouldBe("same-origin");
        headers.Contains("Server").ShouldBeFalse();
    }

    [Fact]
    public async Task Every_service_s_description_is_at_the_gateway()
    {
        using var client = fleet.Anonymous();
        (await client.GetJsonAsync("/openapi/gateway.json"))["paths"]!.AsObject().ShouldContain(p => p.Key == "/auth/token");
        // The process behind knows itself as another name; that it was asked is what counts.
        (await client.GetAsync("/openapi/inventory.json")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await (await client.GetAsync("/openapi/audit.json")).ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, "service-unavailable");
    }

    private async Task<string> RefusalOf(string token)
    {
        using var client = fleet.Anonymous();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return (await (await client.GetAsync("/api/inventory/seen")).JsonAsync(HttpStatusCode.Unauthorized))["code"]!.GetValue<string>();
    }

    private static string Token(ECDsa key, TimeSpan lifetime, string subject = "demo-it") =>
        new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = TokenValidation.Issuer,
            Audience = "fleet",
            Expires = (TimeProvider.System.GetUtcNow() + lifetime).UtcDateTime,
            Claims = new Dictionary<string, object> { ["sub"] = subject, ["role"] = new[] { "it" } },
            // Not cached: the gateway under test has the same key, and would get this one's signer, whose key is gone with the test.
            SigningCredentials = new SigningCredentials(new ECDsaSecurityKey(key) { CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false } }, SecurityAlgorithms.EcdsaSha256),
        });
}
