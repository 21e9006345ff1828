using Fleet.Audit.Domain;
using Fleet.Platform.Store;

namespace Fleet.Audit.Features.Log;

/// <summary>The log as stored: one document per event, its id is the event's.</summary>
internal static class LogEntryDocument
{
    public static readonly Field<LogEntry> Sequence = new("sequence", e => Key.Of(e.Sequence));
    public static readonly Field<LogEntry> LoggedAt = new("loggedAt", e => Key.Of(e.LoggedAt));
    public static readonly Field<LogEntry> Entity = new("entity", e => Key.Of(e.EntityId));
    public static readonly Field<LogEntry> Person = new("person", e => e.PersonId is { } person ? Key.Of(person) : null);
    public static readonly Field<LogEntry> Actor = new("actor", e => e.ActorSubject);
    public static readonly Field<LogEntry> EventType = new("type", e => e.Type);

    /// <summary>The sequence, in entries that coverage depends on.</summary>
    public static readonly Field<LogEntry> FactSequence = new("factSequence", e => EventTypes.IsCoverageFact(e.Type) ? Key.Of(e.Sequence) : null);

    public static readonly DocumentType<LogEntry> Type = new(
        "logEntries",
        DocumentIndex<LogEntry>.OneEach(Sequence),
        DocumentIndex<LogEntry>.On(FactSequence),
        DocumentIndex<LogEntry>.On(LoggedAt),
        DocumentIndex<LogEntry>.On(Entity, LoggedAt),
        DocumentIndex<LogEntry>.On(Person, LoggedAt),
        DocumentIndex<LogEntry>.On(Actor, LoggedAt),
        DocumentIndex<LogEntry>.On(EventType, LoggedAt));
}
