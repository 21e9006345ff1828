using Fleet.Assignment.Domain;
using Fleet.Assignment.Features.People;
using Fleet.Platform.Http;
using Fleet.Platform.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Assignment.Features.Custodies;

/// <summary>Why a custody cannot become what was asked.</summary>
/// <param name="Verdict">Not <see cref="CustodyVerdict.Done"/>.</param>
/// <param name="Custody">The custody as it is.</param>
/// <param name="Obstacle">The spell that stands in the way, if one does.</param>
/// <param name="IsCorrection">Whether the past was to be corrected, which only the device's beginning limits.</param>
internal sealed record Refusal(CustodyVerdict Verdict, Custody Custody, Spell? Obstacle = null, bool IsCorrection = false)
{
    /// <summary>The person who stands in the way.</summary>
    public Guid? PersonId => Obstacle is not null ? Obstacle.PersonId : Custody.HolderId ?? Custody.Claim?.PersonId;
}

/// <summary>What refusals look like to a client: every device that stands in the way, each with its reason.</summary>
internal static class Refusals
{
    /// <summary>The problem that names the device and the reason.</summary>
    public static Task<ProblemHttpResult> OfAsync(CustodyVerdict verdict, Custody custody, IDocumentStore store, CancellationToken ct) =>
        OfAsync([new Refusal(verdict, custody)], store, ct);

    /// <summary>One problem for all. Its status and code are those of the gravest; <c>devices</c> names each with its own.</summary>
    public static async Task<ProblemHttpResult> OfAsync(IReadOnlyList<Refusal> refusals, IDocumentStore store, CancellationToken ct)
    {
        var people = await store.RefsAsync(refusals.Select(r => r.PersonId), ct);
        var reasons = refusals.Select(r => ReasonOf(r, people.Of(r.PersonId))).ToList();
        // An instant may be mended in the request; a device that is not there may not.
        var gravest = reasons.FirstOrDefault(r => r.Code != TooEarlyCode) ?? reasons[0];
        var detail = string.Join(' ', reasons.Select(r => r.Detail));
        if (gravest.Code == TooEarlyCode)
        {
            var invalid = Problems.Invalid("effectiveAt", detail, TooEarlyCode);
            invalid.ProblemDetails.Extensions["devices"] = reasons;
            return invalid;
        }

        var problem = Problems.Conflict(gravest.Code, detail, ("assetTag", gravest.AssetTag), ("devices", reasons));
        if (gravest.Holder is { } holder) problem.ProblemDetails.Extensions["holder"] = holder;
        return problem;
    }

    public static ProblemHttpResult Unknown(IReadOnlyList<string> assetTags) => Problems.Of(
        StatusCodes.Status404NotFound, "device-unknown", $"There is no device with the asset tag {string.Join(", ", assetTags)}.",
        ("assetTags", assetTags), ("devices", assetTags.Select(t => new DeviceReason(t, "device-unknown", "There is no such device.", null))));

    private const string TooEarlyCode = "effective-at-too-early";

    private static DeviceReason ReasonOf(Refusal refusal, PersonRef? person)
    {
        var (verdict, custody, obstacle, isCorrection) = refusal;
        var tag = custody.Device.AssetTag;
        var name = person?.Name ?? "somebody";
        DeviceReason Reason(string code, string detail, bool namesHolder = false) =>
            new(tag, code, detail, namesHolder && refusal.PersonId is { } id ? new HolderReason(id, name) : null);
        return verdict switch
        {
            CustodyVerdict.AlreadyIssued or CustodyVerdict.Claimed => Reason("device-already-issued", $"{tag} is held by {name}.", namesHolder: true),
            CustodyVerdict.Missing => Reason("device-not-available", $"{tag} is {(obstacle?.Status ?? custody.Status).Wire()}."),
            CustodyVerdict.NotAvailable => Reason("device-not-available", $"{tag} is {custody.Device.Status?.Wire() ?? "not at hand"}."),
            CustodyVerdict.NotIssued => Reason("device-not-issued", $"Nobody holds {tag}."),
            CustodyVerdict.AlreadyReported => Reason("loss-already-reported", $"{tag} is {custody.Status.Wire()} already."),
            CustodyVerdict.TooEarly => Reason(TooEarlyCode, $"{tag}: must not lie before {At(isCorrection ? custody.Device.Begins : custody.Earliest)}."),
            CustodyVerdict.InTheWay => Reason("spell-in-the-way", InTheWay(tag, name, refusal.PersonId is not null, obstacle!), namesHolder: true),
            CustodyVerdict.AfterEnd => Reason("spell-in-the-way", $"{tag} was with {name} until {At(obstacle!.Until!.Value)} only.", namesHolder: true),
            _ => throw new ArgumentOutOfRangeException(nameof(refusal), verdict, "Not a refusal."),
        };
    }

    private static string InTheWay(string tag, string name, bool isKnown, Spell spell)
    {
        var until = spell.Until is { } end ? $" until {At(end)}" : "";
        return spell.Status == CustodyStatus.Held
            ? $"{tag} was with {name} from {At(spell.From)}{until}."
            : $"{tag} was {spell.Status.Wire()}{(isKnown ? $" (last with {name})" : "")} from {At(spell.From)}{until}.";
    }

    private static string At(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>A device that stands in the way, and why.</summary>
internal sealed record DeviceReason(string AssetTag, string Code, string Detail, HolderReason? Holder);

/// <summary>Who has the device.</summary>
internal sealed record HolderReason(Guid PersonId, string Name);
