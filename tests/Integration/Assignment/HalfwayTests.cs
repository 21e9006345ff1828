using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Fleet.Assignment;
using Fleet.Assignment.Domain;
using Fleet.Contracts;
using Fleet.Platform.Store;
using static Fleet.Tests.Integration.Assignment.AssignmentFixture;

namespace Fleet.Tests.Integration.Assignment;

/// <summary>What a kill leaves behind, written into the store as the killed process would have, and what becomes of it.</summary>
public sealed class HalfwayTests(AssignmentFixture assignment) : IClassFixture<AssignmentFixture>
{
    [Fact]
    public async Task A_kill_after_the_intent_and_the_same_request_again_finishes_the_same_hand_over()
    {
        var left = await LeaveAsync(HandoverStatus.Claiming, claimed: false);

        (await CreatedAsync(await left.SendAgainAsync(assignment))).ShouldSatisfyAllConditions(h => Id(h).ShouldBe(left.HandoverId));

        await ShouldBeIssuedOnceAsync(left);
    }

    [Fact]
    public async Task A_kill_after_the_claim_and_the_same_request_again_finishes_the_same_hand_over()
    {
        var left = await LeaveAsync(HandoverStatus.Claiming, claimed: true);
        await ShouldBeRefusedAsync(await assignment.HandOverAsync(Id(await assignment.PersonAsync("Maier")), left.Device.AssetTag), HttpStatusCode.Conflict, "device-already-issued");

        // Twice at the same moment: both are the same act.
        var answers = await Task.WhenAll(left.SendAgainAsync(assignment), left.SendAgainAsync(assignment));

        foreach (var answer in answers) Id(await CreatedAsync(answer)).ShouldBe(left.HandoverId);
        await ShouldBeIssuedOnceAsync(left);
    }

    [Fact]
    public async Task A_kill_after_the_commit_is_finished_by_itself_and_answered_from_what_is_stored()
    {
        var left = await LeaveAsync(HandoverStatus.Completed, claimed: true);

        await ShouldBeIssuedOnceAsync(left);

        var read = await assignment.It.GetFromJsonAsync<JsonNode>($"{Api}/handovers/{left.HandoverId}");
        read!["status"]!.ToString().ShouldBe("completed");
    }

    [Fact]
    public async Task A_return_right_after_a_kill_after_the_commit_finishes_the_hand_over_first()
    {
        var left = await LeaveAsync(HandoverStatus.Completed, claimed: true);

        await CreatedAsync(await assignment.ReturnAsync(left.Device.AssetTag));

        await ShouldBeIssuedOnceAsync(left);
        var versions = new[] { (await assignment.PublishedAsync<DeviceIssued>(left.Device.DeviceId))[0].Meta, (await assignment.PublishedAsync<DeviceReturned>(left.Device.DeviceId))[0].Meta };
        versions.Select(m => m.AggregateVersion).ShouldBeInOrder();
    }

    [Fact]
    public async Task An_intent_that_nobody_goes_on_with_is_undone_and_its_devices_are_free()
    {
        var left = await LeaveAsync(HandoverStatus.Claiming, claimed: true, age: Handover.Patience + TimeSpan.FromSeconds(5));
        var other = await assignment.PersonAsync("Maier");

        await Eventually.ShouldAsync(async () =>
        {
            await using var store = assignment.OpenStore(Storage.Types);
            (await store.FindAsync<Custody>(left.Device.DeviceId, CancellationToken.None))!.State.Claim.ShouldBeNull();
        });

        await CreatedAsync(await assignment.HandOverAsync(Id(other), left.Device.AssetTag));
        (await assignment.PublishedAsync<DeviceIssued>(left.Device.DeviceId)).ShouldHaveSingleItem().Custody.Spells[^1].PersonId.ShouldBe(Id(other));
        await ShouldBeRefusedAsync(await assignment.It.GetAsync($"{Api}/handovers/{left.HandoverId}"), HttpStatusCode.NotFound, "not-found");
        await ShouldBeRefusedAsync(await left.SendAgainAsync(assignment), HttpStatusCode.Conflict, "device-already-issued");
    }

    [Fact]
    public async Task Claims_that_a_refused_hand_over_left_are_worth_nothing()
    {
        var left = await LeaveAsync(HandoverStatus.Refused, claimed: true);
        var other = await assignment.PersonAsync("Maier");

        await CreatedAsync(await assignment.HandOverAsync(Id(other), left.Device.AssetTag));
        await CreatedAsync(await assignment.ReturnAsync(left.Device.AssetTag));

        // The refused request is tried again under its own id.
        Id(await CreatedAsync(await left.SendAgainAsync(assignment))).ShouldBe(left.HandoverId);
        (await assignment.PublishedAsync<DeviceIssued>(left.Device.DeviceId, 2)).Select(i => i.Custody.Spells[^1].PersonId!.Value).ShouldBe([Id(other), left.PersonId]);
    }

