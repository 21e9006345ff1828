using Fleet.Platform.Store;

namespace Fleet.Tests.Store;

/// <summary>What every adapter of the document store promises. Each adapter runs all of it.</summary>
public abstract class DocumentStoreTests : IAsyncLifetime
{
    internal static readonly Field<Thing> Tag = new("tag", t => t.Tag);
    internal static readonly Field<Thing> Group = new("group", t => t.Group);
    internal static readonly Field<Thing> Rank = new("rank", t => t.Rank is { } rank ? Key.Of(rank) : null);
    internal static readonly Field<Thing> Words = Field<Thing>.Many("words", t => Key.Words([.. t.Parts.Select(p => p.Name)]));
    internal static readonly DocumentIndex<Thing> Ranks = DocumentIndex<Thing>.On(Group, Rank);
    internal static readonly DocumentType<Thing> Things = new("things", DocumentIndex<Thing>.OneEach(Tag), DocumentIndex<Thing>.On(Group), Ranks, DocumentIndex<Thing>.On(Rank), DocumentIndex<Thing>.On(Words));
    internal static readonly DocumentType<Other> Others = new("others");

    private static readonly CancellationToken None = CancellationToken.None;

    private IDocumentStore _store = null!;

    /// <summary>The store of this test.</summary>
    protected IDocumentStore Store => _store;

    public async ValueTask InitializeAsync() => _store = await OpenAsync(Things, Others);

    public async ValueTask DisposeAsync()
    {
        // Null: it could not be opened, and the test failed of that.
        if (_store is not null) await CloseAsync(_store);
        GC.SuppressFinalize(this);
    }

    protected Task<IDocumentStore> OpenAsync(params DocumentType[] types) => OpenAsync(Schema.First, types);

    /// <summary>Opens the same empty store, or a second time the one this test opened.</summary>
    protected abstract Task<IDocumentStore> OpenAsync(Schema schema, params DocumentType[] types);

    /// <summary>Makes the database like one of a build from before versions.</summary>
    protected abstract void TakeVersionAway();

    protected abstract Task CloseAsync(IDocumentStore store);

    [Fact]
    public async Task What_was_written_reads_back_exactly()
    {
        var state = new Thing
        {
            Tag = "Ä-1 \"quoted\" 😀",
            Group = "g",
            Rank = 7,
            Mood = Mood.VeryGood,
            At = new DateTimeOffset(2020, 2, 29, 23, 59, 59, TimeSpan.Zero).AddTicks(1_234_567),
            Day = new DateOnly(2020, 2, 29),
            Owner = Guid.CreateVersion7(),
            Cost = 1234.56789012345678901234m,
            Flag = true,
            Parts = [new Part("a", 1), new Part("b", null)],
            Counts = new Dictionary<string, long> { ["x.y"] = long.MaxValue, ["$z"] = 1 },
        };
        var document = Document<Thing>.New(Guid.CreateVersion7(), state);

        (await _store.WriteAsync(document, None)).IsWritten.ShouldBeTrue();
        var read = await _store.FindAsync<Thing>(document.Id, None);

        read!.Version.ShouldBe(1);
        System.Text.Json.JsonSerializer.Serialize(read.State).ShouldBe(System.Text.Json.JsonSerializer.Serialize(state));
    }

    [Fact]
    public async Task Odd_values_read_back_exactly()
    {
        var state = new Odd
        {
            Amounts = [decimal.MaxValue, decimal.MinValue, 0.0000000000000000000000000001m, 1.10m, 100.00m, 0m, 0.00m, -1.50m, 79228162514264337593543950.335m],
            Ratios = [double.MaxValue, double.Epsilon, -0.0, 0.1, 1e21, 1.0 / 3, -123456.789],
            Counts = [long.MinValue, long.MaxValue, 0, -1],
            Largest = ulong.MaxValue,
            Texts = ["", "a\0b", "\u2028\u200b", "👩‍👩‍👧‍👦", "$set", "a.b", "{\"a\":1}", "2020-01-01T00:00:00Z", new string('x', 100_000), null],
            Keys = new Dictionary<string, string?>
            {
                [""] = "empty",
                ["."] = "dot",
                ["$set"] = "operator",
                ["a.b.$c"] = "path",
                ["%2E"] = "escaped already",
                ["%"] = null,
                ["a\0b"] = "zero byte",
                ["Größe 📏"] = "",
                ["_id"] = "id",
            },
            Instants = [DateTimeOffset.MinValue, DateTimeOffset.MaxValue, new DateTimeOffset(2020, 3, 29, 0, 30, 0, TimeSpan.Zero).AddTicks(1)],
            Nested = new Odd { Counts = [1], Nested = new Odd { Texts = [null, "x"] } },
        };
        var store = await OpenAsync(new DocumentType<Odd>("odds"));
        var document = Document<Odd>.New(Guid.CreateVersion7(), state);

        (await store.WriteAsync(document, None)).IsWritten.ShouldBeTrue();
        var read = await store.FindAsync<Odd>(document.Id, None);

        System.Text.Json.JsonSerializer.Serialize(read!.State).ShouldBe(System.Text.Json.JsonSerializer.Serialize(state));
        await CloseAsync(store);
    }

    [Fact]
    public async Task Documents_are_counted_by_all_values_of_an_index_and_by_none()
    {
        (await _store.CountAsync(Ranks, None)).ShouldBeEmpty();
        foreach (var thing in (Thing[])[new() { Group = "a", Rank = 1 }, new() { Group = "a", Rank = 1 }, new() { Group = "a", Rank = 2 }, new() { Group = "a" }, new() { Rank = 1 }, new(), new()])
            await WriteNewAsync(thing);

        (await CountedAsync()).ShouldBe([" : 2", $" {Key.Of(1)}: 1", "a : 1", $"a {Key.Of(1)}: 2", $"a {Key.Of(2)}: 1"], ignoreOrder: true);
    }

