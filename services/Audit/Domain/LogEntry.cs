namespace Fleet.Audit.Domain;

/// <summary>
/// One event as the log holds it for good: who, when, what. What identifies a person by name is kept apart in <see cref="Personal"/>, so that it
/// can be erased without touching what the chain is computed over (see <see cref="Chain"/>).
/// </summary>
internal sealed record LogEntry
{
    /// <summary>Place in the log, from 1, without gaps.</summary>
    public long Sequence { get; init; }

    /// <summary>The event's own id; an event is in the log once.</summary>
    public Guid EventId { get; init; }

    /// <summary>The event's name (DeviceIssued).</summary>
    public string Type { get; init; } = "";

    /// <summary>What kind of thing it happened to (device, person, vpnAccess).</summary>
    public string EntityKind { get; init; } = "";

    public Guid EntityId { get; init; }

    /// <summary>The entity's version after the event; with equal ids the higher is the newer state.</summary>
    public long EntityVersion { get; init; }

    /// <summary>Which event of its entity this is, from 1 without gaps; 0: not numbered.</summary>
    public long StreamNumber { get; init; }

    /// <summary>The person it concerns, when that is not the entity itself.</summary>
    public Guid? PersonId { get; init; }

    /// <summary>When it became true (UTC).</summary>
    public DateTimeOffset EffectiveAt { get; init; }

    /// <summary>When Fleet learned it (UTC), by the clock of the service that told of it.</summary>
    public DateTimeOffset RecordedAt { get; init; }

    /// <summary>When the log learned it (UTC): later than every entry before. Knowledge is cut by this, never by another service's clock.</summary>
    public DateTimeOffset LoggedAt { get; init; }

    public string ActorSubject { get; init; } = "";

    public string ActorRole { get; init; } = "";

    /// <summary>The person who acted; null: a program, or an account that is nobody's.</summary>
    public Guid? ActorPersonId { get; init; }

    /// <summary>For whom they acted as a deputy; null: for themselves.</summary>
    public Guid? ActorOnBehalfOf { get; init; }

    /// <summary>The event that this one echoes; null: somebody decided, or the time had come.</summary>
    public Guid? CausedBy { get; init; }

    public Guid CorrelationId { get; init; }

    /// <summary>The event without its meta data and without names, as JSON with sorted keys. Text, because the hash is over exactly these characters.</summary>
    public string Data { get; init; } = "{}";

    /// <summary>Names, user name, e-mail, personnel number, as JSON with sorted keys; null: the event has none, or they are erased.</summary>
    public string? Personal { get; init; }

    /// <summary>Random, so that nobody finds erased names by hashing guesses; erased with them.</summary>
    public string? PersonalSalt { get; init; }

    /// <summary>SHA-256 of salt and personal data, in hex; stays when they are erased. Null: the event never had any.</summary>
    public string? PersonalHash { get; init; }

    /// <summary>The hash of the entry before; 64 zeros in the first.</summary>
    public string PreviousHash { get; init; } = "";

    /// <summary>The hash of this entry, see <see cref="Chain"/>.</summary>
    public string Hash { get; init; } = "";
}
