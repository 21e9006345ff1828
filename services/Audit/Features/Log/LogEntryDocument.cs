using Fleet.Audit.Domain;
using Fleet.Platform.Store;

namespace Fleet.Audit.Features.Log;

/// <summary>The log as stored: one document per event, its id is the event's.</summary>
internal static class LogEntryDocument
{
    public static readonly Field<LogEntry> Sequence = new("sequence", e => Key.Of(e.Sequence));
    public static readonly Field<LogEntry> LoggedAt = new("loggedAt", e => Key.Of(e.LoggedAt));

    /// <summary>What it happened to and whom it concerns: by each of them an entry is found.</summary>
    public static readonly Field<LogEntry> About = Field<LogEntry>.Many("about", AboutOf);

    /// <summary>The person it happened to or concerns.</summary>
    public static readonly Field<LogEntry> Person = new("person", e => PersonOf(e) is { } person ? Key.Of(person) : null);

    public static readonly Field<LogEntry> Actor = new("actor", e => Key.Folded(e.ActorSubject));
    public static readonly Field<LogEntry> EventType = new("type", e => e.Type);

    /// <summary>The sequence, in entries that coverage depends on.</summary>
    public static readonly Field<LogEntry> FactSequence = new("factSequence", e => EventTypes.IsCoverageFact(e.Type) ? Key.Of(e.Sequence) : null);

    public static readonly DocumentType<LogEntry> Type = new(
        "logEntries",
        DocumentIndex<LogEntry>.OneEach(Sequence),
        DocumentIndex<LogEntry>.On(FactSequence),
        DocumentIndex<LogEntry>.On(LoggedAt),
        DocumentIndex<LogEntry>.On(About),
        DocumentIndex<LogEntry>.On(Person, LoggedAt),
        DocumentIndex<LogEntry>.On(Actor, LoggedAt),
        DocumentIndex<LogEntry>.On(EventType, LoggedAt));

    private static Guid? PersonOf(LogEntry entry) => entry.PersonId ?? (entry.EntityKind == EventTypes.Person ? entry.EntityId : null);

    private static IEnumerable<string> AboutOf(LogEntry entry)
    {
        yield return Key.Of(entry.EntityId);
        if (entry.PersonId is { } person) yield return Key.Of(person);
    }
}
