namespace Fleet.Provisioning.Domain;

/// <summary>
/// What is known of a device's custody: its newest hand-over and its newest end. Built from events in any order, each any number of times,
/// it comes out the same; what accesses there should be follows from it.
/// </summary>
internal sealed record DeviceWatch
{
    public required Guid DeviceId { get; init; }

    public CustodyBegin? Begin { get; init; }

    public CustodyEnd? End { get; init; }

    /// <summary>The newest version of the custody heard of; 0: none.</summary>
    public long Version() => Math.Max(Begin?.Version ?? 0, End?.Version ?? 0);

    public DeviceWatch After(CustodyBegin begin) => begin.Version > (Begin?.Version ?? 0) ? this with { Begin = begin } : this;

    public DeviceWatch After(CustodyEnd end) => end.Version > (End?.Version ?? 0) ? this with { End = end } : this;

    /// <summary>The access that there should be, made from a hand-over that has not ended; null when there should be none.</summary>
    public Access? Wanted() => Begin is { NeedsVpn: true } begin && begin.Version > (End?.Version ?? 0)
        ? new Access
        {
            // The event's id, so that the same hand-over makes the same access however often it is heard of.
            AccessId = begin.EventId,
            PersonId = begin.PersonId,
            DeviceId = DeviceId,
            RequestedAt = begin.EffectiveAt,
            CustodyVersion = begin.Version,
        }
        : null;

    /// <summary>What becomes of an access of this device: null when it stays as it is.</summary>
    public Access? Revoked(Access access)
    {
        if (End is not { } end || access.CustodyVersion >= end.Version) return null;
        // A key may have been enrolled, by its own date, after the device went; facts of one access still follow one another.
        var at = end.EffectiveAt > access.ChangedAt ? end.EffectiveAt : access.ChangedAt;
        return access.Revoke(end.Reason, at) is (RevokeVerdict.Accepted, var revoked) ? revoked : null;
    }
}

/// <param name="Version">Version of the custody.</param>
/// <param name="EventId">The hand-over's event.</param>
/// <param name="PersonId">Who has the device from now on.</param>
/// <param name="NeedsVpn">A laptop in the hands of somebody whose kit holds VPN.</param>
/// <param name="EffectiveAt">Since when.</param>
internal sealed record CustodyBegin(long Version, Guid EventId, Guid PersonId, bool NeedsVpn, DateTimeOffset EffectiveAt);

/// <param name="Version">Version of the custody.</param>
/// <param name="Reason">returned, lost or stolen.</param>
/// <param name="EffectiveAt">Since when.</param>
internal sealed record CustodyEnd(long Version, string Reason, DateTimeOffset EffectiveAt);
