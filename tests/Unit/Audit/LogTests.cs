using System.Security.Cryptography;
using System.Text;
using Fleet.Audit;
using Fleet.Audit.Domain;
using Fleet.Contracts;

namespace Fleet.Tests.Unit.Audit;

public sealed class LogTests
{
    [Fact]
    public void Entries_appended_in_batches_hold_as_one_chain()
    {
        var entries = SomeEntries();
        var (sequence, hash) = (0L, Chain.Beginning);
        foreach (var entry in entries)
        {
            Chain.Holds(entry, sequence + 1, hash).ShouldBeTrue();
            (sequence, hash) = (entry.Sequence, entry.Hash);
        }

        sequence.ShouldBe(entries.Count);
    }

    [Fact]
    public void Whatever_is_changed_in_an_entry_breaks_the_chain()
    {
        var entries = SomeEntries();
        var (before, entry) = (entries[0], entries[1]);
        LogEntry[] forged =
        [
            entry with { EventId = Guid.NewGuid() }, entry with { Type = "DeviceReturned" }, entry with { EntityId = Guid.NewGuid() },
            entry with { EntityKind = "person" }, entry with { EntityVersion = 7 }, entry with { EffectiveAt = entry.EffectiveAt.AddTicks(1) },
            entry with { RecordedAt = entry.RecordedAt.AddTicks(1) }, entry with { ActorSubject = "nobody" }, entry with { ActorRole = "hr" },
            entry with { CorrelationId = Guid.NewGuid() }, entry with { Data = entry.Data.Replace("held", "free", StringComparison.Ordinal) },
            entry with { Personal = entry.Personal!.Replace("Erika", "Erich", StringComparison.Ordinal) }, entry with { PersonalSalt = "0" },
            entry with { PersonalHash = null }, entry with { PreviousHash = entry.Hash }, entry with { Hash = before.Hash }, entry with { Sequence = 3 },
        ];

        Chain.Holds(entry, 2, before.Hash).ShouldBeTrue();
        forged.ShouldAllBe(f => f != entry && !Chain.Holds(f, 2, before.Hash));
    }

    [Fact]
    public void A_changed_entry_that_is_hashed_anew_no_longer_fits_the_next()
    {
        var entries = SomeEntries();
        var forged = Chain.Link(entries[1] with { ActorSubject = "nobody" }, 2, entries[0].Hash);

        Chain.Holds(forged, 2, entries[0].Hash).ShouldBeTrue();
        Chain.Holds(entries[2], 3, forged.Hash).ShouldBeFalse();
        Chain.Holds(entries[2], 2, entries[0].Hash).ShouldBeFalse("An entry taken out leaves a gap.");
    }

    [Fact]
    public void Erasing_personal_data_leaves_the_chain_as_it_was()
    {
        var entries = SomeEntries();
        var erased = entries[0] with { Personal = null, PersonalSalt = null };

        Chain.Holds(erased, 1, Chain.Beginning).ShouldBeTrue();
        Chain.Holds(entries[1], 2, erased.Hash).ShouldBeTrue();
    }

    [Fact]
    public void Nothing_that_names_a_person_stands_outside_the_part_that_can_be_erased()
    {
        var entries = SomeEntries();
        foreach (var entry in entries)
        {
            foreach (var name in new[] { "Erika", "Müster", "erika", "4711", "example.org" }) entry.Data.ShouldNotContain(name);
        }

        entries[0].Personal.ShouldBe("""{"email":"erika@example.org","familyName":"Müster","givenName":"Erika","personnelNumber":"4711","userName":"erika.muster"}""");
        entries[1].Personal.ShouldBe("""{"name":"Erika Müster","userName":"erika.muster"}""");
    }

