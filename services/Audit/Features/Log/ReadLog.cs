using System.ComponentModel;
using System.Globalization;
using Fleet.Audit.Domain;
using Fleet.Platform;
using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Fleet.Platform.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Audit.Features.Log;

/// <summary>Lists the log, the newest entry first; a person's entries are also those of what they received.</summary>
internal static class ReadLog
{
    public static void MapReadLog(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/log", Handle).WithName(nameof(ReadLog)).RequireRole(Roles.Auditor, Roles.Admin);

    private static async Task<Results<Ok<ListView<LogEntryView>>, ProblemHttpResult>> Handle(
        [Description("Id of a device, person, unit, hand-over, case, VPN gateway or access.")] Guid? entity,
        [Description("Subject of who did it.")] string? actor,
        [Description("Name of the event, such as DeviceIssued.")] string? type,
        [Description("Recorded from here on: a day or an instant.")] string? from,
        [Description("Recorded up to here: a day (all of it) or an instant.")] string? to,
        [AsParameters] Paging paging,
        IDocumentStore store, FleetCalendar calendar, CancellationToken ct)
    {
        var errors = new Dictionary<string, string[]>();
        var where = new List<Condition<LogEntry>>();
        if (actor is not null) where.Add(LogEntryDocument.Actor.Is(actor));
        if (type is not null)
        {
            if (EventTypes.Find(type) is { } known) where.Add(LogEntryDocument.EventType.Is(known));
            else errors["type"] = [$"Must be one of {string.Join(", ", EventTypes.Names)}."];
        }

        if (from is not null)
        {
            if (ReadMoment(from, calendar.StartOf) is { } first) where.Add(LogEntryDocument.LoggedAt.AtLeast(Key.Of(first)));
            else errors["from"] = ["Must be a day (YYYY-MM-DD) or an instant (RFC 3339)."];
        }

        if (to is not null)
        {
            if (ReadMoment(to, calendar.EndOf) is { } last) where.Add(LogEntryDocument.LoggedAt.AtMost(Key.Of(last)));
            else errors["to"] = ["Must be a day (YYYY-MM-DD) or an instant (RFC 3339)."];
        }

        if (errors.Count > 0) return Problems.Invalid(errors);

        var query = paging.Of(new Query<LogEntry> { OrderBy = LogEntryDocument.LoggedAt, Descending = true });
        var page = entity is { } id
            ? await AboutAsync(store, query, LogEntryDocument.Entity.Is(id), LogEntryDocument.Person.Is(id), where, ct)
            : await store.QueryAsync(query with { Where = where }, ct);
        return TypedResults.Ok(ListView<LogEntryView>.Of(page, d => LogEntryView.Of(d.State)));
    }

    /// <summary>What happened to it and what concerns it: two ways into the log in the same order, merged.</summary>
    private static async Task<Page<LogEntry>> AboutAsync(
        IDocumentStore store, Query<LogEntry> query, Condition<LogEntry> happenedTo, Condition<LogEntry> concerns, List<Condition<LogEntry>> where, CancellationToken ct)
    {
        var first = await store.QueryAsync(query with { Where = [happenedTo, .. where] }, ct);
        var second = await store.QueryAsync(query with { Where = [concerns, .. where] }, ct);
        var all = first.Items.Concat(second.Items).DistinctBy(d => d.Id)
            .OrderByDescending(d => d.State.LoggedAt).ThenByDescending(d => d.Id, StringComparer.Ordinal).ToList();
        var items = all.Take(query.Limit).ToList();
        var isLast = first.Next is null && second.Next is null && all.Count == items.Count;
        return new Page<LogEntry>(items, isLast ? null : new Cursor(Key.Of(items[^1].State.LoggedAt), items[^1].Id));
    }

    private static DateTimeOffset? ReadMoment(string text, Func<DateOnly, DateTimeOffset> ofDay) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? ofDay(day)
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) ? instant.ToUniversalTime()
        : null;
}
