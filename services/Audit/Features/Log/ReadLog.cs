using Fleet.Audit.Domain;
using Fleet.Platform.Lists;
using Fleet.Platform.Security;

namespace Fleet.Audit.Features.Log;

/// <summary>Lists the log, the newest entry first.</summary>
internal static class ReadLog
{
    private static readonly ListOf<LogEntry, LogEntryView> List = new(LogEntryDocument.Type)
    {
        Filters =
        [
            Filter.Id("entity", LogEntryDocument.About, "Only what happened to one of these devices, persons, units, hand-overs, cases, gateways, accesses, accounts or sessions, and what concerns one of these persons, separated by commas."),
            Filter.Id("person", LogEntryDocument.Person, "Only what concerns one of these persons, separated by commas."),
            Filter.Text("actor", LogEntryDocument.Actor, "Only what this user or client did; without regard to case."),
            Filter.Word("type", LogEntryDocument.EventType, [.. EventTypes.Names], "Only these events, separated by commas."),
            Filter.Instants("loggedAt", LogEntryDocument.LoggedAt, from: "from", to: "to"),
        ],
        Sorts = [Sort.By("loggedAt", LogEntryDocument.LoggedAt)],
        DefaultSort = "-loggedAt",
        Columns =
        [
            Column.Of<LogEntryView>("sequence", e => e.Sequence),
            Column.Of<LogEntryView>("loggedAt", e => e.LoggedAt),
            Column.Of<LogEntryView>("recordedAt", e => e.RecordedAt),
            Column.Of<LogEntryView>("effectiveAt", e => e.EffectiveAt),
            Column.Of<LogEntryView>("type", e => e.Type),
            Column.Of<LogEntryView>("entityKind", e => e.Entity.Kind),
            Column.Of<LogEntryView>("entityId", e => e.Entity.Id),
            Column.Of<LogEntryView>("entityVersion", e => e.Entity.Version),
            Column.Of<LogEntryView>("streamNumber", e => e.StreamNumber),
            Column.Of<LogEntryView>("actor", e => e.Actor.Subject),
            Column.Of<LogEntryView>("actorRole", e => e.Actor.Role),
            Column.Of<LogEntryView>("actorPersonId", e => e.Actor.PersonId),
            Column.Of<LogEntryView>("actorOnBehalfOf", e => e.Actor.OnBehalfOf),
            Column.Of<LogEntryView>("personId", e => e.PersonId),
            Column.Of<LogEntryView>("causedBy", e => e.CausedBy),
            Column.Of<LogEntryView>("correlationId", e => e.CorrelationId),
            Column.Of<LogEntryView>("id", e => e.Id),
            Column.Of<LogEntryView>("hash", e => e.Hash),
        ],
    };

    public static void MapReadLog(this IEndpointRouteBuilder routes) =>
        routes.MapList("/log", List, d => LogEntryView.Of(d.State)).WithName(nameof(ReadLog)).RequireRole(Roles.Auditor, Roles.Admin);
}