    [Fact]
    public async Task What_is_changed_or_deleted_is_counted_as_it_is_now()
    {
        var changed = await WriteNewAsync(new Thing { Group = "a" });
        var deleted = await WriteNewAsync(new Thing { Group = "b" });
        await WriteNewAsync(new Thing());
        var told = Document<Thing>.New(Guid.CreateVersion7(), new Thing { Group = "c" });
        (await _store.WriteAsync(told, [Event()], None)).IsWritten.ShouldBeTrue();

        await _store.WriteAsync(changed.With(changed.State with { Group = "d" }), None);
        await _store.DeleteAsync(deleted, None);
        // What it caused is not published yet and outlives it.
        await _store.DeleteAsync(told with { Version = 1 }, None);

        (await CountedAsync()).ShouldBe([" : 1", "d : 1"], ignoreOrder: true);
    }

    [Fact]
    public async Task An_index_that_does_not_hold_each_document_once_counts_nothing()
    {
        foreach (var index in Things.Indexes.Where(i => i.Unique || i.Fields[0].IsMany).Append(DocumentIndex<Thing>.On(Rank, Group)))
            await Should.ThrowAsync<ArgumentException>(() => _store.CountAsync(index, None));
    }

    private async Task<IEnumerable<string>> CountedAsync() =>
        (await _store.CountAsync(Ranks, None)).Select(t => $"{string.Join(' ', t.Values)}: {t.Documents}");

    [Fact]
    public async Task A_document_that_does_not_exist_is_null() => (await _store.FindAsync<Thing>(Guid.CreateVersion7(), None)).ShouldBeNull();

    [Fact]
    public async Task A_write_over_an_old_version_stores_nothing_and_publishes_nothing()
    {
        var first = await WriteNewAsync(new Thing { Group = "a" });
        (await _store.WriteAsync(first.With(first.State with { Group = "b" }), None)).IsWritten.ShouldBeTrue();

        var late = await _store.WriteAsync(first.With(first.State with { Group = "c" }), [Event()], new Origin("late", "h"), None);

        late.Outcome.ShouldBe(WriteOutcome.VersionConflict);
        (await _store.FindAsync<Thing>(first.Id, None))!.ShouldSatisfyAllConditions(d => d.Version.ShouldBe(2), d => d.State.Group.ShouldBe("b"));
        (await _store.ReadPendingAsync(10, None)).ShouldBeEmpty();
        (await _store.FindOriginAsync<Thing>("late", None)).ShouldBeNull();
    }

    [Fact]
    public async Task A_new_document_under_an_existing_id_is_a_version_conflict()
    {
        var first = await WriteNewAsync(new Thing());
        (await _store.WriteAsync(first with { Version = 0 }, None)).Outcome.ShouldBe(WriteOutcome.VersionConflict);
    }

