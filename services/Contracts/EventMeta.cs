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

    /// <summary>When it became true (UTC); never after <see cref="RecordedAt"/>, except for what is due later by its nature (a start date).</summary>
    public DateTimeOffset EffectiveAt { get; init; }

    /// <summary>When Fleet learned it (UTC).</summary>
    public DateTimeOffset RecordedAt { get; init; }

    /// <summary>Who did it.</summary>
    public Actor Actor { get; init; } = new();

    /// <summary>Shared by everything that one request caused, across services.</summary>
    public Guid CorrelationId { get; init; }
}

/// <summary>Who did something: the token's subject and the role it acted in; a service acting by itself is <c>system:{service}</c> in role <c>system</c>.</summary>
public sealed record Actor
{
    public string Subject { get; init; } = "";

    public string Role { get; init; } = "";
}
