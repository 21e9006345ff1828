using Fleet.Assignment.Domain;
using Fleet.Platform.Http;
using Fleet.Platform.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Assignment.Features;

/// <summary>What a custody's verdicts look like to a client.</summary>
internal static class Refusals
{
    /// <summary>The problem that says why a custody cannot become what was asked. Not for <see cref="CustodyVerdict.Done"/>.</summary>
    public static ProblemHttpResult Of(CustodyVerdict verdict, Custody custody) => verdict switch
    {
        CustodyVerdict.AlreadyIssued => HeldBy(custody.Holder!, custody),
        CustodyVerdict.Claimed => HeldBy(custody.Claim!.For, custody),
        CustodyVerdict.Missing or CustodyVerdict.NotAvailable => Problems.Conflict(
            "device-not-available", $"{custody.Device.AssetTag} is {(custody.IsMissing ? custody.Status.Wire() : custody.Device.Status)}.", Tag(custody)),
        CustodyVerdict.NotIssued => Problems.Conflict("device-not-issued", $"Nobody holds {custody.Device.AssetTag}.", Tag(custody)),
        CustodyVerdict.AlreadyReported => Problems.Conflict("loss-already-reported", $"{custody.Device.AssetTag} is {custody.Status.Wire()} already.", Tag(custody)),
        CustodyVerdict.TooEarly => Problems.TooEarly(custody.Earliest),
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, "Not a refusal."),
    };

    public static ProblemHttpResult Unknown(IEnumerable<string> assetTags) => Problems.Of(
        StatusCodes.Status404NotFound, "device-unknown", $"There is no device with the asset tag {string.Join(", ", assetTags)}.", ("assetTags", assetTags));

    /// <summary>Whether the caller is that person.</summary>
    public static bool Is(this Caller caller, Holder? holder) => holder is not null && Key.Folded(caller.Subject) == Key.Folded(holder.UserName);

    private static ProblemHttpResult HeldBy(Holder holder, Custody custody) => Problems.Conflict(
        "device-already-issued", $"{custody.Device.AssetTag} is held by {holder.Name}.", ("holder", new { holder.PersonId, holder.Name }), Tag(custody));

    private static (string, object?) Tag(Custody custody) => ("assetTag", custody.Device.AssetTag);
}
