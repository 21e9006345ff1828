using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Fleet.Tests.EndToEnd;

/// <summary>Whatever is wrong with a request, its answer says what, with a status and a code of its own.</summary>
public sealed class BadInputTests(SharedInstallation shared)
{
    [Theory]
    [InlineData("/api/inventory/devices/")]
    [InlineData("/api/inventory/devices/by-tag/")]
    [InlineData("/api/assignment/units/")]
    [InlineData("/api/assignment/people/")]
    [InlineData("/api/assignment/kits/")]
    [InlineData("/api/assignment/cases/")]
    [InlineData("/api/assignment/handovers/")]
    [InlineData("/api/provisioning/gateways/")]
    [InlineData("/api/provisioning/accesses/")]
    public async Task An_unknown_id_is_not_found(string path)
    {
        var client = await shared.Fleet.AsAsync("it", "hr", "auditor");
        await ShouldRefuseAsync(await client.GetAsync(path + Guid.CreateVersion7()), HttpStatusCode.NotFound, "not-found");
        await ShouldRefuseAsync(await client.GetAsync($"/api/audit/coverage?unit={Guid.CreateVersion7()}"), HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task A_wrong_shape_is_refused_and_every_wrong_field_is_named()
    {
        var hr = await shared.Fleet.AsAsync("hr");
        var problem = await ShouldRefuseAsync(
            await hr.PostAsJsonAsync("/api/assignment/people", new { personnelNumber = 7, givenName = "", startDate = "soon", unitId = "x", nickname = "E" }),
            HttpStatusCode.BadRequest, "validation-failed");
        problem["errors"]!.AsObject().Select(e => e.Key).ShouldBe(
            ["personnelNumber", "userName", "givenName", "familyName", "email", "startDate", "unitId", "nickname"], ignoreOrder: true);

        await ShouldRefuseAsync(await hr.PostAsync("/api/assignment/units", new StringContent("{", MediaTypeHeaderValue.Parse("application/json"))), HttpStatusCode.BadRequest, "validation-failed");
        await ShouldRefuseAsync(await hr.PostAsync("/api/assignment/units", new StringContent("{}")), HttpStatusCode.UnsupportedMediaType, "media-type-not-supported");
        await ShouldRefuseAsync(await hr.GetAsync("/api/assignment/people?limit=0"), HttpStatusCode.BadRequest, "validation-failed");
        await ShouldRefuseAsync(await hr.GetAsync("/api/assignment/people?cursor=nonsense"), HttpStatusCode.BadRequest, "validation-failed");
    }

    [Theory]
    [InlineData("not base64"), InlineData("AAAA"), InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==")]
    public async Task A_public_key_that_is_not_32_bytes_of_base64_is_refused(string key)
    {
        var office = await Office.OpenAsync(shared.Fleet);
        var access = await office.It.PostAsync("/api/provisioning/accesses", new { personId = (await office.HireAsync()).Id() });
        await ShouldRefuseAsync(
            await office.It.PostAsJsonAsync($"/api/provisioning/accesses/{access.Id()}/key", new { publicKey = key }), HttpStatusCode.BadRequest, "public-key-invalid");
    }

    [Fact]
    public async Task An_instant_in_the_future_is_refused()
    {
        var office = await Office.OpenAsync(shared.Fleet);
        var (person, device) = (await office.HireAsync(), await office.RegisterLaptopAsync());
        var tomorrow = TimeProvider.System.GetUtcNow().AddDays(1);
        await ShouldRefuseAsync(
            await office.It.PostAsJsonAsync("/api/assignment/handovers", new { personId = person.Id(), assetTags = new[] { device.Text("assetTag") }, effectiveAt = tomorrow }),
            HttpStatusCode.BadRequest, "effective-at-in-future");
        await ShouldRefuseAsync(
            await office.It.PostAsJsonAsync($"/api/inventory/devices/{device.Id()}/status", new { status = "inRepair", effectiveAt = tomorrow }),
            HttpStatusCode.BadRequest, "effective-at-in-future");
        await ShouldRefuseAsync(await office.Auditor.GetAsync($"/api/audit/coverage?asOf={Office.Today().AddDays(2):yyyy-MM-dd}"), HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_second_holder_is_refused_and_the_first_is_named()
    {
        var office = await Office.OpenAsync(shared.Fleet);
        var (first, second, device) = (await office.HireAsync("Erste"), await office.HireAsync("Zweite"), await office.RegisterLaptopAsync());
        await office.It.PostAsync("/api/assignment/handovers", new { personId = first.Id(), assetTags = new[] { device.Text("assetTag") } });
        var problem = await ShouldRefuseAsync(
            await office.It.PostAsJsonAsync("/api/assignment/handovers", new { personId = second.Id(), assetTags = new[] { device.Text("assetTag") } }),
            HttpStatusCode.Conflict, "device-already-issued");
        problem["holder"]!.Text("name").ShouldBe("Erika Erste");
    }

    [Fact]
    public async Task A_full_network_is_refused()
    {
        var office = await Office.OpenAsync(shared.Fleet);
        var gateway = await office.It.PostAsync("/api/provisioning/gateways", new
        {
            name = Api.Unique("small"),
            endpoint = "vpn.county.example:51820",
            publicKey = Api.PublicKey(),
            network = $"10.99.{Random.Shared.Next(256)}.0/30",
        });

        async Task<HttpResponseMessage> ActivateAsync()
        {
            var access = await office.It.PostAsync("/api/provisioning/accesses", new { personId = (await office.HireAsync()).Id(), gatewayId = gateway.Id() });
            return await office.It.PostAsJsonAsync($"/api/provisioning/accesses/{access.Id()}/key", new { publicKey = Api.PublicKey() });
        }

        // Of the four addresses of a /30 two are the network's and the broadcast's, and one is the gateway's own.
        (await ActivateAsync()).StatusCode.ShouldBe(HttpStatusCode.OK);
        await ShouldRefuseAsync(await ActivateAsync(), HttpStatusCode.Conflict, "network-full");
    }

    [Fact]
    public async Task An_unknown_role_is_refused()
    {
        var admin = await shared.Fleet.AsAsync("admin");
        await ShouldRefuseAsync(
            await admin.PostAsJsonAsync("/auth/clients", new { clientId = Api.Unique("c"), roles = new[] { "it", "king" } }), HttpStatusCode.BadRequest, "unknown-role");
    }

    [Fact]
    public async Task Without_a_good_token_nothing_is_answered()
    {
        var client = shared.Fleet.Anonymous();
        await ShouldRefuseAsync(await client.GetAsync("/api/inventory/devices"), HttpStatusCode.Unauthorized, "token-missing");

        // Well formed, and signed by nobody we know.
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer", "eyJhbGciOiJFUzI1NiIsImtpZCI6IngiLCJ0eXAiOiJKV1QifQ.eyJpc3MiOiJmbGVldC1nYXRld2F5IiwiYXVkIjoiZmxlZXQiLCJzdWIiOiJ4Iiwicm9sZSI6ImFkbWluIiwiZXhwIjo0MTAyNDQ0ODAwfQ.MEUCIQDx9-0000000000000000000000000000000000000000000000000000000000000000000000000000");
        await ShouldRefuseAsync(await client.GetAsync("/api/inventory/devices"), HttpStatusCode.Unauthorized, "token-invalid");
    }

    [Fact]
    public async Task A_client_cannot_say_who_it_is_by_headers_nor_pass_the_gateway_by()
    {
        var client = shared.Fleet.Anonymous();
        client.DefaultRequestHeaders.Add("X-User", "admin");
        client.DefaultRequestHeaders.Add("X-Roles", "admin,it");
        await ShouldRefuseAsync(await client.GetAsync("/api/inventory/devices"), HttpStatusCode.Unauthorized, "token-missing");

        var it = await shared.Fleet.AsAsync("it");
        var around = shared.Fleet.Anonymous();
        around.DefaultRequestHeaders.Authorization = it.DefaultRequestHeaders.Authorization;
        await ShouldRefuseAsync(
            await around.GetAsync(new Uri(shared.Fleet.AddressOf("inventory"), "/api/inventory/devices")), HttpStatusCode.Unauthorized, "token-invalid");
    }

    [Fact]
    public async Task A_role_that_may_not_is_refused()
    {
        var auditor = await shared.Fleet.AsAsync("auditor");
        await ShouldRefuseAsync(
            await auditor.PostAsJsonAsync("/api/assignment/units", new { name = "x", kind = "county" }), HttpStatusCode.Forbidden, "role-missing");
    }

    [Fact]
    public async Task A_change_over_an_old_version_is_refused()
    {
        var office = await Office.OpenAsync(shared.Fleet);
        var device = await office.RegisterLaptopAsync();

        async Task<HttpResponseMessage> PatchAsync(string etag)
        {
            var request = new HttpRequestMessage(HttpMethod.Patch, $"/api/inventory/devices/{device.Id()}") { Content = JsonContent.Create(new { location = Api.Unique("room") }) };
            request.Headers.TryAddWithoutValidation("If-Match", etag);
            return await office.It.SendAsync(request);
        }

        var etag = (await office.It.GetAsync($"/api/inventory/devices/{device.Id()}")).Headers.ETag!.ToString();
        (await PatchAsync(etag)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await ShouldRefuseAsync(await PatchAsync(etag), HttpStatusCode.PreconditionFailed, "version-mismatch");
    }

    [Theory]
    [InlineData("inventory"), InlineData("assignment"), InlineData("provisioning"), InlineData("audit"), InlineData("gateway")]
    public async Task Every_service_describes_itself(string service)
    {
        var document = await shared.Fleet.Anonymous().ReadAsync($"/openapi/{service}.json");
        document["paths"]!.AsObject().Count.ShouldBeGreaterThan(2);
    }

    private static async Task<JsonNode> ShouldRefuseAsync(HttpResponseMessage answer, HttpStatusCode status, string? code = null)
    {
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(status, text);
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        var problem = JsonNode.Parse(text)!;
        if (code is not null) problem.Text("code").ShouldBe(code, text);
        problem.Text("code").ShouldNotBeEmpty();
        return problem;
    }
}
