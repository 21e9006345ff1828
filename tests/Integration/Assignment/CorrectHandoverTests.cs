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

public sealed class CorrectHandoverTests(AssignmentFixture assignment) : IClassFixture<AssignmentFixture>
{
    [Fact]
    public async Task Receiver_instant_and_devices_are_corrected_in_every_custody_and_the_hand_over_says_what_was_before()
    {
        var (anna, ben) = (await assignment.PersonAsync("Huber"), await assignment.PersonAsync("Maier", Id(await assignment.KitAsync("laptop", "vpn"))));
        var (kept, removed, added) = (await assignment.DeviceAsync(), await assignment.DeviceAsync("dock"), await assignment.DeviceAsync("monitor"));
        var handover = await CreatedAsync(await assignment.It.PostAsJsonAsync(
            $"{Api}/handovers", new { personId = Id(anna), assetTags = new[] { kept.AssetTag, removed.AssetTag }, effectiveAt = Since.AddDays(5) }));
        (await assignment.It.PostAsync($"{Api}/handovers/{Id(handover)}/accept", null)).EnsureSuccessStatusCode();
        var before = (await assignment.PublishedAsync<DeviceIssued>(kept.DeviceId))[0].Custody.Spells[0];

        var answer = await assignment.It.PostAsJsonAsync(
            $"{Api}/handovers/{Id(handover)}/correct",
            new { reason = "It was Ben, on Monday.", personId = Id(ben), effectiveAt = Since.AddDays(3), assetTags = new[] { kept.AssetTag, added.AssetTag } });

        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        var corrected = await BodyAsync(answer);
        corrected["person"]!["name"]!.ToString().ShouldBe("Anna Maier");
        corrected["acceptedAt"].ShouldBeNull();
        corrected["devices"]!.AsArray().Select(d => d!["assetTag"]!.ToString()).ShouldBe([kept.AssetTag, added.AssetTag]);
        var correction = corrected["corrections"]!.AsArray().ShouldHaveSingleItem()!;
        correction["reason"]!.ToString().ShouldBe("It was Ben, on Monday.");
        correction["by"]!.ToString().ShouldBe("it.weber");
        correction["person"]!["name"]!.ToString().ShouldBe("Anna Huber");
        correction["effectiveAt"]!.GetValue<DateTimeOffset>().ShouldBe(Since.AddDays(5));

        var fact = (await assignment.PublishedAsync<CustodyCorrected>(kept.DeviceId)).ShouldHaveSingleItem();
        (fact.HandoverId, fact.Reason, fact.Meta.Actor.Subject, fact.Meta.StreamNumber).ShouldBe((Id(handover), "It was Ben, on Monday.", "it.weber", 2));
        var spell = fact.Custody.Spells.ShouldHaveSingleItem();
        (spell.PersonId, spell.From, spell.VpnIncluded).ShouldBe((Id(ben), Since.AddDays(3), true));
        spell.SpellId.ShouldNotBe(before.SpellId);
        (await assignment.PublishedAsync<CustodyCorrected>(removed.DeviceId)).ShouldHaveSingleItem().Custody.Spells.ShouldBeEmpty();
        (await assignment.PublishedAsync<CustodyCorrected>(added.DeviceId)).ShouldHaveSingleItem().Custody.Spells.ShouldHaveSingleItem().PersonId.ShouldBe(Id(ben));
        // What was taken out of it is anybody's.
        await CreatedAsync(await assignment.HandOverAsync(Id(anna), removed.AssetTag));
        (await assignment.It.GetFromJsonAsync<JsonNode>($"{Api}/handovers?personId={Id(ben)}"))!["items"]!.AsArray().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task The_instant_alone_leaves_spell_acceptance_and_what_followed_as_they_are()
    {
        var (person, device) = (await assignment.PersonAsync(), await assignment.DeviceAsync());
        var handover = await CreatedAsync(await assignment.HandOverAsync(Id(person), device.AssetTag, Since.AddDays(5)));
        (await assignment.It.PostAsync($"{Api}/handovers/{Id(handover)}/accept", null)).EnsureSuccessStatusCode();
        await CreatedAsync(await assignment.ReturnAsync(device.AssetTag, Since.AddDays(9)));

        var corrected = await BodyAsync(await CorrectAsync(handover, new { reason = "typed wrongly", effectiveAt = Since.AddDays(2) }));

        corrected["acceptedAt"].ShouldNotBeNull();
        corrected["devices"]![0]!["returnedAt"]!.GetValue<DateTimeOffset>().ShouldBe(Since.AddDays(9));
        var spells = (await assignment.PublishedAsync<CustodyCorrected>(device.DeviceId))[0].Custody.Spells;
        spells.Select(s => $"{s.State} {(s.From - Since).TotalDays}-{(s.Until - Since)?.TotalDays}").ShouldBe(["held 2-9", "free 9-"]);
        spells[0].SpellId.ShouldBe((await assignment.PublishedAsync<DeviceIssued>(device.DeviceId))[0].Custody.Spells[0].SpellId);
    }

    [Fact]
    public async Task What_stands_in_the_way_of_a_correction_is_named()
    {
        var (anna, ben) = (await assignment.PersonAsync("Huber"), await assignment.PersonAsync("Maier"));
        var (device, other) = (await assignment.DeviceAsync(), await assignment.DeviceAsync());
        await CreatedAsync(await assignment.HandOverAsync(Id(anna), device.AssetTag, Since.AddDays(1)));
        await CreatedAsync(await assignment.ReturnAsync(device.AssetTag, Since.AddDays(3)));
        var handover = await CreatedAsync(await assignment.HandOverAsync(Id(ben), device.AssetTag, Since.AddDays(5)));
        await CreatedAsync(await assignment.ReturnAsync(device.AssetTag, Since.AddDays(8)));
        await CreatedAsync(await assignment.HandOverAsync(Id(anna), other.AssetTag, Since.AddDays(1)));

        var early = await ShouldBeRefusedAsync(await CorrectAsync(handover, new { reason = "x", effectiveAt = Since.AddDays(2) }), HttpStatusCode.Conflict, "spell-in-the-way");
        early["detail"]!.ToString().ShouldBe($"{device.AssetTag} was with Anna Huber from 2020-01-08T08:00:00Z until 2020-01-10T08:00:00Z.");
        await ShouldBeRefusedAsync(await CorrectAsync(handover, new { reason = "x", effectiveAt = Since.AddDays(8) }), HttpStatusCode.Conflict, "spell-in-the-way");
        var held = await ShouldBeRefusedAsync(
            await CorrectAsync(handover, new { reason = "x", assetTags = new[] { device.AssetTag, other.AssetTag } }), HttpStatusCode.Conflict, "device-already-issued");
        held["holder"]!["name"]!.ToString().ShouldBe("Anna Huber");
        await ShouldBeRefusedAsync(await CorrectAsync(handover, new { reason = "x", effectiveAt = Since.AddDays(-1) }), HttpStatusCode.BadRequest, "effective-at-too-early");
        await ShouldBeRefusedAsync(await CorrectAsync(handover, new { reason = "x", effectiveAt = Since.AddDays(5) }), HttpStatusCode.BadRequest, "nothing-to-change");
        await ShouldBeRefusedAsync(await CorrectAsync(handover, new { effectiveAt = Since.AddDays(4) }), HttpStatusCode.BadRequest, "validation-failed");
        await ShouldBeRefusedAsync(await CorrectAsync(handover, new { reason = "x", personId = Guid.CreateVersion7() }), HttpStatusCode.NotFound, "person-unknown");
        // Nothing of the refused is left.
        assignment.Broker.Published<CustodyCorrected>().ShouldNotContain(e => e.Meta.AggregateId == device.DeviceId || e.Meta.AggregateId == other.DeviceId);
        (await assignment.CustodyAsync(device.DeviceId, _ => true)).Claim.ShouldBeNull();
    }

    [Fact]
    public async Task The_same_correction_sent_again_is_answered_again_and_done_once()
    {
        var (person, device) = (await assignment.PersonAsync(), await assignment.DeviceAsync());
        var handover = await CreatedAsync(await assignment.HandOverAsync(Id(person), device.AssetTag, Since.AddDays(5)));
        var (key, path) = ($"{Guid.CreateVersion7()}", $"{Api}/handovers/{Id(handover)}/correct");

        var bodies = new List<string>();
        for (var i = 0; i < 3; i++)
            bodies.Add(await (await SendAsync(assignment.It, path, new { reason = "x", effectiveAt = Since.AddDays(2) }, key)).EnsureSuccessStatusCode().Content.ReadAsStringAsync());

        bodies.Distinct().ShouldHaveSingleItem();
        (await assignment.PublishedAsync<CustodyCorrected>(device.DeviceId)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_kill_after_the_intent_and_the_same_request_again_finishes_the_same_correction()
    {
        var left = await LeaveAsync(claimed: 1, committed: false);

        (await left.SendAgainAsync(assignment)).EnsureSuccessStatusCode();

        await ShouldBeCorrectedAsync(left);
    }

    [Fact]
    public async Task A_kill_after_the_commit_is_finished_by_itself()
    {
        var left = await LeaveAsync(claimed: 2, committed: true);

        await ShouldBeCorrectedAsync(left);
    }

    [Fact]
    public async Task A_correction_that_nobody_goes_on_with_comes_to_nothing()
    {
        var left = await LeaveAsync(claimed: 1, committed: false, age: Handover.Patience + TimeSpan.FromSeconds(5));

        foreach (var device in left.Devices) (await assignment.CustodyAsync(device.DeviceId, c => c.Claim is null)).HolderId.ShouldBe(left.Anna);
        await Eventually.ShouldAsync(async () =>
        {
            await using var store = assignment.OpenStore(Storage.Types);
            (await store.FindAsync<Handover>(left.HandoverId, CancellationToken.None))!.State.Correcting.ShouldBeNull();
        });
        // And may be made anew.
        (await left.SendAgainAsync(assignment)).EnsureSuccessStatusCode();
        await ShouldBeCorrectedAsync(left);
    }

    [Fact]
    public async Task A_return_while_a_correction_is_on_its_way_wins_and_the_correction_is_begun_anew()
    {
        var left = await LeaveAsync(claimed: 2, committed: false);

        await CreatedAsync(await assignment.ReturnAsync(left.Devices[0].AssetTag));
        (await left.SendAgainAsync(assignment)).EnsureSuccessStatusCode();

        var custody = await assignment.CustodyAsync(left.Devices[0].DeviceId, c => c.Spells[0].PersonId == left.Ben);
        custody.Spells.Select(s => s.Status).ShouldBe([CustodyStatus.Held, CustodyStatus.Free]);
    }

    private Task<HttpResponseMessage> CorrectAsync(JsonNode handover, object correction) => assignment.It.PostAsJsonAsync($"{Api}/handovers/{Id(handover)}/correct", correction);

    private async Task ShouldBeCorrectedAsync(Left left)
    {
        foreach (var device in left.Devices)
        {
            var custody = await assignment.CustodyAsync(device.DeviceId, c => c.Claim is null && c.HolderId == left.Ben);
            custody.Spells.ShouldHaveSingleItem();
            var fact = (await assignment.PublishedAsync<CustodyCorrected>(device.DeviceId)).ShouldHaveSingleItem();
            fact.Meta.Actor.Subject.ShouldBe("it.weber");
        }

        (await assignment.It.GetFromJsonAsync<JsonNode>($"{Api}/handovers/{left.HandoverId}"))!["corrections"]!.AsArray().ShouldHaveSingleItem();
    }

    /// <summary>Writes what a killed correction of two devices from Anna to Ben had written.</summary>
    private async Task<Left> LeaveAsync(int claimed, bool committed, TimeSpan age = default)
    {
        var (anna, ben) = (await assignment.PersonAsync("Huber"), await assignment.PersonAsync("Maier"));
        var devices = new[] { await assignment.DeviceAsync(), await assignment.DeviceAsync() };
        var handover = await CreatedAsync(await assignment.It.PostAsJsonAsync($"{Api}/handovers", new { personId = Id(anna), assetTags = devices.Select(d => d.AssetTag) }));
        foreach (var device in devices) await assignment.CustodyAsync(device.DeviceId, c => c.HolderId == Id(anna));
        var left = new Left(Id(handover), Id(anna), Id(ben), devices, $"{Guid.CreateVersion7()}");

        await using var store = assignment.OpenStore(Storage.Types);
        var found = (await store.FindAsync<Handover>(left.HandoverId, CancellationToken.None))!;
        var correction = new Correction
        {
            CorrectionId = Guid.CreateVersion7(),
            HandoverId = left.HandoverId,
            Reason = Left.Reason,
            By = new ActedBy("it.weber", "it", null, Guid.CreateVersion7()),
            At = TimeProvider.System.GetUtcNow() - age,
            Before = found.State.Content,
            After = found.State.Content with { PersonId = left.Ben, Devices = [.. found.State.Devices.Select(d => d with { SpellId = Guid.CreateVersion7() })] },
        };
        var correcting = found.State with { Correcting = correction };
        (await store.WriteAsync(found.With(committed ? correcting.CommitCorrection() : correcting), [], left.Origin(), CancellationToken.None)).IsWritten.ShouldBeTrue();
        foreach (var device in devices.Take(claimed))
        {
            var custody = (await store.FindAsync<Custody>(device.DeviceId, CancellationToken.None))!;
            var claim = custody.State.ClaimFor(correction, correction.At);
            claim.Verdict.ShouldBe(CustodyVerdict.Done);
            (await store.WriteAsync(custody.With(claim.Custody), CancellationToken.None)).IsWritten.ShouldBeTrue();
        }

        return left;
    }

    private sealed record Left(Guid HandoverId, Guid Anna, Guid Ben, IReadOnlyList<DeviceState> Devices, string Key)
    {
        public const string Reason = "It was Ben.";

        private string Path => $"{Api}/handovers/{HandoverId}/correct";

        private string Body => new JsonObject { ["reason"] = Reason, ["personId"] = Ben }.ToJsonString();

        public Origin Origin() => new(Hash($"it.weber\nPOST {Path}\n{Key}"), Hash(Body));

        public async Task<HttpResponseMessage> SendAgainAsync(AssignmentFixture assignment)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = new StringContent(Body, Encoding.UTF8, "application/json") };
            request.Headers.Add("Idempotency-Key", Key);
            return await assignment.It.SendAsync(request);
        }

        private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
