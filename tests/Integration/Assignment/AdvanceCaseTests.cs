using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Fleet.Contracts;
using static Fleet.Tests.Integration.Assignment.AssignmentFixture;

namespace Fleet.Tests.Integration.Assignment;

public sealed class AdvanceCaseTests(AssignmentFixture assignment) : IClassFixture<AssignmentFixture>
{
    [Fact]
    public async Task A_joiner_s_case_opens_by_itself_and_closes_when_nothing_is_missing()
    {
        var person = await assignment.PersonAsync(kitId: Id(await assignment.KitAsync("laptop", "vpn", "software")));
        var opened = await assignment.CaseAsync(Id(person), c => Missing(c) == "laptop,vpn");
        opened["status"]!.ToString().ShouldBe("open");
        opened["person"]!["name"]!.ToString().ShouldBe("Anna Huber");
        opened["items"]!.AsArray().Count.ShouldBe(3);

        var device = await assignment.DeviceAsync();
        await CreatedAsync(await assignment.HandOverAsync(Id(person), device.AssetTag));
        await assignment.CaseAsync(Id(person), c => Missing(c) == "vpn");
        var access = Guid.CreateVersion7();
        await assignment.Broker.PublishAsync(new VpnAccessRequested { Meta = Meta(access, 1), Access = Access(access, person, "requested") });
        await assignment.Broker.PublishAsync(new VpnAccessActivated { Meta = Meta(access, 2), Access = Access(access, person, "active") });

        var closed = await assignment.CaseAsync(Id(person), c => c["status"]!.ToString() == "ready");
        Missing(closed).ShouldBeEmpty();
        JsonNode.DeepEquals(await assignment.Hr.GetFromJsonAsync<JsonNode>($"{Api}/cases/{Id(closed)}"), closed).ShouldBeTrue();
        (await assignment.PublishedAsync<CaseOpened>(Id(closed))).ShouldHaveSingleItem().Case.Items.Select(i => $"{i.Kind} {i.Optional}").ShouldBe(["laptop False", "vpn False", "software True"]);
        (await assignment.PublishedAsync<CaseClosed>(Id(closed))).ShouldHaveSingleItem().Meta.Actor.Subject.ShouldBe("system:assignment");
        (await assignment.PublishedAsync<CaseProgressed>(Id(closed), 2)).Count.ShouldBe(2);
        (await assignment.PublishedAsync<CaseClosed>(Id(closed)))[0].Meta.StreamNumber.ShouldBe(4);
        var ready = await assignment.Hr.GetFromJsonAsync<JsonNode>($"{Api}/cases?status=ready&limit=1000");
        ready!["items"]!.AsArray().ShouldContain(c => Id(c!) == Id(closed));
    }

    [Fact]
    public async Task News_twice_and_out_of_order_lead_to_the_same_case()
    {
        var person = await assignment.PersonAsync(kitId: Id(await assignment.KitAsync("vpn", "laptop")));
        var access = Guid.CreateVersion7();
        await assignment.CaseAsync(Id(person), c => Missing(c) == "vpn,laptop");
        var activated = new VpnAccessActivated { Meta = Meta(access, 2), Access = Access(access, person, "active") };
        var revoked = new VpnAccessRevoked { Meta = Meta(access, 3), Access = Access(access, person, "active", "revoked") };

        // The end is told first; what was before it adds nothing.
        foreach (var fact in new IFleetEvent[] { revoked, activated, activated, revoked }) await assignment.Broker.PublishAsync((dynamic)fact);
        var device = await assignment.DeviceAsync();
        await CreatedAsync(await assignment.HandOverAsync(Id(person), device.AssetTag));

        // A marker behind all of the above.
        var open = await assignment.CaseAsync(Id(person), c => Missing(c) == "vpn");
        open["status"]!.ToString().ShouldBe("open");
        (await assignment.PublishedAsync<CaseOpened>(Id(open))).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Ready_is_who_had_everything_at_once_even_if_part_of_it_is_gone_by_now()
    {
        var person = await assignment.PersonAsync(kitId: Id(await assignment.KitAsync("vpn", "laptop")));
        var (device, access) = (await assignment.DeviceAsync(), Guid.CreateVersion7());
        await CreatedAsync(await assignment.HandOverAsync(Id(person), device.AssetTag, Since.AddDays(1)));
        await CreatedAsync(await assignment.ReturnAsync(device.AssetTag, Since.AddDays(9)));
        await assignment.CaseAsync(Id(person), c => Missing(c) == "vpn,laptop");

        // Learned last: the access worked on the second day already.
        await assignment.Broker.PublishAsync(new VpnAccessActivated { Meta = Meta(access, 2), Access = Access(access, person, "active") });

        var ready = await assignment.CaseAsync(Id(person), c => c["status"]!.ToString() == "ready");
        ready["closedAt"]!.GetValue<DateTimeOffset>().ShouldBe(Since.AddDays(2));
    }

    [Fact]
    public async Task A_case_follows_a_correction_of_the_past_for_both_people()
    {
        var kit = Id(await assignment.KitAsync("laptop"));
        var (anna, ben, device) = (await assignment.PersonAsync("Huber", kit), await assignment.PersonAsync("Maier", kit), await assignment.DeviceAsync());
        var handover = await CreatedAsync(await assignment.HandOverAsync(Id(anna), device.AssetTag, Since.AddDays(1)));
        await assignment.CaseAsync(Id(anna), c => c["status"]!.ToString() == "ready");

        (await assignment.It.PostAsJsonAsync($"{Api}/handovers/{Id(handover)}/correct", new { reason = "mixed up", personId = Id(ben) })).EnsureSuccessStatusCode();

        await assignment.CaseAsync(Id(ben), c => c["status"]!.ToString() == "ready");
        await assignment.CaseAsync(Id(anna), c => c["status"]!.ToString() == "open");
    }

    [Fact]
    public async Task What_a_person_has_before_the_kit_counts_when_the_kit_comes()
    {
        var person = await assignment.PersonAsync();
        var device = await assignment.DeviceAsync();
        await CreatedAsync(await assignment.HandOverAsync(Id(person), device.AssetTag));
        await assignment.PublishedAsync<DeviceIssued>(device.DeviceId);
        (await assignment.Hr.GetFromJsonAsync<JsonNode>($"{Api}/cases?personId={Id(person)}"))!["items"]!.AsArray().ShouldBeEmpty();

        await assignment.Hr.PatchAsJsonAsync($"{Api}/people/{Id(person)}", new { kitId = Id(await assignment.KitAsync("laptop", "vpn")) });

        await assignment.CaseAsync(Id(person), c => Missing(c) == "vpn");
    }

    private static string Missing(JsonNode joiner) => string.Join(',', joiner["missing"]!.AsArray().Select(m => m!["kind"]));

    /// <summary>An access that was active from the second day on, and then, a week later, what else is said.</summary>
    private static VpnAccessState Access(Guid accessId, JsonNode person, params string[] states) => new()
    {
        AccessId = accessId,
        PersonId = Id(person),
        State = states[^1],
        Spells = [.. states.Select((state, i) => new AccessSpell { State = state, From = Since.AddDays(2 + (7 * i)), Until = i + 1 < states.Length ? Since.AddDays(9 + (7 * i)) : null })],
    };
}
