namespace Fleet.Contracts;

/// <summary>Why events happen: who acts, within which request, and when Fleet learned it.</summary>
/// <param name="Actor">Who acts.</param>
/// <param name="CorrelationId">The request that everything goes back to.</param>
/// <param name="RecordedAt">Now (UTC).</param>
public sealed record Cause(Actor Actor, Guid CorrelationId, DateTimeOffset RecordedAt)
{
    /// <summary>A service acts by itself because of an event.</summary>
    public static Cause Following(IFleetEvent fact, string service, DateTimeOffset now) =>
        new(new Actor { Subject = $"system:{service}", Role = "system" }, fact.Meta.CorrelationId, now);

    /// <summary>The meta data of an event with a new id.</summary>
    public EventMeta Meta(Guid aggregateId, long aggregateVersion, DateTimeOffset effectiveAt) => new()
    {
        EventId = Guid.CreateVersion7(),
        AggregateId = aggregateId,
        AggregateVersion = aggregateVersion,
        EffectiveAt = effectiveAt.ToUniversalTime(),
        RecordedAt = RecordedAt,
        Actor = Actor,
        CorrelationId = CorrelationId,
    };
}
