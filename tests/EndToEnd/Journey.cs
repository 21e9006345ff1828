using System.Net;

namespace Fleet.Tests.EndToEnd;

/// <summary>The path of one hire from the first day to the loss of the laptop, each step checked; between two steps a test may do harm.</summary>
internal static class Journey
{
    /// <summary>How often <c>between</c> is called.</summary>
    public const int Gaps = 5;

    public static async Task WalkAsync(Office office, Func<int, Task> between)
    {
        var today = Office.Today();
        var person = await office.HireAsync();
        await between(0);
        var opened = await office.CaseAsync(person, c => c.Text("status") == "open");
        opened["missing"]!.AsArray().Select(m => m!.Text("kind")).ShouldBe(["laptop", "vpn"], ignoreOrder: true);
        await office.CoverageAsync(today, c => c.Number("staff") == 1 && c.Number("ready") == 0);

        var device = await office.RegisterLaptopAsync();
        device.Text("status").ShouldBe("inStock");
        await between(1);
        await Eventually.ShouldAsync(async () => (await office.It.ReadAsync($"/api/inventory/devices/by-tag/{device.Text("assetTag")}")).Id().ShouldBe(device.Id()));

        await office.It.PostAsync("/api/assignment/handovers", new { personId = person.Id(), assetTags = new[] { device.Text("assetTag") } });
        await between(2);
        var assigned = await office.DeviceAsync(device, d => d.Text("status") == "assigned");
        assigned["holder"]!.Text("personId").ShouldBe(person.Id());
        assigned["holder"]!.Text("name").ShouldBe("Erika Beispiel");
        await office.CaseAsync(person, c => c["missing"]!.AsArray() is [var only] && only!.Text("kind") == "vpn");
        var access = await office.AccessAsync(person, a => a.Text("state") == "requested");
        access.Text("deviceId").ShouldBe(device.Id());
        await office.CoverageAsync(today, c => c.Number("withLaptop") == 1 && c.Number("ready") == 0);

        var key = Api.PublicKey();
        var active = await office.It.PostAsync($"/api/provisioning/accesses/{access.Id()}/key", new { publicKey = key }, HttpStatusCode.OK);
        await between(3);
        active.Text("state").ShouldBe("active");
        active.Text("publicKey").ShouldBe(key);
        active.Text("address").ShouldNotBeEmpty();
        var closed = await office.CaseAsync(person, c => c.Text("status") == "ready");
        closed["missing"]!.AsArray().ShouldBeEmpty();
        var ready = await office.CoverageAsync(today, c => c.Number("ready") == 1);
        ((double)ready["percentages"]!["readyOfStaff"]!).ShouldBe(100.0);
        (await office.CoverageAsync(today.AddDays(-1), c => c.Number("staff") == 1)).Number("ready").ShouldBe(0);

        await office.It.PostAsync("/api/assignment/loss-reports", new { assetTag = device.Text("assetTag"), kind = "lost" });
        await between(4);
        await office.AccessAsync(person, a => a.Text("state") == "revoked");
        await office.DeviceAsync(device, d => d.Text("status") == "lost");
        await office.CoverageAsync(today, c => c.Number("ready") == 0 && c.Number("withLaptop") == 0 && c.Number("withVpn") == 0);

        await LogShowsAsync(office, person.Id(), "PersonRegistered");
        await LogShowsAsync(office, device.Id(), "DeviceRegistered", "DeviceStatusChanged", "DeviceIssued", "DeviceLossReported");
        await LogShowsAsync(office, access.Id(), "VpnAccessRequested", "VpnAccessActivated", "VpnAccessRevoked");
        await LogShowsAsync(office, closed.Id(), "CaseOpened", "CaseProgressed", "CaseClosed");
        ((bool)(await office.Auditor.ReadAsync("/api/audit/log/verify"))["verified"]!).ShouldBeTrue();
    }

    /// <summary>Each of these stands in the log of the entity, with who, when and what, and none twice.</summary>
    private static Task LogShowsAsync(Office office, string entity, params string[] types) => Eventually.ShouldAsync(async () =>
    {
        var entries = (await office.Auditor.ReadAsync($"/api/audit/log?entity={entity}"))["items"]!.AsArray().Select(e => e!).ToList();
        foreach (var type in types) entries.ShouldContain(e => e.Text("type") == type, $"{type} of {entity}");
        entries.Select(e => e.Id()).ShouldBeUnique();
        foreach (var entry in entries)
        {
            entry["actor"]!.Text("subject").ShouldNotBeEmpty();
            entry.Text("recordedAt").ShouldNotBeEmpty();
            entry.Text("effectiveAt").ShouldNotBeEmpty();
        }
    });
}
