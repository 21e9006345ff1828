using System.Text.Json.Nodes;
using Fleet.Gateway.Features.Sessions;
using Fleet.Gateway.Process;
using Microsoft.Extensions.DependencyInjection;

namespace Fleet.Tests.Contract;

/// <summary>
/// What happens so that every event is told, and every member of every event is filled at least once. A member that is new in the contract is filled
/// here: by one request more, or one value more in a request.
/// </summary>
internal static class Story
{
    public static async Task LiveAsync(Publishers all)
    {
        var (unit, kit) = await TheOfficeAsync(all);
        var gateway = await all.SendAsync(all.Provisioning, HttpMethod.Post, "/api/provisioning/gateways", new
        {
            name = "Main building",
            endpoint = "vpn.county.example:51820",
            publicKey = Key(1),
            network = "10.20.0.0/24",
            dns = new[] { "10.20.0.1" },
            allowedIps = new[] { "10.0.0.0/8" },
        });
        var person = await AJoinerAsync(all, unit, kit);
        var device = await ALaptopAsync(all);
        await HandedOverAcceptedCorrectedAndReturnedAsync(all, person, device);
        await HandedOverAgainAndStolenAsync(all, person, device, gateway);
        await all.SendAsync(all.Inventory, HttpMethod.Post, $"/api/inventory/devices/{Id(device)}/status", new { status = "inRepair", note = "Loose hinge" });
        await AccountsAsync(all, person);
    }

    private static async Task<(string Unit, string Kit)> TheOfficeAsync(Publishers all)
    {
        var county = await all.SendAsync(all.Assignment, HttpMethod.Post, "/api/assignment/units", new { name = "County", kind = "county" });
        var office = await all.SendAsync(all.Assignment, HttpMethod.Post, "/api/assignment/units", new { name = "Amt für Straßen", kind = "office", parentId = Id(county), effectiveFrom = "2020-01-01" });
        var kit = await all.SendAsync(all.Assignment, HttpMethod.Post, "/api/assignment/kits", new
        {
            name = "Home office",
            items = new object[] { new { kind = "laptop" }, new { kind = "vpn" }, new { kind = "software", name = "Office suite", optional = true } },
        });
        return (Id(office), Id(kit));
    }

    private static async Task<string> AJoinerAsync(Publishers all, string unit, string kit)
    {
        var person = await all.SendAsync(all.Assignment, HttpMethod.Post, "/api/assignment/people", new
        {
            personnelNumber = "P-4711",
            userName = "erika.beispiel",
            givenName = "Erika",
            familyName = "Beispiel",
            email = "erika.beispiel@county.example",
            unitId = unit,
            startDate = "2020-03-01",
            endDate = "2020-12-31",
            kitId = kit,
        });
        await all.SendAsync(all.Assignment, HttpMethod.Patch, $"/api/assignment/people/{Id(person)}", new { familyName = "Muster" });
        return Id(person);
    }

    private static async Task<JsonNode> ALaptopAsync(Publishers all)
    {
        var device = await all.SendAsync(all.Inventory, HttpMethod.Post, "/api/inventory/devices", new
        {
            assetTag = "LRA-1",
            serialNumber = "PF-0815",
            kind = "laptop",
            manufacturer = "Lenovo",
            model = "ThinkPad T14",
            location = "Room 12",
            effectiveAt = "2020-03-01T08:00:00Z",
        });
        return await all.SendAsync(all.Inventory, HttpMethod.Patch, $"/api/inventory/devices/{Id(device)}", new { location = "Room 14" });
    }

