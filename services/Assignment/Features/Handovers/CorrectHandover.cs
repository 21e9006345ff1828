using System.ComponentModel.DataAnnotations;
using Fleet.Assignment.Domain;
using Fleet.Assignment.Features.Custodies;
using Fleet.Assignment.Process;
using Fleet.Platform;
using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Fleet.Platform.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Assignment.Features.Handovers;

/// <summary>
/// Corrects whom, when or what a hand-over says, in its devices' timelines too, all or none. The instant alone leaves the spells who they are; another
/// receiver makes other spells and has to accept anew; a device taken out of it was never handed over. 409 <c>spell-in-the-way</c> names the device,
/// the person and the time, <c>device-already-issued</c> the holder; 400 <c>nothing-to-change</c>. How it survives a crash: <see cref="Handover"/>.
/// </summary>
internal static class CorrectHandover
{
    public static void MapCorrectHandover(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/handovers/{id:guid}/correct", Handle).WithName(nameof(CorrectHandover)).RequireRole(Roles.It, Roles.Admin).Idempotent<Handover>();

    private static async Task<Results<Resource<HandoverView>, ProblemHttpResult>> Handle(
        Guid id, Body<HandoverCorrection> body, Caller caller, RequestOrigin origin, IfMatch ifMatch, IDocumentStore store, FindCustodies custodies, Claims claims,
        FleetCalendar calendar, TimeProvider time, CancellationToken ct)
    {
        if (await store.FindAsync<Handover>(id, ct) is not { State.Status: HandoverStatus.Completed } found) return Problems.NotFound("hand-over");

        // An earlier try of this very request may have been killed on its way: it is gone on with. What was undone is begun again.
        if (found.State.Correcting is { } begun)
        {
            return origin.UnfinishedDocumentId == id && begun.By.Subject == caller.Subject && begun.Reason == body.Value.Reason!.Trim()
                ? await FinishAsync(found, begun, origin, store, claims)
                : Problems.Conflict("correction-in-progress", "Another correction of this hand-over is being worked on. Repeat it in a moment.");
        }

        if (!ifMatch.Allows(found.Version)) return Problems.VersionMismatch();
        var now = time.GetUtcNow();

        var (correction, refusal) = await DecideAsync(body.Value, found.State, caller, store, custodies, calendar, now, ct);
        if (refusal is not null) return refusal;

        // Refused beforehand if it can be seen beforehand, naming every device; the claims decide.
        var refusals = new List<Refusal>();
        foreach (var custody in await CustodiesOfAsync(correction!, store, ct))
        {
            var settled = await claims.SettleAsync(custody, ct);
            var (verdict, obstacle) = settled.State.MayCorrect(correction!);
            if (verdict != CustodyVerdict.Done) refusals.Add(new Refusal(verdict, settled.State, obstacle, IsCorrection: true));
        }

        if (refusals.Count > 0) return await Refusals.OfAsync(refusals, store, ct);

        var intent = found.With(found.State with { Correcting = correction });
        return await origin.WriteIntentAsync(store, intent, ct)
            ? await FinishAsync(intent with { Version = intent.Version + 1 }, correction!, origin, store, claims)
            : Problems.Conflict("correction-in-progress", "The hand-over changed at this moment. Repeat the correction.");
    }

    /// <summary>What the hand-over is to say, or why not.</summary>
    private static async Task<(Correction? Correction, ProblemHttpResult? Refusal)> DecideAsync(
        HandoverCorrection request, Handover handover, Caller caller, IDocumentStore store, FindCustodies finder, FleetCalendar calendar, DateTimeOffset now, CancellationToken ct)
    {
        var before = handover.Content;
        var after = before with { EffectiveAt = request.EffectiveAt?.ToUniversalTime() ?? before.EffectiveAt, PersonId = request.PersonId ?? before.PersonId };
        if (await store.FindAsync<Person>(after.PersonId, ct) is not { State: var person })
            return (null, Problems.Of(StatusCodes.Status404NotFound, "person-unknown", "There is no such person."));

        if (request.AssetTags is not null)
        {
            var tags = request.AssetTags.DistinctBy(Key.Folded).ToList();
            var found = await finder.ByTagsAsync(tags, _ => true, ct);
            if (tags.Where((_, i) => found[i] is null).ToList() is { Count: > 0 } unknown) return (null, finder.Unknown(unknown));
            after = after with
            {
                Devices = [.. found.Select(c => before.Devices.FirstOrDefault(d => d.DeviceId == c!.State.DeviceId) ?? HandoverRules.DeviceOf(c!.State, now))],
            };
        }

        if (after.PersonId != before.PersonId)
        {
            // Another receiver's spells are others: what was brought about for the first one ends.
            after = after with
            {
                VpnIncluded = await HandoverRules.HoldsVpnAsync(person, store, ct),
                Devices = [.. after.Devices.Select(d => d with { SpellId = Guid.CreateVersion7(now) })],
            };
        }

        if (after with { Devices = before.Devices } == before && after.Devices.ToHashSet().SetEquals(before.Devices))
            return (null, Problems.Of(StatusCodes.Status400BadRequest, "nothing-to-change", "The hand-over says that already."));
        if (HandoverRules.IfHasLeft(person, after.EffectiveAt, calendar) is { } left) return (null, left);
        if (handover.DueBack < calendar.DayOf(after.EffectiveAt))
            return (null, Problems.Invalid("effectiveAt", $"The devices are due back on {handover.DueBack:yyyy-MM-dd}; change that day first."));

        return (new Correction
        {
            CorrectionId = Guid.CreateVersion7(now),
            HandoverId = handover.HandoverId,
            Reason = request.Reason!.Trim(),
            By = caller.Acting(),
            At = now,
            Before = before,
            After = after,
        }, null);
    }

    /// <summary>Claims the devices, commits, and tells the custodies. The intent is written, so the client's going away stops nothing any more.</summary>
    private static async Task<Results<Resource<HandoverView>, ProblemHttpResult>> FinishAsync(
        Document<Handover> intent, Correction correction, RequestOrigin origin, IDocumentStore store, Claims claims)
    {
        var claimed = new List<Document<Custody>>();
        // In the order in which hand-overs claim, too.
        foreach (var custody in (await CustodiesOfAsync(correction, store, CancellationToken.None)).OrderBy(c => c.State.DeviceId))
        {
            var (refusal, current) = await claims.ClaimAsync(custody, correction, CancellationToken.None);
            if (refusal is not null) return await UndoAsync(intent, correction, await Refusals.OfAsync([refusal], store, CancellationToken.None), store, claims);
            claimed.Add(current);
        }

        var committed = intent.State.CommitCorrection();
        var answer = new Resource<HandoverView>(await HandoverView.OfAsync(committed, store, CancellationToken.None), intent.Version + 1);
        if (!(await store.WriteAsync(intent.With(committed), [], origin.For(answer), CancellationToken.None)).IsWritten)
        {
            return await UndoAsync(
                intent, correction, Problems.Conflict("correction-undone", "The hand-over or a device of it changed meanwhile. Send the correction again."), store, claims);
        }

        await Task.WhenAll(claimed.Select(c => claims.ConfirmAsync(c, committed, correction, CancellationToken.None)));
        return answer;
    }

    /// <summary>The refusal, once it is certain: first the hand-over says that the correction comes to nothing, then the claims are let go.</summary>
    private static async Task<Results<Resource<HandoverView>, ProblemHttpResult>> UndoAsync(
        Document<Handover> intent, Correction correction, ProblemHttpResult refusal, IDocumentStore store, Claims claims)
    {
        while (await store.FindAsync<Handover>(intent.Id, CancellationToken.None) is { } now)
        {
            // The same request, sent twice, may have committed it; that is this one's answer too.
            if (now.State.Corrections.Any(c => c.CorrectionId == correction.CorrectionId))
                return new Resource<HandoverView>(await HandoverView.OfAsync(now.State, store, CancellationToken.None), now.Version);
            if (now.State.Correcting?.CorrectionId != correction.CorrectionId) break;
            await store.WriteAsync(now.With(now.State.Undo()), CancellationToken.None);
        }

        await claims.ReleaseAsync(correction.HandoverId, correction.Devices, CancellationToken.None);
        return refusal;
    }

    private static Task<IReadOnlyList<Document<Custody>>> CustodiesOfAsync(Correction correction, IDocumentStore store, CancellationToken ct) =>
        store.FindManyAsync<Custody>([.. correction.Devices.Select(d => Key.Of(d.DeviceId))], ct);

    /// <summary>What is left out stays as it is.</summary>
    /// <param name="Reason">Why, for whoever reads the log.</param>
    /// <param name="PersonId">Who really received the devices.</param>
    /// <param name="EffectiveAt">When they really were handed over.</param>
    /// <param name="AssetTags">Which devices they really were, all of them; compared folded.</param>
    internal sealed record HandoverCorrection(
        [property: Required, StringLength(500)] string? Reason,
        Guid? PersonId,
        [property: NotInFuture] DateTimeOffset? EffectiveAt,
        [property: MinLength(1), MaxLength(50), EachText(100)] IReadOnlyList<string>? AssetTags);
}
