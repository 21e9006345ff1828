using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Fleet.Audit.Domain;
using Fleet.Audit.Features.Log;
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
        Chain.Holds(entry, 2, before.Hash).ShouldBeTrue();

        var nullability = new NullabilityInfoContext();
        // Every stored field there is, also one that is added later and forgotten in the hash.
        foreach (var property in typeof(LogEntry).GetProperties())
        {
            var forged = entry with { };
            var value = property.GetValue(entry);
            value.ShouldNotBeNull($"{property.Name} needs a value here, or changing it shows nothing.");
            property.SetValue(forged, Another(value));
            Chain.Holds(forged, 2, before.Hash).ShouldBeFalse(property.Name);
            if (nullability.Create(property).WriteState != NullabilityState.Nullable) continue;
            property.SetValue(forged, null);
            Chain.Holds(forged, 2, before.Hash).ShouldBeFalse($"{property.Name} taken away");
        }
    }

    [Fact]
    public void A_value_put_where_an_entry_had_none_breaks_the_chain()
    {
        var empty = new LogHead().Append([new LogEntry { EventId = Guid.CreateVersion7() }], DateTimeOffset.UnixEpoch).Batch[0];
        Chain.Holds(empty, 1, Chain.Beginning).ShouldBeTrue();

        foreach (var property in typeof(LogEntry).GetProperties().Where(p => p.GetValue(empty) is null))
        {
            var forged = empty with { };
            property.SetValue(forged, property.PropertyType == typeof(string) ? "x" : Guid.CreateVersion7());
            Chain.Holds(forged, 1, Chain.Beginning).ShouldBeFalse(property.Name);
        }
    }

    [Fact]
    public void A_changed_entry_that_is_hashed_anew_no_longer_fits_the_next()
    {
        var entries = SomeEntries();
        var forged = Chain.Link(entries[1] with { ActorSubject = "nobody" }, 2, entries[1].LoggedAt, entries[0].Hash);

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
        entries[1].Personal.ShouldBe("""{"name":"Erika Müster","subject":"erika.muster"}""");
        entries.Skip(2).ShouldAllBe(e => e.Personal == null && e.PersonalHash == null);
    }

    [Fact]
    public void Data_are_the_event_with_sorted_keys()
    {
        var (person, access) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var revoked = new VpnAccessRevoked
        {
            Meta = new EventMeta { EventId = Guid.CreateVersion7() },
            Access = new VpnAccessState
            {
                AccessId = access,
                PersonId = person,
                State = AccessStates.Revoked,
                Reason = "Like \"new\"",
                Spells = [new AccessSpell { From = DateTimeOffset.UnixEpoch, State = AccessStates.Revoked }],
            },
        };

        Entries.Of(revoked).Data.ShouldBe(
            $$$"""{"access":{"accessId":"{{{access}}}","personId":"{{{person}}}","reason":"Like \"new\"","spells":[{"from":"1970-01-01T00:00:00+00:00","state":"revoked"}],"state":"revoked"}}""");
    }

    [Fact]
    public void An_entry_concerns_whoever_has_the_device_from_then_on_or_gave_it_back()
    {
        var story = new Story();
        var (first, second) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var device = story.Issue(first, DateTimeOffset.UnixEpoch);
        story.Return(device, DateTimeOffset.UnixEpoch.AddDays(2));
        story.Issue(second, DateTimeOffset.UnixEpoch.AddDays(4), device);
        story.Lose(device, DateTimeOffset.UnixEpoch.AddDays(1));

        story.Events.Select(e => Entries.Of(e).PersonId).ShouldBe([first, first, second, first]);
    }

    [Fact]
    public void The_hash_is_over_the_bytes_that_are_documented()
    {
        var entries = SomeEntries();
        var (before, entry) = (entries[0], entries[1]);
        var bytes = $$$"""
            {"actor":{"onBehalfOf":"{{{entry.ActorOnBehalfOf}}}","personId":"{{{entry.ActorPersonId}}}","role":"admin","subject":"anna"},"causedBy":"{{{entry.CausedBy}}}","correlationId":"{{{entry.CorrelationId}}}","data":"{{{Sha256(entry.Data)}}}","effectiveAt":"2020-02-01T00:00:00.0000000Z","entity":{"id":"{{{entry.EntityId}}}","kind":"account","version":3},"eventId":"{{{entry.EventId}}}","loggedAt":"2020-07-01T00:00:00.0000001Z","personId":"{{{entry.PersonId}}}","personal":"{{{Sha256(entry.PersonalSalt + entry.Personal)}}}","previousHash":"{{{before.Hash}}}","recordedAt":"2020-02-01T00:00:01.0000000Z","sequence":2,"streamNumber":4,"type":"AccountChanged"}
            """;

        entry.Hash.ShouldBe(Sha256(bytes));
        Sha256($$$"""
            {"actor":{"onBehalfOf":null,"personId":null,"role":"it","subject":"it"},"causedBy":null,"correlationId":"{{{before.CorrelationId}}}","data":"{{{Sha256(before.Data)}}}","effectiveAt":"2019-01-01T00:00:00.0000000Z","entity":{"id":"{{{before.EntityId}}}","kind":"person","version":1},"eventId":"{{{before.EventId}}}","loggedAt":"2020-07-01T00:00:00.0000000Z","personId":null,"personal":"{{{Sha256(before.PersonalSalt + before.Personal)}}}","previousHash":"0000000000000000000000000000000000000000000000000000000000000000","recordedAt":"2020-06-01T08:00:00.0000000Z","sequence":1,"streamNumber":1,"type":"PersonRegistered"}
            """).ShouldBe(before.Hash);
    }

    [Fact]
    public void Entries_are_logged_one_after_the_other_whatever_the_clock_says_and_never_where_the_log_is_closed()
    {
        var noon = new DateTimeOffset(2020, 6, 1, 12, 0, 0, TimeSpan.Zero);
        static IEnumerable<LogEntry> Two() => [new LogEntry { EventId = Guid.CreateVersion7() }, new LogEntry { EventId = Guid.CreateVersion7() }];

        var head = new LogHead().Append(Two(), noon);
        head.Batch.Select(e => e.LoggedAt).ShouldBe([noon, noon.AddTicks(1)]);
        head.ClosedUntil.ShouldBe(noon.AddTicks(1));

        // Another process, whose clock is an hour behind.
        head = head.Append(Two(), noon.AddHours(-1));
        head.Batch.Select(e => e.LoggedAt).ShouldBe([noon.AddTicks(2), noon.AddTicks(3)]);

        var closed = head.Close(noon.AddMinutes(5));
        closed.Batch.ShouldBe(head.Batch);
        closed.Close(noon).ShouldBeSameAs(closed);
        closed.Append(Two(), noon.AddMinutes(5)).Batch[0].LoggedAt.ShouldBe(noon.AddMinutes(5).AddTicks(1));
        closed.Append(Two(), noon.AddMinutes(6)).Batch[0].LoggedAt.ShouldBe(noon.AddMinutes(6));
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

    /// <summary>A person, their account with all an entry can have, a hand-over and a loss, appended in two batches on 1 July 2020.</summary>
    private static List<LogEntry> SomeEntries()
    {
        var story = new Story();
        var person = story.Person();
        var device = story.Issue(person, DateTimeOffset.UnixEpoch);
        story.Lose(device, DateTimeOffset.UnixEpoch);
        var account = new AccountChanged
        {
            Meta = new EventMeta
            {
                EventId = Guid.CreateVersion7(),
                AggregateId = Guid.CreateVersion7(),
                AggregateVersion = 3,
                StreamNumber = 4,
                EffectiveAt = new DateTimeOffset(2020, 2, 1, 0, 0, 0, TimeSpan.Zero),
                RecordedAt = new DateTimeOffset(2020, 2, 1, 0, 0, 1, TimeSpan.Zero),
                Actor = new Actor { Subject = "anna", Role = "admin", PersonId = Guid.CreateVersion7(), OnBehalfOf = Guid.CreateVersion7() },
                CausedBy = Guid.CreateVersion7(),
                CorrelationId = Guid.CreateVersion7(),
            },
            Account = new AccountState { Subject = "erika.muster", Name = "Erika Müster", PersonId = person, Kind = AccountKinds.Person },
            Change = "disabled",
        };
        IFleetEvent[] events = [story.Events[0], account, .. story.Events.Skip(1)];
        var july = new DateTimeOffset(2020, 7, 1, 0, 0, 0, TimeSpan.Zero);
        var first = new LogHead().Append(events.Take(2).Select(Entries.Of), july);
        var second = first.Append(events.Skip(2).Select(Entries.Of), july);
        second.Settled.ShouldBe(2);
        second.Batched(3).ShouldBe(second.Batch[0]);
        second.Batched(2).ShouldBeNull();
        second.Batched(5).ShouldBeNull();
        return [.. first.Batch, .. second.Batch];
    }

    private static object Another(object value) => value switch
    {
        string text => text + " ",
        long number => number + 1,
        Guid => Guid.CreateVersion7(),
        DateTimeOffset instant => instant.AddTicks(1),
        _ => throw new NotSupportedException($"Say here how to change a {value.GetType()}."),
    };

    private static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
