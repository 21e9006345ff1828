using System.Text.Json;
using Fleet.Contracts;
using Fleet.Platform;
using Microsoft.Extensions.Time.Testing;

namespace Fleet.Tests.Integration.Interleaving;

/// <summary>
/// All services beside each other, each over its own database, without processes and broker: what one publishes is put into the queues of the others
/// by the table that the bus goes by, and arrives in the order that the <see cref="Post"/> says.
/// </summary>
internal sealed class County : IAsyncDisposable
{
    private static readonly FleetCalendar Calendar = new(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));

    // Everybody's clock stands still, after everything: when a thing was recorded is the same in every order, too.
    private readonly FakeTimeProvider _time = new(March.Now);
    private readonly Site[] _sites;
    private readonly List<Delivery> _waiting = [];
    private readonly Queue<Delivery> _prompt = [];
    private readonly List<Delivery> _arrivedLate = [];
    private readonly Dictionary<(string Kind, Guid Id), IFleetEvent> _newest = [];

    private County(Databases.Shelf shelf)
    {
        Inventory = new InventorySite(shelf, _time);
        Assignment = new AssignmentSite(shelf, Calendar, _time);
        Provisioning = new ProvisioningSite(shelf, Calendar, _time);
        Audit = new AuditSite(shelf, Calendar, _time);
        Gateway = new GatewaySite(shelf);
        _sites = [Inventory.Site, Assignment.Site, Provisioning.Site, Audit.Site, Gateway.Site];
    }

    public InventorySite Inventory { get; }

    public AssignmentSite Assignment { get; }

    public ProvisioningSite Provisioning { get; }

    public AuditSite Audit { get; }

    public GatewaySite Gateway { get; }

    /// <summary>In which order it all went, for whoever looks for a fault.</summary>
    public List<string> Steps { get; } = [];

    /// <summary>Lives a life, every news at once, and returns what everybody knows in the end.</summary>
    public static async Task<IReadOnlyList<string>> LiveAsync(Databases databases, Life life) => (await LiveAsync(databases, life, Post.Prompt)).Known;

    /// <summary>Lives a life once; everybody must know in the end what is expected.</summary>
    public static async Task ShouldEndAsync(Databases databases, Life life, Post post, IReadOnlyList<string> expected)
    {
        var (known, steps) = await LiveAsync(databases, life, post);
        if (!known.SequenceEqual(expected))
        {
            var wrong = known.Except(expected).Select(k => $"is:        {k}").Concat(expected.Except(known).Select(k => $"should be: {k}"));
            Assert.Fail($"In another order something else comes out.\n{string.Join('\n', wrong)}\n{string.Join('\n', steps)}");
        }
    }

    public ValueTask DisposeAsync() => Audit.DisposeAsync();

    private static async Task<(IReadOnlyList<string> Known, IReadOnlyList<string> Steps)> LiveAsync(Databases databases, Life life, Post post)
    {
        var shelf = databases.Take();
        (IReadOnlyList<string>, IReadOnlyList<string>) end;
        await using (var county = new County(shelf))
        {
            await county.BeginAsync(life.Before);
            await county.GoOnAsync(new Queue<Act>(life.Acts), post);
            end = (await county.ReadAsync(), county.Steps);
        }

        databases.GiveBack(shelf);
        return end;
    }

    private async Task BeginAsync(IReadOnlyList<Act> acts)
    {
        await Assignment.BeginAsync();
        await Provisioning.BeginAsync();
        await Audit.BeginAsync();
        foreach (var act in acts)
        {
            await ((await act.TryAsync(this)) ?? throw new InvalidOperationException($"{act.Name} is refused."))();
            await PublishAsync((_, _) => false);
        }
    }

    private async Task GoOnAsync(Queue<Act> acts, Post post)
    {
        while (acts.Count > 0 || _waiting.Count > 0)
        {
            var write = acts.Count > 0 ? await acts.Peek().TryAsync(this) : null;
            if (write is null && _waiting.Count == 0)
                throw new InvalidOperationException($"{acts.Peek().Name} is refused, though all news have arrived:\n{string.Join('\n', Steps)}");
            var next = post.Next(write is not null, _waiting.Count);
            if (next == Post.TheAct)
            {
                Steps.Add(acts.Dequeue().Name);
                await write!();
            }
            else
            {
                var delivery = _waiting[next];
                if (!delivery.IsSecond) _arrivedLate.Add(delivery);
                if (delivery.IsSecond || !post.ComesTwice()) _waiting.RemoveAt(next);
                else _waiting[next] = delivery with { IsSecond = true };
                await DeliverAsync(delivery);
            }

            await PublishAsync(post.IsLate);
        }

        if (!post.AllComesAgain) return;
        foreach (var delivery in _arrivedLate.ToList()) await DeliverAsync(delivery with { IsSecond = true });
        await PublishAsync((_, _) => false);
    }

    /// <summary>What all services have to tell goes to its queues; what is not late arrives, and what is told in answer to it.</summary>
    private async Task PublishAsync(Func<string, IFleetEvent, bool> isLate)
    {
        do
        {
            if (_prompt.TryDequeue(out var prompt)) await DeliverAsync(prompt);
            foreach (var site in _sites)
            {
                foreach (var fact in await site.PublishAsync())
                {
                    Remember(fact);
                    foreach (var queue in Deliveries.Queues[fact.GetType()])
                    {
                        if (isLate(queue, fact)) _waiting.Add(new Delivery(queue, fact, false));
                        else _prompt.Enqueue(new Delivery(queue, fact, false));
                    }
                }
            }
        }
        while (_prompt.Count > 0);
    }

    private Task DeliverAsync(Delivery delivery)
    {
        Steps.Add($"    {delivery}");
        return _sites.Single(s => s.Has(delivery.Queue)).DeliverAsync(delivery.Queue, delivery.Fact);
    }

    private void Remember(IFleetEvent fact)
    {
        var key = (StateOf(fact).GetType().Name, fact.Meta.AggregateId);
        if (!_newest.TryGetValue(key, out var known)
            || (fact.Meta.AggregateVersion, fact.Meta.StreamNumber).CompareTo((known.Meta.AggregateVersion, known.Meta.StreamNumber)) > 0)
            _newest[key] = fact;
    }

    /// <summary>Everything that anybody shows, and what was said last of each thing: whoever hears that has heard all.</summary>
    private async Task<IReadOnlyList<string>> ReadAsync()
    {
        var known = new List<string>();
        await foreach (var line in Inventory.ReadAsync()) known.Add($"inventory: {line}");
        await foreach (var line in Assignment.ReadAsync()) known.Add($"assignment: {line}");
        await foreach (var line in Provisioning.ReadAsync()) known.Add($"provisioning: {line}");
        await foreach (var line in Audit.ReadAsync(March.Day(1), March.Day(31))) known.Add($"audit: {line}");
        await foreach (var line in Gateway.ReadAsync()) known.Add($"gateway: {line}");
        var told = _newest.Values.Select(fact => StateOf(fact) is CaseState joiner ? joiner with { CaseId = Guid.Empty } : StateOf(fact))
            .Select(state => $"told last: {state.GetType().Name} {JsonSerializer.Serialize(state, state.GetType(), FleetJson.Options)}");
        return [.. known, .. told.Order(StringComparer.Ordinal)];
    }

    private static object StateOf(IFleetEvent fact) => fact.GetType().GetProperties()
        .First(p => p.PropertyType.Name.EndsWith("State", StringComparison.Ordinal)).GetValue(fact)!;

    private sealed record Delivery(string Queue, IFleetEvent Fact, bool IsSecond)
    {
        public override string ToString() => $"{Fact.GetType().Name} {Fact.Meta.StreamNumber} of {Fact.Meta.AggregateId.ToString()[..4]} to {Queue}{(IsSecond ? " again" : "")}";
    }
}
