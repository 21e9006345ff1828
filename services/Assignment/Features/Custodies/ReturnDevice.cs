using System.ComponentModel.DataAnnotations;
using Fleet.Assignment.Domain;
using Fleet.Assignment.Process;
using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Fleet.Platform.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Assignment.Features.Custodies;

/// <summary>Takes a device back, or notes that a lost one turned up. 404 <c>device-unknown</c>, 409 <c>device-not-issued</c>.</summary>
internal static class ReturnDevice
{
    public static void MapReturnDevice(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/returns", Handle).WithName(nameof(ReturnDevice)).RequireRole(Roles.It, Roles.Admin).Idempotent<Custody>();

    private static async Task<Results<CreatedResource<CustodyView>, ProblemHttpResult>> Handle(
        Body<NewReturn> body, Caller caller, RequestOrigin origin, IDocumentStore store, FindCustodies custodies, Claims claims, TimeProvider time, CancellationToken ct)
    {
        var request = body.Value;

        while (true)
        {
            if (await custodies.ByTagAsync(request.AssetTag!, ct) is not { } found) return custodies.Unknown([request.AssetTag!]);
            found = await claims.SettleAsync(found, ct);
            // A correction on its way was decided without this return: it is to be said again.
            if (found.State.Claim?.CorrectionId is not null) found = await claims.BreakAsync(found, ct);

            var now = time.GetUtcNow();
            var (verdict, returned) = found.State.Return(Guid.CreateVersion7(now), (request.EffectiveAt ?? found.State.EarliestFrom(now)).ToUniversalTime());
            if (verdict != CustodyVerdict.Done) return await Refusals.OfAsync(verdict, found.State, store, ct);

            var view = await CustodyView.OfAsync(returned, store, ct);
            var answer = new CreatedResource<CustodyView>(CustodyView.LocationOf(returned.DeviceId), view, found.Version + 1);
            var events = CustodyEvents.Changes(found, returned, caller.At(now), request.Condition?.Trim());
            if ((await store.WriteAsync(found.With(returned), events, origin.For(answer), ct)).IsWritten) return answer;
        }
    }

    /// <param name="AssetTag">What is written on the device; compared folded.</param>
    /// <param name="Condition">In what condition it came back.</param>
    /// <param name="EffectiveAt">When it came back; default now.</param>
    internal sealed record NewReturn([property: Required, StringLength(100)] string? AssetTag, [property: StringLength(1000)] string? Condition, [property: NotInFuture] DateTimeOffset? EffectiveAt);
}