    [Fact]
    public void Data_are_the_event_with_sorted_keys()
    {
        var holder = Guid.CreateVersion7();
        var device = Guid.CreateVersion7();
        var story = new Story();
        story.Issue(holder, DateTimeOffset.UnixEpoch, device);

        Entries.Of(story.Events[0]).Data.ShouldBe(
            $$$"""{"custody":{"assetTag":"LT-1","deviceId":"{{{device}}}","holder":{"personId":"{{{holder}}}"},"kind":"laptop","status":"held","vpnIncluded":false}}""");
    }

    [Fact]
    public void The_hash_is_over_the_bytes_that_are_documented()
    {
        var entry = SomeEntries()[0];
        var bytes = $$$"""
            {"actor":{"role":"it","subject":"it"},"correlationId":"{{{entry.CorrelationId}}}","data":"{{{Sha256(entry.Data)}}}","effectiveAt":"2019-01-01T00:00:00.0000000Z","entity":{"id":"{{{entry.EntityId}}}","kind":"person","version":1},"eventId":"{{{entry.EventId}}}","personal":"{{{Sha256(entry.PersonalSalt + entry.Personal)}}}","previousHash":"0000000000000000000000000000000000000000000000000000000000000000","recordedAt":"2020-06-01T08:00:00.0000000Z","sequence":1,"type":"PersonRegistered"}
            """;

        entry.Hash.ShouldBe(Sha256(bytes));
    }

    [Fact]
    public void Every_event_there_is_can_be_an_entry()
    {
        foreach (var type in Deliveries.Queues.Keys)
        {
            var fact = (IFleetEvent)Activator.CreateInstance(type)!;
            type.GetProperty(nameof(IFleetEvent.Meta))!.SetValue(fact, new EventMeta { EventId = Guid.CreateVersion7() });
            Entries.Of(fact).EntityKind.ShouldNotBeEmpty(type.Name);
        }
    }

    [Fact]
    public void An_event_without_an_id_is_refused() => Should.Throw<ArgumentException>(() => Entries.Of(new DeviceRegistered()));

    [Theory]
    [InlineData("day", "2020-02-28 2020-02-29 2020-03-01 2020-03-02")]
    [InlineData("week", "2020-03-01 2020-03-02")]
    [InlineData("month", "2020-02-29 2020-03-02")]
    [InlineData("quarter", "2020-03-02")]
    [InlineData("year", "2020-03-02")]
    public void A_series_has_a_point_at_the_end_of_each_step_and_on_the_last_day(string step, string days) =>
        string.Join(' ', Steps.Between(new DateOnly(2020, 2, 28), new DateOnly(2020, 3, 2), Enum.Parse<Step>(step, ignoreCase: true)).Select(d => $"{d:yyyy-MM-dd}"))
            .ShouldBe(days);

    [Fact]
    public void Quarters_and_years_end_where_the_calendar_says() =>
        Steps.Between(new DateOnly(2019, 12, 1), new DateOnly(2020, 8, 1), Step.Quarter)
            .ShouldBe([new DateOnly(2019, 12, 31), new DateOnly(2020, 3, 31), new DateOnly(2020, 6, 30), new DateOnly(2020, 8, 1)]);

    /// <summary>A person, two hand-overs and a loss, appended in two batches.</summary>
    private static List<LogEntry> SomeEntries()
    {
        var story = new Story();
        var person = story.Person();
        var device = story.Issue(person, DateTimeOffset.UnixEpoch);
        story.Issue(person, DateTimeOffset.UnixEpoch);
        story.InventoryLoss(device, DateTimeOffset.UnixEpoch);
        var first = new LogHead().Append(story.Events.Take(2).Select(Entries.Of));
        var second = first.Append(story.Events.Skip(2).Select(Entries.Of));
        second.Settled.ShouldBe(2);
        second.Batched(3).ShouldBe(second.Batch[0]);
        second.Batched(2).ShouldBeNull();
        second.Batched(5).ShouldBeNull();
        return [.. first.Batch, .. second.Batch];
    }

    private static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
