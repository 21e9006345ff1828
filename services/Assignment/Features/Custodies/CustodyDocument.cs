using Fleet.Assignment.Domain;
using Fleet.Platform.Store;

namespace Fleet.Assignment.Features.Custodies;

/// <summary>Custodies as stored, and by what they are found.</summary>
internal static class CustodyDocument
{
    public static readonly Field<Custody> AssetTag = new("assetTag", c => Key.Folded(c.Device.AssetTag));
    public static readonly Field<Custody> ClaimedAt = new("claimedAt", c => c.Claim is { } claim ? Key.Of(claim.ClaimedAt) : null);

    // Tags are not unique here: the inventory guards them, and news of two that swap theirs come one after the other.
    public static DocumentType<Custody> Type { get; } = new("custodies", DocumentIndex<Custody>.On(AssetTag), DocumentIndex<Custody>.On(ClaimedAt));
}
