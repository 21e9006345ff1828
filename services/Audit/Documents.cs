using Fleet.Audit.Domain;
using Fleet.Platform.Store;

namespace Fleet.Audit;

/// <summary>What this service keeps, and by what it finds it.</summary>
internal static class Documents
{
    public static readonly Field<LogEntry> Sequence = new("sequence", e => Key.Of(e.Sequence));
    public static readonly Field<LogEntry> RecordedAt = new("recordedAt", e => Key.Of(e.RecordedAt));
    public static readonly Field<LogEntry> Entity = new("entity", e => Key.Of(e.EntityId));
    public static readonly Field<LogEntry> Person = new("person", e => e.PersonId is { } person ? Key.Of(person) : null);
    public static readonly Field<LogEntry> Actor = new("actor", e => e.ActorSubject);
    public static readonly Field<LogEntry> Type = new("type", e => e.Type);

    /// <summary>The sequence, in entries that coverage depends on.</summary>
    public static readonly Field<LogEntry> FactSequence = new("factSequence", e => EventTypes.IsCoverageFact(e.Type) ? Key.Of(e.Sequence) : null);

    /// <summary>The log: one document per event, its id is the event's.</summary>
    public static readonly DocumentType<LogEntry> Entries = new(
        "logEntries",
        DocumentIndex<LogEntry>.OneEach(Sequence),
        DocumentIndex<LogEntry>.On(FactSequence),
        DocumentIndex<LogEntry>.On(RecordedAt),
        DocumentIndex<LogEntry>.On(Entity, RecordedAt),
        DocumentIndex<LogEntry>.On(Person, RecordedAt),
        DocumentIndex<LogEntry>.On(Actor, RecordedAt),
        DocumentIndex<LogEntry>.On(Type, RecordedAt));

    /// <summary>The end of the log, a single document.</summary>
    public static readonly DocumentType<LogHead> Heads = new("logHeads");

    public const string HeadId = "head";
}