    [Fact]
    public async Task A_device_reported_lost_while_it_is_being_handed_over_is_lost_and_the_hand_over_comes_to_nothing()
    {
        var left = await LeaveAsync(HandoverStatus.Claiming, claimed: true);

        (await CreatedAsync(await assignment.ReportLossAsync(left.Device.AssetTag)))["status"]!.ToString().ShouldBe("lost");

        await ShouldBeRefusedAsync(await left.SendAgainAsync(assignment), HttpStatusCode.Conflict, "device-not-available");
        assignment.Broker.Published<DeviceIssued>().ShouldNotContain(e => e.Meta.AggregateId == left.Device.DeviceId);
    }

    [Fact]
    public async Task A_process_killed_under_load_finishes_every_hand_over_once()
    {
        var person = Id(await assignment.PersonAsync());
        var devices = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => assignment.DeviceAsync())));
        var requests = devices.Select(d => (Device: d, Key: $"{Guid.CreateVersion7()}")).ToList();

        var first = requests.Select(r => SendQuietlyAsync(person, r.Device.AssetTag, r.Key)).ToList();
        await Task.WhenAny(first);
        assignment.Kill();
        await Task.WhenAll(first);
        await assignment.StartAsync();

        foreach (var (device, key) in requests) await CreatedAsync(await assignment.HandOverAsync(person, device.AssetTag, key: key));
        foreach (var device in devices)
        {
            var issued = await assignment.PublishedAsync<DeviceIssued>(device.DeviceId);
            // Published again perhaps, but as the same event.
            issued.Select(i => i.Meta.EventId).Distinct().ShouldHaveSingleItem();
        }
    }

    private async Task SendQuietlyAsync(Guid person, string assetTag, string key)
    {
        try
        {
            (await assignment.HandOverAsync(person, assetTag, key: key)).Dispose();
        }
        catch (HttpRequestException)
        {
            // The kill that this is about.
        }
    }

    private async Task ShouldBeIssuedOnceAsync(Left left)
    {
        var issued = (await assignment.PublishedAsync<DeviceIssued>(left.Device.DeviceId)).ShouldHaveSingleItem();
        issued.Custody.Spells[^1].PersonId.ShouldBe(left.PersonId);
        issued.Custody.Spells[^1].HandoverId.ShouldBe(left.HandoverId);
        issued.Meta.Actor.Subject.ShouldBe("it.weber");
        await using var store = assignment.OpenStore(Storage.Types);
        (await store.FindAsync<Custody>(left.Device.DeviceId, CancellationToken.None))!.State.Claim.ShouldBeNull();
    }

    /// <summary>Writes what the killed request had written.</summary>
    private async Task<Left> LeaveAsync(HandoverStatus status, bool claimed, TimeSpan age = default)
    {
        var (person, device) = (await assignment.PersonAsync(), await assignment.DeviceAsync());
        var startedAt = TimeProvider.System.GetUtcNow() - age;
        var left = new Left(Guid.CreateVersion7(), Id(person), device, $"{Guid.CreateVersion7()}");
        var handover = new Handover
        {
            HandoverId = left.HandoverId,
            Status = HandoverStatus.Claiming,
            Attempt = 1,
            PersonId = left.PersonId,
            Devices = [new HandedDevice(device.DeviceId, device.AssetTag, device.Kind, Guid.CreateVersion7())],
            VpnIncluded = false,
            EffectiveAt = startedAt,
            By = new ActedBy("it.weber", "it", null, Guid.CreateVersion7()),
            StartedAt = startedAt,
        };

        await using var store = assignment.OpenStore(Storage.Types);
        var custody = await Eventually.ReadAsync(() => store.FindAsync<Custody>(device.DeviceId, CancellationToken.None), c => c is not null);
        // In one write where the killed request needed two; the store looks the same.
        var state = status switch { HandoverStatus.Completed => handover.Complete(), HandoverStatus.Refused => handover.Undo(), _ => handover };
        (await store.WriteAsync(Document<Handover>.New(left.HandoverId, state), [], left.Origin(), CancellationToken.None)).IsWritten.ShouldBeTrue();
        if (!claimed) return left;

        var claim = custody!.State.ClaimFor(handover, startedAt);
        claim.Verdict.ShouldBe(CustodyVerdict.Done);
        (await store.WriteAsync(custody.With(claim.Custody), CancellationToken.None)).IsWritten.ShouldBeTrue();
        return left;
    }

    private sealed record Left(Guid HandoverId, Guid PersonId, DeviceState Device, string Key)
    {
        private string Body => new JsonObject { ["personId"] = PersonId, ["assetTags"] = new JsonArray(Device.AssetTag) }.ToJsonString();

        public Origin Origin() => new(Hash($"it.weber\nPOST {Api}/handovers\n{Key}"), Hash(Body));

        public async Task<HttpResponseMessage> SendAgainAsync(AssignmentFixture assignment)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"{Api}/handovers") { Content = new StringContent(Body, Encoding.UTF8, "application/json") };
            request.Headers.Add("Idempotency-Key", Key);
            return await assignment.It.SendAsync(request);
        }

        private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
