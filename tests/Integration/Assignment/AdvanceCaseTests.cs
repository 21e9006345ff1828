using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Fleet.Assignment;
using Fleet.Assignment.Domain;
using Fleet.Contracts;
using Fleet.Platform.Store;
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
        var ready = await assignment.Hr.GetFromJsonAsync<JsonNode>($"{Api}/cases?status=ready&limit=1000");
        ready!["items"]!.AsArray().ShouldContain(c => Id(c!) == Id(closed));
    }

    [Fact]
    public async Task News_twice_and_out_of_order_lead_to_the_same_case_with_each_event_once()
    {
        var person = await assignment.PersonAsync(kitId: Id(await assignment.KitAsync("vpn", "laptop")));
        var (device, access) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var opened = await assignment.CaseAsync(Id(person), c => Missing(c) == "vpn,laptop");
        var issued = new DeviceIssued { Meta = Meta(device, 2), Custody = Custody(device, person, "held") };
        var returned = new DeviceReturned { Meta = Meta(device, 3), Custody = Custody(device, person, "free") };
        var activated = new VpnAccessActivated { Meta = Meta(access, 2), Access = Access(access, person, "active") };

        await assignment.Broker.PublishAsync(returned);
        await Eventually.ShouldAsync(async () =>
        {
            await using var store = assignment.OpenStore(Documents.All);
            (await store.FindAsync<JoinerCase>(Id(opened), CancellationToken.None))!.State.Known.ShouldContain(e => e.Id == device && e.Version == 3);
        });
        await assignment.Broker.PublishAsync(issued);
        await assignment.Broker.PublishAsync(issued);
        await assignment.Broker.PublishAsync(activated);
        await assignment.Broker.PublishAsync(activated);
        await assignment.Broker.PublishAsync(new VpnAccessRequested { Meta = Meta(access, 1), Access = Access(access, person, "requested") });
        await assignment.CaseAsync(Id(person), c => Missing(c) == "laptop");
        // A marker behind all of the above closes the case; nothing after that changes it.
        var other = Guid.CreateVersion7();
        await assignment.Broker.PublishAsync(new DeviceIssued { Meta = Meta(other, 2), Custody = Custody(other, person, "held") });
        await assignment.CaseAsync(Id(person), c => c["status"]!.ToString() == "ready");
        await assignment.Broker.PublishAsync(new DeviceLossReported { Meta = Meta(other, 3), Custody = Custody(other, person, "lost") });

        (await assignment.PublishedAsync<CaseClosed>(Id(opened))).ShouldHaveSingleItem();
        (await assignment.PublishedAsync<CaseOpened>(Id(opened))).ShouldHaveSingleItem();
        assignment.Broker.Published<CaseProgressed>().Where(e => e.Meta.AggregateId == Id(opened)).Select(e => string.Join(',', e.Case.Items.Select(i => i.Fulfilled)))
            .ShouldBe(["1,0", "1,1"]);
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

    private static CustodyState Custody(Guid deviceId, JsonNode person, string status) => new()
    {
        DeviceId = deviceId,
        AssetTag = "X",
        Kind = "laptop",
        Status = status,
        Holder = new HolderState { PersonId = Id(person), Name = "Anna Huber", UserName = "anna" },
    };

    private static VpnAccessState Access(Guid accessId, JsonNode person, string state) => new() { AccessId = accessId, PersonId = Id(person), State = state };
}
