using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Fleet.Audit;
using Fleet.Audit.Domain;
using Fleet.Platform.Store;

namespace Fleet.Tests.Integration.Audit;

public sealed class AuditFaultTests(AuditFixture audit) : IClassFixture<AuditFixture>
{
    private readonly HttpClient _auditor = audit.As("clara", "auditor");

    [Fact]
    public async Task Killed_in_the_middle_the_log_holds_every_event_once_afterwards_and_a_changed_entry_is_found()
    {
        const int people = 400;
        var told = new Told(audit.Broker);
        await told.UnitAsync("Killed");
        var published = Enumerable.Range(0, people).Select(i => told.Person($"P{i}")).ToList();
        foreach (var part in published.Chunk(people / 4))
        {
            foreach (var person in part) await audit.Broker.PublishAsync(person);
            audit.Kill();
            await audit.StartAsync();
        }

        await Eventually.ShouldAsync(async () => (await GetAsync($"coverage?unit={told.Unit}&asOf=2020-02-01"))["staff"]!.GetValue<int>().ShouldBe(people));
        var verified = await Eventually.ReadAsync(() => GetAsync("log/verify"), v => v["entries"]!.GetValue<int>() == people + 1);
        verified["verified"]!.GetValue<bool>().ShouldBeTrue();

        await using var store = audit.OpenStore(Documents.Entries, Documents.Heads);
        var victim = (await store.FindByAsync(Documents.Sequence.Is(Key.Of(7)), CancellationToken.None))!;
        await store.WriteAsync(victim.With(victim.State with { ActorSubject = "nobody" }), CancellationToken.None);
        var broken = await GetAsync("log/verify");
        broken["verified"]!.GetValue<bool>().ShouldBeFalse();
        broken["brokenAt"]!.GetValue<int>().ShouldBe(7);

        var changed = (await store.FindAsync<LogEntry>(victim.Id, CancellationToken.None))!;
        await store.DeleteAsync(changed, CancellationToken.None);
        (await GetAsync("log/verify"))["brokenAt"]!.GetValue<int>().ShouldBe(7);
    }

    private async Task<JsonNode> GetAsync(string question) => (await _auditor.GetFromJsonAsync<JsonNode>($"/api/audit/{question}"))!;
}