    [Fact]
    public async Task Of_many_writes_over_the_same_version_one_wins()
    {
        var first = await WriteNewAsync(new Thing());
        var results = await Task.WhenAll(Enumerable.Range(0, 32).Select(i => Task.Run(() => _store.WriteAsync(first.With(first.State with { Rank = i }), [Event()], None))));
        results.Count(r => r.IsWritten).ShouldBe(1);
        (await _store.ReadPendingAsync(100, None)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_unique_index_refuses_the_second_and_says_which_index()
    {
        await WriteNewAsync(new Thing { Tag = "T-1" });
        var second = await _store.WriteAsync(Document<Thing>.New(Guid.CreateVersion7(), new Thing { Tag = "T-1" }), [Event()], None);
        second.ShouldBe(new WriteResult(WriteOutcome.DuplicateKey, "tag"));
        (await _store.ReadPendingAsync(10, None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_unique_index_also_guards_changes()
    {
        await WriteNewAsync(new Thing { Tag = "T-1" });
        var other = await WriteNewAsync(new Thing { Tag = "T-2" });
        (await _store.WriteAsync(other.With(other.State with { Tag = "T-1" }), None)).Outcome.ShouldBe(WriteOutcome.DuplicateKey);
    }

    [Fact]
    public async Task Documents_without_a_value_are_not_in_a_unique_index()
    {
        await WriteNewAsync(new Thing { Tag = null });
        await WriteNewAsync(new Thing { Tag = null });
        var freed = await WriteNewAsync(new Thing { Tag = "T-9" });
        (await _store.WriteAsync(freed.With(freed.State with { Tag = null }), None)).IsWritten.ShouldBeTrue();
        await WriteNewAsync(new Thing { Tag = "T-9" });
    }

    [Fact]
    public async Task Of_many_new_documents_with_the_same_key_one_wins()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ =>
            Task.Run(() => _store.WriteAsync(Document<Thing>.New(Guid.CreateVersion7(), new Thing { Tag = "one" }), None))));
        results.Count(r => r.IsWritten).ShouldBe(1);
    }

    [Fact]
    public async Task Events_are_pending_until_cleared_in_the_order_they_were_caused()
    {
        var document = await WriteNewAsync(new Thing());
        var events = Enumerable.Range(0, 5).Select(_ => Event()).ToList();
        await _store.WriteAsync(document, events[..3], None);
        await _store.WriteAsync(document with { Version = 2 }, events[3..], None);

        var pending = await _store.ReadPendingAsync(10, None);

        pending.Select(p => p.EventId).ShouldBe(events.Select(e => e.EventId));
        pending.ShouldAllBe(p => p.DocumentId == document.Id && p.DocumentType == "things" && p.MessageType == typeof(Happened).FullName);
        pending[0].Body.ShouldBe("""{"what":"it"}""");

        await _store.ClearPendingAsync([pending[0], pending[1]], None);
        await _store.ClearPendingAsync([pending[0]], None);
        (await _store.ReadPendingAsync(10, None)).Select(p => p.EventId).ShouldBe(events[2..].Select(e => e.EventId));
    }

    [Fact]
    public async Task A_document_says_when_its_last_event_was_recorded()
    {
        var document = await WriteNewAsync(new Thing { Tag = "told" });
        (await ReadAsync()).ToldAt.ShouldBeNull();
        PendingEvent first = Event(), last = first with { EventId = Guid.CreateVersion7(), RecordedAt = first.RecordedAt.AddTicks(1) };

        await _store.WriteAsync(document, [first, last], None);
        (await ReadAsync()).ToldAt.ShouldBe(last.RecordedAt);
        await _store.WriteAsync(await ReadAsync(), None);

        (await ReadAsync()).ToldAt.ShouldBe(last.RecordedAt);
        (await _store.FindManyAsync<Thing>([document.Id], None)).ShouldHaveSingleItem().ToldAt.ShouldBe(last.RecordedAt);
        (await _store.QueryAsync(new Query<Thing> { Where = [Tag.Is("told")] }, None)).Items.ShouldHaveSingleItem().ToldAt.ShouldBe(last.RecordedAt);

        async Task<Document<Thing>> ReadAsync() => (await _store.FindAsync<Thing>(document.Id, None))!;
    }

    [Fact]
    public async Task Clearing_events_does_not_change_the_version()
    {
        var document = await WriteNewAsync(new Thing());
        await _store.WriteAsync(document, [Event()], None);
        await _store.ClearPendingAsync(await _store.ReadPendingAsync(10, None), None);
        (await _store.WriteAsync(document with { Version = 2 }, None)).IsWritten.ShouldBeTrue();
    }

    [Fact]
    public async Task An_event_added_while_others_are_cleared_stays()
    {
        var document = await WriteNewAsync(new Thing());
        await _store.WriteAsync(document, [Event()], None);
        var read = await _store.ReadPendingAsync(10, None);
        var later = Event();
        await _store.WriteAsync(document with { Version = 2 }, [later], None);
        await _store.ClearPendingAsync(read, None);
        (await _store.ReadPendingAsync(10, None)).ShouldHaveSingleItem().EventId.ShouldBe(later.EventId);
    }

    [Fact]
    public async Task Pending_events_of_all_types_come_oldest_first_and_not_more_than_asked()
    {
        var events = Enumerable.Range(0, 6).Select(_ => Event()).ToList();
        var thing = await WriteNewAsync(new Thing());
        await _store.WriteAsync(thing, events[..2], None);
        await _store.WriteAsync(Document<Other>.New(Guid.CreateVersion7(), new Other("o")), [events[2]], None);
        await _store.WriteAsync(thing with { Version = 2 }, [events[3]], None);
        await _store.WriteAsync(Document<Thing>.New(Guid.CreateVersion7(), new Thing()), events[4..], None);

        (await _store.ReadPendingAsync(100, None)).Select(p => p.EventId).ShouldBe(events.Select(e => e.EventId));
        var first = await _store.ReadPendingAsync(4, None);
        first.Select(p => p.EventId).ShouldBe(events[..4].Select(e => e.EventId));
        await _store.ClearPendingAsync(first, None);
        (await _store.ReadPendingAsync(100, None)).Select(p => p.EventId).ShouldBe(events[4..].Select(e => e.EventId));
    }

    [Fact]
    public async Task Writes_and_clearing_at_the_same_time_lose_no_event()
    {
        var document = await WriteNewAsync(new Thing());
        var sent = new List<Guid>();
        var writing = Task.Run(async () =>
        {
            for (var version = 1; version <= 50; version++)
            {
                var caused = Event();
                sent.Add(caused.EventId);
                (await _store.WriteAsync(document with { Version = version }, [caused], new Origin($"key {version}", "hash", 200, "{}"), None)).IsWritten.ShouldBeTrue();
            }
        });
        var seen = new List<Guid>();
        do
        {
            var pending = await _store.ReadPendingAsync(7, None);
            seen.AddRange(pending.Select(p => p.EventId));
            if (pending.Count > 0) await _store.ClearPendingAsync(pending, None);
            else await Task.Yield();
        }
        while (!writing.IsCompleted || (await _store.ReadPendingAsync(1, None)).Count > 0);

        await writing;
        seen.ShouldBe(sent);
        for (var version = 1; version <= 50; version++) (await _store.FindOriginAsync<Thing>($"key {version}", None)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Pending_events_survive_the_process()
    {
        await _store.WriteAsync(Document<Thing>.New(Guid.CreateVersion7(), new Thing()), [Event(), Event()], None);
        var again = await OpenAsync(Things, Others);
        (await again.ReadPendingAsync(10, None)).Count.ShouldBe(2);
        await CloseAsync(again);
    }

    [Fact]
    public async Task A_write_with_events_wakes_who_waits_for_them()
    {
        var waiting = _store.WaitForPendingAsync(None);
        waiting.IsCompleted.ShouldBeFalse();
        await _store.WriteAsync(Document<Thing>.New(Guid.CreateVersion7(), new Thing()), [Event()], None);
        await waiting.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task An_origin_is_found_with_its_answer_and_document()
    {
        var origin = new Origin("key", "hash", 201, """{"id":1}""", "/things/1", "\"1\"");
        var document = Document<Thing>.New(Guid.CreateVersion7(), new Thing());
        await _store.WriteAsync(document, [], origin, None);
        (await _store.FindOriginAsync<Thing>("key", None)).ShouldBe((origin, document.Id));
        (await _store.FindOriginAsync<Other>("key", None)).ShouldBeNull();
    }

    [Fact]
    public async Task A_second_document_of_the_same_origin_is_refused_whole()
    {
        await _store.WriteAsync(Document<Thing>.New(Guid.CreateVersion7(), new Thing()), [], new Origin("key", "hash", 201, "{}"), None);
        var second = Document<Thing>.New(Guid.CreateVersion7(), new Thing());
        await Should.ThrowAsync<DuplicateOriginException>(() => _store.WriteAsync(second, [Event()], new Origin("key", "hash", 201, "{}"), None));
        (await _store.FindAsync<Thing>(second.Id, None)).ShouldBeNull();
        (await _store.ReadPendingAsync(10, None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_intents_origin_is_finished_by_a_later_write_of_the_same_document_only()
    {
        var document = Document<Thing>.New(Guid.CreateVersion7(), new Thing());
        await _store.WriteAsync(document, [], new Origin("key", "hash"), None);
        var stranger = Document<Thing>.New(Guid.CreateVersion7(), new Thing());
        await Should.ThrowAsync<DuplicateOriginException>(() => _store.WriteAsync(stranger, [], new Origin("key", "hash", 201, "{}"), None));

        await _store.WriteAsync(document with { Version = 1 }, [], new Origin("key", "hash", 201, """{"done":true}"""), None);

        (await _store.FindOriginAsync<Thing>("key", None))!.Value.Origin.Answer.ShouldBe("""{"done":true}""");
    }

    [Fact]
    public async Task One_document_answers_many_requests_but_each_only_once()
    {
        var document = await WriteNewAsync(new Thing());
        (await _store.WriteAsync(document, [], new Origin("one", "hash", 200, "1"), None)).IsWritten.ShouldBeTrue();
        (await _store.WriteAsync(document with { Version = 2 }, [], new Origin("two", "hash", 200, "2"), None)).IsWritten.ShouldBeTrue();

        await Should.ThrowAsync<DuplicateOriginException>(() => _store.WriteAsync(document with { Version = 3 }, [Event()], new Origin("one", "hash", 200, "3"), None));

        (await _store.FindAsync<Thing>(document.Id, None))!.Version.ShouldBe(3);
        (await _store.ReadPendingAsync(10, None)).ShouldBeEmpty();
        (await _store.FindOriginAsync<Thing>("one", None))!.Value.Origin.Answer.ShouldBe("1");
        (await _store.FindOriginAsync<Thing>("two", None))!.Value.Origin.Answer.ShouldBe("2");
    }

    [Fact]
    public async Task An_intents_origin_is_not_finished_by_another_body_or_over_an_old_version()
    {
        var document = Document<Thing>.New(Guid.CreateVersion7(), new Thing());
        await _store.WriteAsync(document, [], new Origin("key", "hash"), None);

        await Should.ThrowAsync<DuplicateOriginException>(() => _store.WriteAsync(document with { Version = 1 }, [], new Origin("key", "other", 201, "{}"), None));
        (await _store.WriteAsync(document with { Version = 7 }, [], new Origin("key", "hash", 201, "{}"), None)).Outcome.ShouldBe(WriteOutcome.VersionConflict);

        (await _store.FindOriginAsync<Thing>("key", None))!.Value.Origin.StatusCode.ShouldBe(0);
    }

    [Fact]
    public async Task Of_two_reasons_against_a_write_the_origin_goes_first()
    {
        var first = Document<Thing>.New(Guid.CreateVersion7(), new Thing { Tag = "T-1" });
        var origin = new Origin("key", "hash", 201, "{}");
        await _store.WriteAsync(first, [], origin, None);

        // The same request a second time, a moment later: it is to get the first one's answer, not a refusal because of the first one.
        await Should.ThrowAsync<DuplicateOriginException>(() => _store.WriteAsync(Document<Thing>.New(Guid.CreateVersion7(), new Thing { Tag = "T-1" }), [], origin, None));
        await Should.ThrowAsync<DuplicateOriginException>(() => _store.WriteAsync(first, [], origin, None));
        await Should.ThrowAsync<DuplicateOriginException>(() => _store.WriteAsync(first with { Version = 9 }, [], origin, None));
    }

    [Fact]
    public async Task Of_many_writes_for_the_same_origin_one_wins()
    {
        var written = 0;
        await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(async () =>
        {
            try
            {
                var result = await _store.WriteAsync(Document<Thing>.New(Guid.CreateVersion7(), new Thing()), [Event()], new Origin("key", "hash", 201, "{}"), None);
                if (result.IsWritten) Interlocked.Increment(ref written);
            }
            catch (DuplicateOriginException)
            {
                // Thirty-one of them.
            }
        })));
        written.ShouldBe(1);
        (await _store.ReadPendingAsync(100, None)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_list_is_read_page_by_page_in_order_without_gaps_or_repeats()
    {
        for (var i = 0; i < 25; i++) await WriteNewAsync(new Thing { Group = i % 2 == 0 ? "even" : "odd", Rank = i / 4 });

        foreach (var descending in new[] { false, true })
        {
            var query = new Query<Thing> { Where = [Group.Is("even")], OrderBy = Rank, Descending = descending, Limit = 4 };
            var all = new List<Document<Thing>>();
            do
            {
                var page = await _store.QueryAsync(query, None);
                page.Items.Count.ShouldBeLessThanOrEqualTo(4);
                all.AddRange(page.Items);
                // What a client sends back is text.
                Cursor.TryParse(page.Next?.ToString(), out var next).ShouldBe(page.Next is not null);
                query = query with { After = next };
            }
            while (query.After is not null);

            all.Count.ShouldBe(13);
            var expected = all.OrderBy(d => d.State.Rank).ThenBy(d => d.Id, StringComparer.Ordinal).Select(d => d.Id);
            all.Select(d => d.Id).ShouldBe(descending ? expected.Reverse() : expected);
        }
    }

    [Fact]
    public async Task A_list_sorted_by_a_unique_field_leaves_out_who_has_none()
    {
        foreach (var tag in new[] { "c", null, "a", "d", null, "b" }) await WriteNewAsync(new Thing { Tag = tag });

        var up = await _store.AllAsync(new Query<Thing> { OrderBy = Tag, Limit = 2 }, None).Select(d => d.State.Tag).ToListAsync();
        var down = await _store.AllAsync(new Query<Thing> { OrderBy = Tag, Limit = 3, Descending = true }, None).Select(d => d.State.Tag).ToListAsync();

        up.ShouldBe(["a", "b", "c", "d"]);
        down.ShouldBe(["d", "c", "b", "a"]);
    }

    [Fact]
    public async Task Without_an_order_a_list_is_sorted_by_id()
    {
        var written = new List<string>();
        for (var i = 0; i < 5; i++) written.Add((await WriteNewAsync(new Thing())).Id);
        var first = await _store.QueryAsync(new Query<Thing> { Limit = 3 }, None);
        var second = await _store.QueryAsync(new Query<Thing> { Limit = 3, After = first.Next }, None);
        first.Items.Concat(second.Items).Select(d => d.Id).ShouldBe(written.Order(StringComparer.Ordinal));
        second.Next.ShouldBeNull();
    }

    [Fact]
    public async Task Conditions_narrow_by_equality_by_choice_and_by_range()
    {
        for (var i = 0; i < 10; i++) await WriteNewAsync(new Thing { Group = $"g{i % 3}", Rank = i });

        async Task<IEnumerable<long?>> RanksAsync(params Condition<Thing>[] where) =>
            (await _store.QueryAsync(new Query<Thing> { Where = where, OrderBy = Rank }, None)).Items.Select(d => d.State.Rank);

        (await RanksAsync(Group.Is("g1"))).ShouldBe([1, 4, 7]);
        (await RanksAsync(Group.IsOneOf("g1", "g2"))).ShouldBe([1, 2, 4, 5, 7, 8]);
        (await RanksAsync(Group.Is("g0"), Rank.AtLeast(Key.Of(3)), Rank.AtMost(Key.Of(6)))).ShouldBe([3, 6]);
        (await RanksAsync(Group.Is("' OR 1=1 --"))).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_query_that_no_index_serves_is_refused()
    {
        var undeclared = new Field<Thing>("day", t => Key.Of(t.Day));
        await Should.ThrowAsync<ArgumentException>(() => _store.QueryAsync(new Query<Thing> { Where = [undeclared.Is("2020-01-01")] }, None));
    }

    [Fact]
    public async Task Documents_are_found_by_the_beginning_of_any_of_their_words()
    {
        var schmidt = await WriteNewAsync(Named("Hans Müller-Schmidt"));
        var muller = await WriteNewAsync(Named("Eva MULLER"));
        await WriteNewAsync(Named("Meier"));

        foreach (var typed in new[] { "mueller", "Muller", "müll", "MUE" }) (await FoundAsync(typed)).ShouldBe([schmidt.Id, muller.Id], ignoreOrder: true);
        (await FoundAsync("schm")).ShouldBe([schmidt.Id]);
        (await FoundAsync("hmidt")).ShouldBeEmpty();
        (await FoundAsync("mue han")).ShouldBe([schmidt.Id]);
        (await FoundAsync("eva hans")).ShouldBeEmpty();
        (await IdsAsync(Words.Is("muller"))).ShouldBe([schmidt.Id, muller.Id], ignoreOrder: true);
        (await IdsAsync(Words.Is("mull"))).ShouldBeEmpty();
        (await IdsAsync(Words.IsOneOf("eva", "hans"))).ShouldBe([schmidt.Id, muller.Id], ignoreOrder: true);
        (await IdsAsync(Words.StartsWith("%"), Words.StartsWith("_"))).ShouldBeEmpty();

        async Task<IEnumerable<string>> FoundAsync(string typed) => await IdsAsync([.. Key.Prefixes(typed).Select(Words.StartsWith)]);
    }

    [Fact]
    public async Task Words_follow_every_change_of_their_document()
    {
        var document = await WriteNewAsync(Named("anna alt"));
        await _store.WriteAsync(document.With(Named("anna neu")), None);
        (await IdsAsync(Words.StartsWith("alt"))).ShouldBeEmpty();
        (await IdsAsync(Words.StartsWith("neu"), Words.StartsWith("anna"))).ShouldBe([document.Id]);

        (await _store.WriteAsync(document.With(Named("late")), None)).Outcome.ShouldBe(WriteOutcome.VersionConflict);
        (await IdsAsync(Words.StartsWith("late"))).ShouldBeEmpty();

        await _store.DeleteAsync(document with { Version = 2 }, None);
        (await IdsAsync(Words.StartsWith("anna"))).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_search_goes_with_other_conditions_sorting_and_pages()
    {
        for (var i = 0; i < 20; i++) await WriteNewAsync(Named($"common n{i}") with { Group = $"g{i % 2}", Rank = 19 - i });
        for (var i = 0; i < 5; i++) await WriteNewAsync(Named("rare") with { Group = "g0", Rank = i });
        var query = new Query<Thing> { Where = [Group.Is("g0"), Words.StartsWith("comm"), Words.StartsWith("n")], OrderBy = Rank, Limit = 3 };

        (await _store.AllAsync(query, None).Select(d => d.State.Rank).ToListAsync()).ShouldBe([1, 3, 5, 7, 9, 11, 13, 15, 17, 19]);
        (await _store.AllAsync(query with { Descending = true }, None).Select(d => d.State.Rank).ToListAsync()).ShouldBe([19, 17, 15, 13, 11, 9, 7, 5, 3, 1]);
        (await _store.AllAsync(query with { OrderBy = null }, None).CountAsync()).ShouldBe(10);
    }

    [Fact]
    public async Task Fields_of_one_value_are_found_by_prefix_by_presence_and_by_absence()
    {
        foreach (var group in new[] { "ab", "abc", "b", null }) await WriteNewAsync(new Thing { Group = group });
        (await GroupsAsync(Group.StartsWith("ab"))).ShouldBe(["ab", "abc"], ignoreOrder: true);
        (await GroupsAsync(Group.IsPresent())).ShouldBe(["ab", "abc", "b"], ignoreOrder: true);
        (await GroupsAsync(Group.IsAbsent())).ShouldBe([null]);

        async Task<IEnumerable<string?>> GroupsAsync(Condition<Thing> where) =>
            (await _store.QueryAsync(new Query<Thing> { Where = [where] }, None)).Items.Select(d => d.State.Group);
    }

    [Fact]
    public async Task What_no_index_can_serve_is_refused_with_the_reason()
    {
        async Task<string> RefusedAsync(Query<Thing> query) => (await Should.ThrowAsync<ArgumentException>(() => _store.QueryAsync(query, None))).Message;

        (await RefusedAsync(new Query<Thing> { OrderBy = Words })).ShouldContain("several values");
        (await RefusedAsync(new Query<Thing> { Where = [Words.AtLeast("a")] })).ShouldContain("several values");
        (await RefusedAsync(new Query<Thing> { Where = [Tag.IsAbsent()] })).ShouldContain("no index");
        Things.CanServe([Tag.IsAbsent()], null).ShouldBeFalse();
        Things.CanServe([Tag.IsAbsent(), Group.Is("")], Rank).ShouldBeTrue();
        Should.Throw<ArgumentException>(() => new DocumentType<Thing>("things", DocumentIndex<Thing>.On(Words, Rank)));
        Should.Throw<ArgumentException>(() => new DocumentType<Thing>("things", DocumentIndex<Thing>.OneEach(Words)));
    }

    [Fact]
    public async Task Many_documents_are_found_by_id_and_unknown_ones_left_out()
    {
        var one = await WriteNewAsync(new Thing());
        var two = await WriteNewAsync(new Thing());
        var found = await _store.FindManyAsync<Thing>([one.Id, two.Id, Guid.CreateVersion7().ToString()], None);
        found.Select(d => d.Id).ShouldBe([one.Id, two.Id], ignoreOrder: true);
    }

    [Fact]
    public async Task A_document_is_deleted_only_at_the_version_that_was_read()
    {
        var document = await WriteNewAsync(new Thing { Tag = "gone" });
        (await _store.DeleteAsync(document with { Version = 7 }, None)).Outcome.ShouldBe(WriteOutcome.VersionConflict);
        (await _store.DeleteAsync(document, None)).IsWritten.ShouldBeTrue();
        (await _store.FindAsync<Thing>(document.Id, None)).ShouldBeNull();
        await WriteNewAsync(new Thing { Tag = "gone" });
    }

    [Fact]
    public async Task What_a_deleted_document_caused_outlives_it()
    {
        var document = Document<Thing>.New(Guid.CreateVersion7(), new Thing { Tag = "gone", Group = "g" });
        var caused = Event();
        await _store.WriteAsync(document, [caused], new Origin("key", "hash", 201, "{}"), None);

        (await _store.DeleteAsync(document with { Version = 1 }, None)).IsWritten.ShouldBeTrue();

        (await _store.FindAsync<Thing>(document.Id, None)).ShouldBeNull();
        (await _store.FindManyAsync<Thing>([document.Id], None)).ShouldBeEmpty();
        (await _store.QueryAsync(new Query<Thing>(), None)).Items.ShouldBeEmpty();
        (await _store.QueryAsync(new Query<Thing> { Where = [Group.Is("g")] }, None)).Items.ShouldBeEmpty();
        (await _store.DeleteAsync(document with { Version = 1 }, None)).Outcome.ShouldBe(WriteOutcome.VersionConflict);
        (await _store.ReadPendingAsync(10, None)).ShouldHaveSingleItem().EventId.ShouldBe(caused.EventId);
        (await _store.FindOriginAsync<Thing>("key", None)).ShouldNotBeNull();

        (await _store.WriteAsync(document, None)).IsWritten.ShouldBeTrue();
        (await _store.FindAsync<Thing>(document.Id, None))!.Version.ShouldBe(1);
        (await _store.WriteAsync(document, None)).Outcome.ShouldBe(WriteOutcome.VersionConflict);
        (await _store.ReadPendingAsync(10, None)).ShouldHaveSingleItem().EventId.ShouldBe(caused.EventId);
    }

    [Fact]
    public async Task Types_do_not_see_each_others_documents()
    {
        var thing = await WriteNewAsync(new Thing());
        (await _store.FindAsync<Other>(thing.Id, None)).ShouldBeNull();
        (await _store.WriteAsync(new Document<Other>(thing.Id, 0, new Other("o")), None)).IsWritten.ShouldBeTrue();
    }

    [Fact]
    public async Task A_store_opened_twice_sees_the_same_documents_and_keeps_versions_apart()
    {
        var second = await OpenAsync(Things, Others);
        var document = await WriteNewAsync(new Thing { Group = "a" });
        (await second.WriteAsync(document.With(document.State with { Group = "b" }), None)).IsWritten.ShouldBeTrue();
        (await _store.WriteAsync(document.With(document.State with { Group = "c" }), None)).Outcome.ShouldBe(WriteOutcome.VersionConflict);
        (await _store.FindAsync<Thing>(document.Id, None))!.State.Group.ShouldBe("b");
        await CloseAsync(second);
    }

    [Fact]
    public async Task A_field_declared_later_finds_documents_written_before()
    {
        await WriteNewAsync(new Thing { Group = "g", Day = new DateOnly(2020, 5, 8) });
        var day = new Field<Thing>("day", t => Key.Of(t.Day));
        var again = await OpenAsync(new DocumentType<Thing>("things", DocumentIndex<Thing>.OneEach(Tag), DocumentIndex<Thing>.On(day)), Others);
        (await again.QueryAsync(new Query<Thing> { Where = [day.Is("2020-05-08")] }, None)).Items.ShouldHaveSingleItem();
        await CloseAsync(again);
    }

    [Fact]
    public async Task An_older_build_reads_what_a_newer_one_wrote()
    {
        var newer = await OpenAsync(new DocumentType<NewerOther>("others"));
        var id = Guid.CreateVersion7();
        await newer.WriteAsync(Document<NewerOther>.New(id, new NewerOther("n", 5)), None);
        (await _store.FindAsync<Other>(id, None))!.State.Name.ShouldBe("n");
        await CloseAsync(newer);
    }

    [Fact]
    public async Task Words_declared_later_find_documents_written_before_and_words_no_longer_declared_are_not_trusted_again()
    {
        var without = new DocumentType<Thing>("things", DocumentIndex<Thing>.OneEach(Tag));
        var document = await WriteNewAsync(Named("early"));
        var older = await OpenAsync(without, Others);
        await older.WriteAsync(document.With(Named("later")), None);
        await CloseAsync(older);

        var again = await OpenAsync(Things, Others);

        (await again.QueryAsync(new Query<Thing> { Where = [Words.StartsWith("later")] }, None)).Items.ShouldHaveSingleItem();
        (await again.QueryAsync(new Query<Thing> { Where = [Words.StartsWith("early")] }, None)).Items.ShouldBeEmpty();
        await CloseAsync(again);
    }

    [Fact]
    public async Task Origins_are_forgotten_by_age()
    {
        var document = Document<Thing>.New(Guid.CreateVersion7(), new Thing());
        await _store.WriteAsync(document, [], new Origin("key", "hash", 201, "{}"), None);

        (await _store.ForgetOriginsAsync(TimeProvider.System.GetUtcNow().AddDays(-1), None)).ShouldBe(0);
        (await _store.FindOriginAsync<Thing>("key", None)).ShouldNotBeNull();

        (await _store.ForgetOriginsAsync(TimeProvider.System.GetUtcNow().AddDays(1), None)).ShouldBe(1);
        (await _store.FindOriginAsync<Thing>("key", None)).ShouldBeNull();
        (await _store.FindAsync<Thing>(document.Id, None)).ShouldNotBeNull();
        await _store.WriteAsync(Document<Thing>.New(Guid.CreateVersion7(), new Thing()), [], new Origin("key", "other", 201, "{}"), None);
    }

    [Fact]
    public async Task More_origins_than_go_into_one_batch_are_forgotten()
    {
        foreach (var some in Enumerable.Range(0, 1100).Chunk(100))
        {
            await Task.WhenAll(some.Select(i =>
                _store.WriteAsync(Document<Other>.New(Guid.CreateVersion7(), new Other("o")), [], new Origin($"key {i}", "hash", 201, "{}"), None)));
        }

        (await _store.ForgetOriginsAsync(TimeProvider.System.GetUtcNow().AddDays(1), None)).ShouldBe(1100);
        (await _store.FindOriginAsync<Other>("key 1099", None)).ShouldBeNull();
    }

    [Fact]
    public async Task A_store_that_is_well_can_be_checked_again_and_again()
    {
        for (var i = 0; i < 3; i++) await _store.CheckAsync(None);
    }

    [Fact]
    public async Task A_unique_index_that_is_declared_no_more_refuses_nothing()
    {
        await WriteNewAsync(new Thing { Tag = "T-1" });
        var later = await OpenAsync(new DocumentType<Thing>("things", DocumentIndex<Thing>.On(Group)), Others);
        (await later.WriteAsync(Document<Thing>.New(Guid.CreateVersion7(), new Thing { Tag = "T-1" }), None)).IsWritten.ShouldBeTrue();
        await CloseAsync(later);
    }

    [Fact]
    public async Task A_field_whose_index_is_unique_no_more_takes_the_same_value_twice_and_the_other_way_round()
    {
        await WriteNewAsync(new Thing { Tag = "T-1", Group = "g" });
        var later = await OpenAsync(new DocumentType<Thing>("things", DocumentIndex<Thing>.On(Tag), DocumentIndex<Thing>.OneEach(Group)), Others);
        (await later.WriteAsync(Document<Thing>.New(Guid.CreateVersion7(), new Thing { Tag = "T-1" }), None)).IsWritten.ShouldBeTrue();
        (await later.WriteAsync(Document<Thing>.New(Guid.CreateVersion7(), new Thing { Group = "g" }), None)).ShouldBe(new WriteResult(WriteOutcome.DuplicateKey, "group"));
        await CloseAsync(later);
    }

    [Fact]
    public async Task Documents_that_a_new_unique_index_forbids_stop_the_start()
    {
        for (var i = 0; i < 2; i++) await WriteNewAsync(new Thing { Group = "g" });
        var unique = new DocumentType<Thing>("things", DocumentIndex<Thing>.OneEach(Group));
        (await Should.ThrowAsync<StartRefusedException>(() => OpenAsync(unique))).Message.ShouldContain("things");
    }

    [Fact]
    public async Task What_the_version_before_wrote_is_migrated()
    {
        var ids = await WriteVersion1Async(3);
        var sent = Event();
        var first = await OpenAsync(Version1, PersonsOfVersion1);
        await first.WriteAsync(new Document<PersonOfVersion1>(ids[0], 1, new PersonOfVersion1("Ada Lovelace 0")), [sent], new Origin("key", "hash", 200, "{}"), None);
        await CloseAsync(first);

        var second = await OpenAsync(Version2, PersonsOfVersion2);

        var ada = (await second.FindAsync<PersonOfVersion2>(ids[0], None))!;
        ada.ShouldBe(new Document<PersonOfVersion2>(ids[0], 2, new PersonOfVersion2("Ada", "Lovelace 0"), 1, sent.RecordedAt));
        (await second.QueryAsync(new Query<PersonOfVersion2> { Where = [Family.Is("Lovelace 2")] }, None)).Items.ShouldHaveSingleItem().Id.ShouldBe(ids[2]);
        (await second.ReadPendingAsync(10, None)).ShouldHaveSingleItem().EventId.ShouldBe(sent.EventId);
        (await second.FindOriginAsync<PersonOfVersion2>("key", None)).ShouldNotBeNull();
        (await second.WriteAsync(ada.With(ada.State with { Given = "Augusta" }), None)).IsWritten.ShouldBeTrue();
        await CloseAsync(second);

        var again = await OpenAsync(Version2, PersonsOfVersion2);
        (await again.FindAsync<PersonOfVersion2>(ids[0], None))!.State.Given.ShouldBe("Augusta");
        await CloseAsync(again);
    }

    [Fact]
    public async Task Several_versions_are_migrated_at_once_and_one_in_between_too()
    {
        var third = new Schema(3, [.. Version2.Migrations, new Migration(2, "persons", p =>
        {
            p["given"] = $"{p["given"]}!";
            return p;
        })]);
        var ids = await WriteVersion1Async(2);
        var store = await OpenAsync(third, PersonsOfVersion2);
        (await store.FindAsync<PersonOfVersion2>(ids[0], None))!.State.Given.ShouldBe("Ada!");
        await CloseAsync(store);
    }

    [Fact]
    public async Task A_migration_that_was_killed_goes_on_where_it_stopped()
    {
        var ids = await WriteVersion1Async(1200);
        var seen = 0;
        var killed = new Schema(2, new Migration(1, "persons", p => ++seen > 700 ? throw new OperationCanceledException("killed") : Version2.Migrations[0].Change(p)));
        await Should.ThrowAsync<OperationCanceledException>(() => OpenAsync(killed, PersonsOfVersion2));

        var store = await OpenAsync(Version2, PersonsOfVersion2);

        // The migration breaks on what it has changed already: each state went through it once.
        for (var i = 0; i < ids.Count; i += 100) (await store.FindAsync<PersonOfVersion2>(ids[i], None))!.State.ShouldBe(new PersonOfVersion2("Ada", $"Lovelace {i}"));
        (await store.AllAsync(new Query<PersonOfVersion2> { OrderBy = Family, Limit = 1000 }, None).CountAsync()).ShouldBe(1200);
        await CloseAsync(store);
    }

    [Fact]
    public async Task Several_processes_that_start_at_once_migrate_once()
    {
        var ids = await WriteVersion1Async(600);
        var stores = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => OpenAsync(Version2, PersonsOfVersion2))));
        foreach (var store in stores) (await store.FindAsync<PersonOfVersion2>(ids[599], None))!.State.ShouldBe(new PersonOfVersion2("Ada", "Lovelace 599"));
        foreach (var store in stores) await CloseAsync(store);
    }

    [Fact]
    public async Task A_database_of_a_newer_build_is_refused_with_a_sentence()
    {
        await CloseAsync(await OpenAsync(Version2, PersonsOfVersion2));
        (await Should.ThrowAsync<StartRefusedException>(() => OpenAsync(Version1, PersonsOfVersion1))).Message
            .ShouldContain("has version 2 of the schema and this build knows only 1: start the newer build");
    }

    [Fact]
    public async Task A_database_that_is_too_old_to_migrate_is_refused_with_a_sentence()
    {
        var ids = await WriteVersion1Async(1);
        var far = new Schema(3, new Migration(2, "persons", p => p));
        (await Should.ThrowAsync<StartRefusedException>(() => OpenAsync(far, PersonsOfVersion2))).Message.ShouldContain("has version 1 of the schema and this build migrates from 2 on only");
        var still = await OpenAsync(Version1, PersonsOfVersion1);
        (await still.FindAsync<PersonOfVersion1>(ids[0], None)).ShouldNotBeNull();
        await CloseAsync(still);
    }

    [Fact]
    public async Task A_database_from_before_versions_is_refused_with_a_sentence()
    {
        await WriteNewAsync(new Thing());
        TakeVersionAway();
        (await Should.ThrowAsync<StartRefusedException>(() => OpenAsync(Things, Others))).Message.ShouldContain("from before databases carried their schema's version");
    }

    [Fact]
    public void Migrations_with_a_gap_are_refused()
    {
        Should.Throw<ArgumentException>(() => new Schema(3, new Migration(1, "persons", p => p)));
        Should.Throw<ArgumentException>(() => new Schema(2, new Migration(2, "persons", p => p)));
        Should.Throw<ArgumentException>(() => new Schema(0));
        new Schema(5).Oldest.ShouldBe(5);
    }

    private static readonly Schema Version1 = Schema.First;

    private static readonly Schema Version2 = new(2, new Migration(1, "persons", p =>
    {
        var words = ((string)p["name"]!).Split(' ', 2);
        return new System.Text.Json.Nodes.JsonObject { ["given"] = words[0], ["family"] = words[1] };
    }));

    private static readonly Field<PersonOfVersion2> Family = new("name", p => p.Family);

    private static DocumentType PersonsOfVersion1 { get; } = new DocumentType<PersonOfVersion1>("persons", DocumentIndex<PersonOfVersion1>.On(new Field<PersonOfVersion1>("name", p => p.Name)));

    private static DocumentType PersonsOfVersion2 { get; } = new DocumentType<PersonOfVersion2>("persons", DocumentIndex<PersonOfVersion2>.On(Family));

    private async Task<IReadOnlyList<string>> WriteVersion1Async(int count)
    {
        var store = await OpenAsync(Version1, PersonsOfVersion1);
        var documents = Enumerable.Range(0, count).Select(i => Document<PersonOfVersion1>.New(Guid.CreateVersion7(), new PersonOfVersion1($"Ada Lovelace {i}"))).ToList();
        foreach (var some in documents.Chunk(100)) await Task.WhenAll(some.Select(d => store.WriteAsync(d, None)));
        await CloseAsync(store);
        return [.. documents.Select(d => d.Id)];
    }

    private static Thing Named(string name) => new() { Parts = [new Part(name, null)] };

    private async Task<IEnumerable<string>> IdsAsync(params Condition<Thing>[] where) =>
        (await _store.QueryAsync(new Query<Thing> { Where = where }, None)).Items.Select(d => d.Id);

    protected static PendingEvent Event() => new(Guid.CreateVersion7(), Guid.CreateVersion7(), TimeProvider.System.GetUtcNow(), new Happened("it"));

    private async Task<Document<Thing>> WriteNewAsync(Thing state)
    {
        var document = Document<Thing>.New(Guid.CreateVersion7(), state);
        (await _store.WriteAsync(document, None)).IsWritten.ShouldBeTrue();
        return document with { Version = 1 };
    }

    internal enum Mood
    {
        Bad,
        VeryGood,
    }

    internal sealed record Part(string Name, int? Count);

    internal sealed record Other(string Name);

    internal sealed record PersonOfVersion1(string Name);

    internal sealed record PersonOfVersion2(string Given, string Family);

    internal sealed record NewerOther(string Name, int Added);

    internal sealed record Happened(string What);

    internal sealed record Odd
    {
        public IReadOnlyList<decimal> Amounts { get; init; } = [];

        public IReadOnlyList<double> Ratios { get; init; } = [];

        public IReadOnlyList<long> Counts { get; init; } = [];

        public ulong Largest { get; init; }

        public IReadOnlyList<string?> Texts { get; init; } = [];

        public IReadOnlyDictionary<string, string?> Keys { get; init; } = new Dictionary<string, string?>();

        public IReadOnlyList<DateTimeOffset> Instants { get; init; } = [];

        public Odd? Nested { get; init; }
    }

    internal sealed record Thing
    {
        public string? Tag { get; init; }

        public string? Group { get; init; }

        public long? Rank { get; init; }

        public Mood Mood { get; init; }

        public DateTimeOffset? At { get; init; }

        public DateOnly Day { get; init; } = new(2020, 1, 1);

        public Guid? Owner { get; init; }

        public decimal Cost { get; init; }

        public bool Flag { get; init; }

        public IReadOnlyList<Part> Parts { get; init; } = [];

        public IReadOnlyDictionary<string, long> Counts { get; init; } = new Dictionary<string, long>();
    }
}
