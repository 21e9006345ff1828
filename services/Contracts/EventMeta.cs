using MassTransit;

namespace Fleet.Contracts;

/// <summary>What every event is: a fact with its <see cref="EventMeta"/> and the aggregate's full public state after the change.</summary>
[ExcludeFromTopology]
public interface IFleetEvent
{
    /// <summary>When, by whom and to what it happened.</summary>
    EventMeta Meta { get; }
}

/// <summary>When, by whom and to what an event happened. The highest <see cref="AggregateVersion"/> of an aggregate wins.</summary>
public sealed record EventMeta
{
    /// <summary>UUIDv7 of the event, also the message id; equal ids are the same fact.</summary>
    public Guid EventId { get; init; }

    /// <summary>The document whose change this is.</summary>
    public Guid AggregateId { get; init; }

    /// <summary>Version of that document after the change, counted from 1; two events of one write share it.</summary>
    public long AggregateVersion { get; init; }

    /// <summary>Which event of its aggregate this is, from 1 without gaps: a gap is a lost event.</summary>
    public long StreamNumber { get; init; }

    /// <summary>When it became true (UTC); never after <see cref="RecordedAt"/>.</summary>
    public DateTimeOffset EffectiveAt { get; init; }

    /// <summary>When Fleet learned it (UTC); never before the aggregate's event before this one, nor before the one that it echoes.</summary>
    public DateTimeOffset RecordedAt { get; init; }

    /// <summary>Who did it.</summary>
    public Actor Actor { get; init; } = new();

    /// <summary>The event that this one echoes: a service followed it by itself. Null: somebody decided, or the time had come.</summary>
    public Guid? CausedBy { get; init; }

    /// <summary>Shared by everything that one request caused, across services.</summary>
    public Guid CorrelationId { get; init; }
}

/// <summary>Who did something: the token's subject and the role it acted in; a service acting by itself is <c>system:{service}</c> in role <c>system</c>.</summary>
public sealed record Actor
{
    public string Subject { get; init; } = "";

    public string Role { get; init; } = "";

    /// <summary>The person in Assignment who acts; null: a program, or an account that is nobody's.</summary>
    public Guid? PersonId { get; init; }

    /// <summary>For whom they act as a deputy; null: for themselves.</summary>
    public Guid? OnBehalfOf { get; init; }

    /// <summary>A service acting by itself.</summary>
    public static Actor System(string service) => new() { Subject = $"system:{service}", Role = "system" };
}
