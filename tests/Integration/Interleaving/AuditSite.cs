using Fleet.Audit.Domain;
using Fleet.Audit.Features.Log;
using Fleet.Audit.Process;
using Fleet.Platform;
using Fleet.Platform.Store;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fleet.Tests.Integration.Interleaving;

/// <summary>The audit service: its own code over its own store, without its host.</summary>
internal sealed class AuditSite : IAsyncDisposable
{
    private readonly LogAppender _log;
    private readonly FleetCalendar _calendar;
    private readonly TimeProvider _time;

    public AuditSite(Databases.Shelf shelf, FleetCalendar calendar, TimeProvider time)
    {
        (_calendar, _time) = (calendar, time);
        Site = new Site("audit", shelf, Schema.First, LogEntryDocument.Type, LogHeadDocument.Type);
        _log = new LogAppender(Site.Store, time);
        Site.With(new RecordEntry(_log));
    }

    public Site Site { get; }

    public Task BeginAsync() => _log.StartAsync(CancellationToken.None);

    /// <summary>The coverage of each day, of everything and per unit, and the people behind it; and what the log lacks.</summary>
    public async IAsyncEnumerable<string> ReadAsync(DateOnly first, DateOnly last)
    {
        using var view = new CoverageView(Site.Store, _log, _calendar, _time, NullLogger<CoverageView>.Instance);
        var coverage = (await view.KnownAtAsync(null, CancellationToken.None))!.Coverage;
        for (var day = first; day <= last; day = day.AddDays(1))
        {
            yield return $"{day:yyyy-MM-dd} {coverage.Of(day, null)}";
            foreach (var unit in coverage.PerUnit(day, null)) yield return $"{day:yyyy-MM-dd} {unit.Name} {unit.Figures}";
            foreach (var (worker, status) in coverage.People(day, null).OrderBy(p => p.Worker.Person.PersonId))
                yield return $"{day:yyyy-MM-dd} {worker.Person.GivenName} {worker.Person.FamilyName} {status} {string.Join(' ', worker.LaptopsOn(day))}";
        }

        var gaps = new StreamGaps();
        await foreach (var entry in Site.Store.AllAsync(new Query<LogEntry>(), CancellationToken.None))
            gaps.Add(EventTypes.StreamOf(entry.State.Type)!, entry.State.EntityId, entry.State.StreamNumber, entry.State.LoggedAt);
        foreach (var gap in gaps.Find()) yield return $"{gap}";
    }

    public async ValueTask DisposeAsync()
    {
        await _log.StopAsync(CancellationToken.None);
        _log.Dispose();
    }
}
