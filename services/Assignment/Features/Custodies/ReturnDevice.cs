using System.ComponentModel.DataAnnotations;
using Fleet.Assignment.Domain;
using Fleet.Assignment.Process;
using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Fleet.Platform.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Assignment.Features;

/// <summary>Takes a device back, or notes that a lost one turned up. 404 <c>device-unknown</c>, 409 <c>device-not-issued</c>.</summary>
internal static class ReturnDevice
{
    public static void MapReturnDevice(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/returns", Handle).WithName(nameof(ReturnDevice)).RequireRole(Roles.It, Roles.Admin).Idempotent<Custody>();

    private static async Task<Results<CreatedResource<CustodyView>, ProblemHttpResult>> Handle(
        Body<NewReturn> body, Caller caller, RequestOrigin origin, IDocumentStore store, Claims claims, TimeProvider time, CancellationToken ct)
    {
        var request = body.Value;
        if (Problems.IfFuture(request.EffectiveAt, time.GetUtcNow()) is { } future) return future;

        while (true)
        {
            if (await Custodies.FindAsync(store, request.AssetTag!, time, ct) is not { } found) return Refusals.Unknown([request.AssetTag!]);
            found = await claims.SettleAsync(found, ct);

            var now = time.GetUtcNow();
            var (verdict, returned) = found.State.Return((request.EffectiveAt ?? found.State.EarliestFrom(now)).ToUniversalTime());
            if (verdict != CustodyVerdict.Done) return Refusals.Of(verdict, found.State);

            var answer = new CreatedResource<CustodyView>(CustodyView.LocationOf(returned.DeviceId), CustodyView.Of(returned), found.Version + 1);
            var fact = Facts.Returned(found, returned, caller.At(now), request.Condition?.Trim());
            if ((await store.WriteAsync(found.With(returned), [fact], origin.For(answer), ct)).IsWritten) return answer;
        }
    }

    /// <param name="AssetTag">What is written on the device, without regard to case.</param>
    /// <param name="Condition">In what condition it came back.</param>
    /// <param name="EffectiveAt">When it came back; default now.</param>
    internal sealed record NewReturn([property: Required, StringLength(100)] string? AssetTag, [property: StringLength(1000)] string? Condition, DateTimeOffset? EffectiveAt);
}