    private static async Task HandedOverAcceptedCorrectedAndReturnedAsync(Publishers all, string person, JsonNode device)
    {
        var tag = (string)device["assetTag"]!;
        var handover = await all.SendAsync(all.Assignment, HttpMethod.Post, "/api/assignment/handovers", new { personId = person, assetTags = new[] { tag }, dueBack = "2020-12-31" });
        await all.SendAsync(all.Assignment, HttpMethod.Post, $"/api/assignment/handovers/{Id(handover)}/accept");
        var access = await TheAccessAsync(all, "requested");
        await all.SendAsync(all.Provisioning, HttpMethod.Post, $"/api/provisioning/accesses/{access}/key", new { publicKey = Key(2) });
        await all.SendAsync(all.Assignment, HttpMethod.Post, $"/api/assignment/handovers/{Id(handover)}/correct", new { reason = "It was an hour before", effectiveAt = "2020-03-02T07:10:00Z" });
        await all.SendAsync(all.Assignment, HttpMethod.Post, "/api/assignment/returns", new { assetTag = tag, condition = "Scratched" });
    }

    private static async Task HandedOverAgainAndStolenAsync(Publishers all, string person, JsonNode device, JsonNode gateway)
    {
        var tag = (string)device["assetTag"]!;
        await all.SendAsync(all.Assignment, HttpMethod.Post, "/api/assignment/handovers", new { personId = person, assetTags = new[] { tag } });
        var access = await all.SendAsync(all.Provisioning, HttpMethod.Post, "/api/provisioning/accesses", new { personId = person, deviceId = Id(device), gatewayId = Id(gateway), expiresOn = "2020-06-30" });
        await all.SendAsync(all.Provisioning, HttpMethod.Post, $"/api/provisioning/accesses/{Id(access)}/key", new { publicKey = Key(3) });
        await all.SendAsync(all.Provisioning, HttpMethod.Post, $"/api/provisioning/accesses/{Id(access)}/revoke", new { reason = "Not needed" });
        await all.SendAsync(all.Assignment, HttpMethod.Post, "/api/assignment/loss-reports", new { assetTag = tag, kind = "stolen" });
        await all.SendAsync(all.Assignment, HttpMethod.Post, "/api/assignment/returns", new { assetTag = tag, condition = "Muddy" });
    }

    private static async Task AccountsAsync(Publishers all, string person)
    {
        (await all.SubmitAsync("/auth/sign-in", ("userName", "admin"), ("password", "demo"))).ShouldBe("/");
        var client = await all.SendAsync(all.Gateway, HttpMethod.Post, "/auth/clients", new { clientId = "import", roles = new[] { "it" } });
        await all.SendAsync(all.Gateway, HttpMethod.Delete, $"/auth/clients/{Id(client)}");
        var account = await all.SendAsync(all.Gateway, HttpMethod.Post, "/auth/accounts", new { userName = "erika.beispiel", name = "Erika Muster", roles = new[] { "it" }, personId = person });

        await all.SubmitAsync("/auth/sign-in", ("userName", "erika.beispiel"), ("password", "wrong"));
        await all.DoAsync(() => all.Gateway.Parts.GetRequiredService<RefusalLog>().WriteAsync(all: true, CancellationToken.None));
        var (once, own) = ((string)account["oneTimePassword"]!, "correct horse battery");
        await all.SubmitAsync("/auth/sign-in", ("userName", "erika.beispiel"), ("password", once));
        (await all.SubmitAsync("/auth/password", ("current", once), ("new", own), ("repeat", own))).ShouldBe("/");
        await all.SubmitAsync("/auth/sign-out");

        await all.SendAsync(all.Assignment, HttpMethod.Post, $"/api/assignment/people/{person}/leave", new { lastDay = "2020-03-31" });
        all.Wait(TimeSpan.FromDays(30));
        await all.DoAsync(() => all.Gateway.Parts.GetRequiredService<DisableLeavers>().RunAsync(CancellationToken.None));
    }

    private static async Task<string> TheAccessAsync(Publishers all, string state) =>
        Id((await all.SendAsync(all.Provisioning, HttpMethod.Get, $"/api/provisioning/accesses?state={state}"))["items"]!.AsArray().ShouldHaveSingleItem()!);

    private static string Id(JsonNode answer) => (string)answer["id"]!;

    /// <summary>A WireGuard public key.</summary>
    private static string Key(byte number) => Convert.ToBase64String([.. Enumerable.Repeat(number, 32)]);
}
