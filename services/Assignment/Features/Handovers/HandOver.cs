using System.ComponentModel.DataAnnotations;
using Fleet.Assignment.Domain;
using Fleet.Assignment.Process;
using Fleet.Platform;
using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Fleet.Platform.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Assignment.Features;

/// <summary>
/// Hands devices over to a person, all or none. 409 <c>device-already-issued</c> names the holder, <c>device-not-available</c> the state;
/// 404 <c>person-unknown</c>, <c>device-unknown</c>. How it survives a crash: <see cref="Handover"/>.
/// </summary>
internal static class HandOver
{
    public static void MapHandOver(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/handovers", Handle).WithName(nameof(HandOver)).RequireRole(Roles.It, Roles.Admin).Idempotent<Handover>();

    private static async Task<Results<CreatedResource<HandoverView>, ProblemHttpResult>> Handle(
        Body<NewHandover> body, Caller caller, RequestOrigin origin, IDocumentStore store, Claims claims, FleetCalendar calendar, TimeProvider time,
        CancellationToken ct)
    {
        if (Problems.IfFuture(body.Value.EffectiveAt, time.GetUtcNow()) is { } future) return future;

        // An earlier try of this very request may have been killed on its way: what it began is gone on with, what was undone is begun again.
        var earlier = origin.UnfinishedDocumentId is { } id ? await store.FindAsync<Handover>(id, ct) : null;
        switch (earlier?.State.Status)
        {
            case HandoverStatus.Completed:
                return Completed(earlier.State, earlier.Version);
            case HandoverStatus.Claiming:
                var custodies = await store.FindManyAsync<Custody>([.. earlier.State.Devices.Select(d => Key.Of(d.DeviceId))], ct);
                return await FinishAsync(earlier, custodies, origin, store, claims);
            default:
                var begun = await BeginAsync(body.Value, earlier, caller, origin, store, claims, calendar, time, ct);
                return begun.Refusal is { } refusal ? refusal : await FinishAsync(begun.Intent!, begun.Custodies, origin, store, claims);
        }
    }

    /// <summary>Checks everything that can be checked beforehand, and writes the intent.</summary>
    private static async Task<Begun> BeginAsync(
        NewHandover request, Document<Handover>? refused, Caller caller, RequestOrigin origin, IDocumentStore store, Claims claims, FleetCalendar calendar,
        TimeProvider time, CancellationToken ct)
    {
        if (await store.FindAsync<Person>(request.PersonId!.Value, ct) is not { State: var person })
            return Begun.Not(Problems.Of(StatusCodes.Status404NotFound, "person-unknown", "There is no such person."));

        var tags = request.AssetTags!.DistinctBy(Key.Folded).ToList();
        var found = await Custodies.FindAsync(store, tags, c => c.Device.IsUsable, time, ct);
        if (tags.Where((_, i) => found[i] is null).ToList() is { Count: > 0 } unknown) return Begun.Not(Refusals.Unknown(unknown));

        var custodies = new List<Document<Custody>>();
        foreach (var custody in found) custodies.Add(await claims.SettleAsync(custody!, ct));

        var now = time.GetUtcNow();
        var effectiveAt = request.EffectiveAt ?? custodies.Max(c => c.State.EarliestFrom(now));
        foreach (var custody in custodies)
        {
            if (custody.State.MayIssue(effectiveAt) is not CustodyVerdict.Done and var verdict) return Begun.Not(Refusals.Of(verdict, custody.State));
        }

        var starts = calendar.StartOf(person.StartDate);
        if (effectiveAt < starts) return Begun.Not(Problems.TooEarly(starts));
        if (person.HasLeftBefore(calendar.DayOf(effectiveAt)))
            return Begun.Not(Problems.Conflict("person-has-left", $"{person.Name} has left on {person.EndDate:yyyy-MM-dd}."));

        var handover = new Handover
        {
            HandoverId = refused?.State.HandoverId ?? Guid.CreateVersion7(now),
            Status = HandoverStatus.Claiming,
            Attempt = (refused?.State.Attempt ?? 0) + 1,
            Receiver = new Holder(person.PersonId, person.Name, person.UserName),
            Devices = [.. custodies.Select(c => new HandedDevice(c.State.DeviceId, c.State.Device.AssetTag, c.State.Device.Kind))],
            VpnIncluded = person.KitId is { } kitId && await store.FindAsync<Kit>(kitId, ct) is { State.HoldsVpn: true },
            EffectiveAt = effectiveAt.ToUniversalTime(),
            DueBack = request.DueBack,
            By = new HandedBy(caller.Subject, caller.ActingRole, caller.CorrelationId),
            StartedAt = now,
        };
        var intent = refused?.With(handover) ?? Document<Handover>.New(handover.HandoverId, handover);
        return (await store.WriteAsync(intent, [], origin.ForIntent(), ct)).IsWritten
            ? new Begun(intent with { Version = intent.Version + 1 }, custodies, null)
            // Only a refused one that the same request, sent twice, begins again at this moment.
            : Begun.Not(Problems.Conflict("request-in-progress", "The same request is being worked on. Repeat it in a moment."));
    }

    /// <summary>Claims the devices, commits, and confirms the custodies. The intent is written, so the client's going away stops nothing any more.</summary>
    private static async Task<Results<CreatedResource<HandoverView>, ProblemHttpResult>> FinishAsync(
        Document<Handover> intent, IReadOnlyList<Document<Custody>> custodies, RequestOrigin origin, IDocumentStore store, Claims claims)
    {
        // Committing without a claim on each device would give away what somebody else may hold.
        if (custodies.Count != intent.State.Devices.Count) throw new InvalidOperationException($"Custodies of the hand-over {intent.Id} are missing.");
        var claimed = new List<Document<Custody>>();
        // Everybody claims in the same order: of two hand-overs of the same devices one gets them all.
        foreach (var custody in custodies.OrderBy(c => c.State.DeviceId))
        {
            var (verdict, current) = await claims.ClaimAsync(custody, intent.State, CancellationToken.None);
            if (verdict != CustodyVerdict.Done) return await UndoAsync(intent, Refusals.Of(verdict, current.State), store, claims);
            claimed.Add(current);
        }

        var completed = intent.State.Complete();
        var answer = Completed(completed, intent.Version + 1);
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
        await store.WriteAsync(intent.With(intent.State.Refuse()), CancellationToken.None);
        // When somebody else was faster: the same request, sent twice, may have completed it; that is this one's answer too.
        if (await store.FindAsync<Handover>(intent.Id, CancellationToken.None) is { State.Status: HandoverStatus.Completed } done)
            return Completed(done.State, done.Version);
        await claims.ReleaseAsync(intent.State, CancellationToken.None);
        return refusal;
    }

    private static CreatedResource<HandoverView> Completed(Handover handover, long version) =>
        new(HandoverView.LocationOf(handover.HandoverId), HandoverView.Of(handover), version);

    /// <summary>A written intent with the custodies it is about, or why there is none.</summary>
    private sealed record Begun(Document<Handover>? Intent, IReadOnlyList<Document<Custody>> Custodies, ProblemHttpResult? Refusal)
    {
        public static Begun Not(ProblemHttpResult refusal) => new(null, [], refusal);
    }

    /// <param name="PersonId">Who receives the devices.</param>
    /// <param name="AssetTags">What is written on the devices, without regard to case.</param>
    /// <param name="EffectiveAt">When they were handed over; default now. Not before the person's first day and the devices' last change of hands.</param>
    /// <param name="DueBack">The day by which they are to come back; left out: open.</param>
    internal sealed record NewHandover(
        [property: Required] Guid? PersonId,
        [property: Required, MinLength(1), MaxLength(50)] IReadOnlyList<string>? AssetTags,
        DateTimeOffset? EffectiveAt,
        DateOnly? DueBack);
}
