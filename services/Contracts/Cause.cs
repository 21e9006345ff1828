namespace Fleet.Contracts;

/// <summary>Why events happen: who acts, within which request, when Fleet learned it, and which event they echo.</summary>
/// <param name="Actor">Who acts.</param>
/// <param name="CorrelationId">The request that everything goes back to.</param>
/// <param name="RecordedAt">Now (UTC).</param>
/// <param name="CausedBy">The event that a service follows by itself; null: somebody decided.</param>
public sealed record Cause(Actor Actor, Guid CorrelationId, DateTimeOffset RecordedAt, Guid? CausedBy = null)
{
    /// <summary>A service acts by itself because of an event. Never recorded before that event, whatever the clocks of the machines say.</summary>
    public static Cause Following(IFleetEvent fact, string service, DateTimeOffset now) =>
        new(Actor.System(service), fact.Meta.CorrelationId, now > fact.Meta.RecordedAt ? now : fact.Meta.RecordedAt, fact.Meta.EventId);

    /// <summary>A service acts by itself because the time has come.</summary>
    public static Cause Due(string service, DateTimeOffset now) => new(Actor.System(service), Guid.CreateVersion7(), now);

    /// <summary>
    /// The meta data of an event with a new id. It is never recorded before the event that it follows, nor before it became true, whatever the clocks of
    /// the machines say.
    /// </summary>
    /// <param name="aggregateId">The document whose change this is.</param>
    /// <param name="aggregateVersion">Its version after the change.</param>
    /// <param name="streamNumber">Its events so far plus one; plus two for the second event of the same write, and so on.</param>
    /// <param name="effectiveAt">When it became true.</param>
    /// <param name="toldAt">When the document's event before this one was recorded; null: it is the first.</param>
    public EventMeta Meta(Guid aggregateId, long aggregateVersion, long streamNumber, DateTimeOffset effectiveAt, DateTimeOffset? toldAt) => new()
    {
        EventId = Guid.CreateVersion7(),
        AggregateId = aggregateId,
        AggregateVersion = aggregateVersion,
        StreamNumber = streamNumber,
        EffectiveAt = effectiveAt.ToUniversalTime(),
        RecordedAt = new[] { RecordedAt, toldAt ?? RecordedAt, effectiveAt.ToUniversalTime() }.Max(),
        Actor = Actor,
        CausedBy = CausedBy,
        CorrelationId = CorrelationId,
    };
}
