using System.ComponentModel.DataAnnotations;
using Fleet.Assignment.Domain;
using Fleet.Assignment.Features.Custodies;
using Fleet.Assignment.Features.People;
using Fleet.Assignment.Process;
using Fleet.Platform;
using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Fleet.Platform.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Assignment.Features.Handovers;

/// <summary>
/// Hands devices over to a person, all or none. 409 <c>device-already-issued</c> names the holder, <c>device-not-available</c> the state, of every
/// device that stands in the way; <c>person-has-left</c>; 404 <c>person-unknown</c>, <c>device-unknown</c>. How it survives a crash: <see cref="Handover"/>.
/// </summary>
internal static class HandOver
{
    public static void MapHandOver(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/handovers", Handle).WithName(nameof(HandOver)).RequireRole(Roles.It, Roles.Admin).Idempotent<Handover>();

    private static async Task<Results<CreatedResource<HandoverView>, ProblemHttpResult>> Handle(
        Body<NewHandover> body, Caller caller, RequestOrigin origin, IDocumentStore store, FindCustodies custodies, Claims claims, FleetCalendar calendar,
        TimeProvider time, CancellationToken ct)
    {
        // An earlier try of this very request may have been killed on its way: what it began is gone on with, what was undone is begun again.
        // So this is asked before any rule that may have changed its mind meanwhile.
        var earlier = origin.UnfinishedDocumentId is { } id ? await store.FindAsync<Handover>(id, ct) : null;
        switch (earlier?.State.Status)
        {
            case HandoverStatus.Completed:
                return await CompletedAsync(earlier.State, earlier.Version, store);
            case HandoverStatus.Claiming:
                var receiver = await store.FindAsync<Person>(earlier.State.PersonId, ct);
                var claimed = await store.FindManyAsync<Custody>([.. earlier.State.Devices.Select(d => Key.Of(d.DeviceId))], ct);
                return await FinishAsync(new Begun(earlier, receiver!.State, claimed, null), origin, store, claims);
            default:
                var begun = await BeginAsync(body.Value, earlier, caller, origin, store, custodies, claims, calendar, time, ct);
                return begun.Refusal is { } refusal ? refusal : await FinishAsync(begun, origin, store, claims);
        }
    }

    /// <summary>Checks everything that can be checked beforehand, and writes the intent.</summary>
    private static async Task<Begun> BeginAsync(
        NewHandover request, Document<Handover>? refused, Caller caller, RequestOrigin origin, IDocumentStore store, FindCustodies finder, Claims claims,
        FleetCalendar calendar, TimeProvider time, CancellationToken ct)
    {
        if (await store.FindAsync<Person>(request.PersonId!.Value, ct) is not { State: var person })
            return Begun.Not(Problems.Of(StatusCodes.Status404NotFound, "person-unknown", "There is no such person."));

        var tags = request.AssetTags!.DistinctBy(Key.Folded).ToList();
        var found = await finder.ByTagsAsync(tags, c => c.Device.IsUsable, ct);
        if (tags.Where((_, i) => found[i] is null).ToList() is { Count: > 0 } unknown) return Begun.Not(finder.Unknown(unknown));

        var custodies = new List<Document<Custody>>();
        foreach (var custody in found) custodies.Add(await claims.SettleAsync(custody!, ct));

        var now = time.GetUtcNow();
        var effectiveAt = (request.EffectiveAt ?? custodies.Max(c => c.State.EarliestFrom(now))).ToUniversalTime();
        var refusals = custodies.Select(c => new Refusal(c.State.MayIssue(effectiveAt), c.State)).Where(r => r.Verdict != CustodyVerdict.Done).ToList();
        if (refusals.Count > 0) return Begun.Not(await Refusals.OfAsync(refusals, store, ct));
        if (HandoverRules.IfHasLeft(person, effectiveAt, calendar) is { } left) return Begun.Not(left);
        if (HandoverRules.IfDueBefore(request.DueBack, effectiveAt, calendar) is { } tooEarly) return Begun.Not(tooEarly);

        var handover = new Handover
        {
            HandoverId = refused?.State.HandoverId ?? Guid.CreateVersion7(now),
            Status = HandoverStatus.Claiming,
            Attempt = (refused?.State.Attempt ?? 0) + 1,
            PersonId = person.PersonId,
            Devices = [.. custodies.Select(c => HandoverRules.DeviceOf(c.State, now))],
            VpnIncluded = await HandoverRules.HoldsVpnAsync(person, store, ct),
            EffectiveAt = effectiveAt,
            DueBack = request.DueBack,
            By = caller.Acting(),
            StartedAt = now,
        };
        var intent = refused?.With(handover) ?? Document<Handover>.New(handover.HandoverId, handover);
        return await origin.WriteIntentAsync(store, intent, ct)
            ? new Begun(intent with { Version = intent.Version + 1 }, person, custodies, null)
            // Only a refused one that the same request, sent twice, begins again at this moment.
            : Begun.Not(Problems.Conflict("request-in-progress", "The same request is being worked on. Repeat it in a moment."));
    }

    /// <summary>Claims the devices, commits, and confirms the custodies. The intent is written, so the client's going away stops nothing any more.</summary>
    private static async Task<Results<CreatedResource<HandoverView>, ProblemHttpResult>> FinishAsync(
        Begun begun, RequestOrigin origin, IDocumentStore store, Claims claims)
    {
        var (intent, custodies) = (begun.Intent!, begun.Custodies);
        // Committing without a claim on each device would give away what somebody else may hold.
        if (custodies.Count != intent.State.Devices.Count) throw new InvalidOperationException($"Custodies of the hand-over {intent.Id} are missing.");
        var claimed = new List<Document<Custody>>();
        // Everybody claims in the same order: of two hand-overs of the same devices one gets them all.
        foreach (var custody in custodies.OrderBy(c => c.State.DeviceId))
        {
            var (refusal, current) = await claims.ClaimAsync(custody, intent.State, CancellationToken.None);
            if (refusal is not null) return await UndoAsync(intent, await Refusals.OfAsync([refusal], store, CancellationToken.None), store, claims);
            claimed.Add(current);
        }

        var completed = intent.State.Complete();
        // From what has been read: nothing of a hand-over made this moment was corrected or came back.
        var answer = new CreatedResource<HandoverView>(
            HandoverView.LocationOf(completed.HandoverId), HandoverView.OfNew(completed, PersonRef.Of(begun.Receiver!)), intent.Version + 1);
        if (!(await store.WriteAsync(intent.With(completed), [], origin.For(answer), CancellationToken.None)).IsWritten)
        {
            return await UndoAsync(
                intent, Problems.Conflict("handover-undone", "The hand-over took too long, or a device was reported lost meanwhile. Send it again."), store, claims);
        }

        await Task.WhenAll(claimed.Select(c => claims.ConfirmAsync(c, completed, CancellationToken.None)));
        return answer;
    }

    /// <summary>The refusal, once it is certain: first the hand-over says that it comes to nothing, then the claims are let go.</summary>
    private static async Task<Results<CreatedResource<HandoverView>, ProblemHttpResult>> UndoAsync(
        Document<Handover> intent, ProblemHttpResult refusal, IDocumentStore store, Claims claims)
    {
        await store.WriteAsync(intent.With(intent.State.Undo()), CancellationToken.None);
        // When somebody else was faster: the same request, sent twice, may have completed it; that is this one's answer too.
        if (await store.FindAsync<Handover>(intent.Id, CancellationToken.None) is { State.Status: HandoverStatus.Completed } done)
            return await CompletedAsync(done.State, done.Version, store);
        await claims.ReleaseAsync(intent.State.HandoverId, intent.State.Devices, CancellationToken.None);
        return refusal;
    }

    private static async Task<CreatedResource<HandoverView>> CompletedAsync(Handover handover, long version, IDocumentStore store) =>
        new(HandoverView.LocationOf(handover.HandoverId), await HandoverView.OfAsync(handover, store, CancellationToken.None), version);

    /// <summary>A written intent with the person and the custodies it is about, or why there is none.</summary>
    private sealed record Begun(Document<Handover>? Intent, Person? Receiver, IReadOnlyList<Document<Custody>> Custodies, ProblemHttpResult? Refusal)
    {
        public static Begun Not(ProblemHttpResult refusal) => new(null, null, [], refusal);
    }

    /// <param name="PersonId">Who receives the devices.</param>
    /// <param name="AssetTags">What is written on the devices; compared folded.</param>
    /// <param name="EffectiveAt">When they were handed over; default now. Not before the devices' last change of hands; before the person's first day is well, laptops are posted ahead.</param>
    /// <param name="DueBack">The day by which they are to come back; left out: open.</param>
    internal sealed record NewHandover(
        [property: Required] Guid? PersonId,
        [property: Required, MinLength(1), MaxLength(50), EachText(100)] IReadOnlyList<string>? AssetTags,
        [property: NotInFuture] DateTimeOffset? EffectiveAt,
        DateOnly? DueBack);
}
