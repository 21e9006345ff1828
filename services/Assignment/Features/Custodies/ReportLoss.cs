using System.ComponentModel.DataAnnotations;
using Fleet.Assignment.Domain;
using Fleet.Assignment.Process;
using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Fleet.Platform.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Assignment.Features;

/// <summary>
/// Reports a device lost or stolen, held or not. 404 <c>device-unknown</c>, 409 <c>loss-already-reported</c>.
/// Employees report what they hold, as of now: 403 <c>not-yours</c>, <c>backdating-not-allowed</c>.
/// </summary>
internal static class ReportLoss
{
    public static void MapReportLoss(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/loss-reports", Handle).WithName(nameof(ReportLoss)).RequireRole(Roles.It, Roles.Admin, Roles.Employee).Idempotent<Custody>();

    private static async Task<Results<CreatedResource<CustodyView>, ProblemHttpResult>> Handle(
        Body<NewLossReport> body, Caller caller, RequestOrigin origin, IDocumentStore store, Claims claims, TimeProvider time, CancellationToken ct)
    {
        var request = body.Value;
        if (caller.IsOnlyEmployee && request.EffectiveAt is not null)
            return Problems.Forbidden("backdating-not-allowed", "Leave effectiveAt out; the loss counts from now on.");
        if (Problems.IfFuture(request.EffectiveAt, time.GetUtcNow()) is { } future) return future;

        var loss = request.Kind == LossKind.Stolen ? CustodyStatus.Stolen : CustodyStatus.Lost;
        while (true)
        {
            if (await Custodies.FindAsync(store, request.AssetTag!, time, ct) is not { } found) return Refusals.Unknown([request.AssetTag!]);
            found = await claims.SettleAsync(found, ct);
            if (caller.IsOnlyEmployee && !(found.State.Status == CustodyStatus.Held && caller.Is(found.State.Holder)))
                return Problems.Forbidden("not-yours", "You do not hold this device.");
            found = await claims.BreakAsync(found, ct);

            var now = time.GetUtcNow();
            var (verdict, lost) = found.State.ReportLoss(loss, (request.EffectiveAt ?? found.State.EarliestFrom(now)).ToUniversalTime());
            if (verdict != CustodyVerdict.Done) return Refusals.Of(verdict, found.State);

            var answer = new CreatedResource<CustodyView>(CustodyView.LocationOf(lost.DeviceId), CustodyView.Of(lost), found.Version + 1);
            if ((await store.WriteAsync(found.With(lost), [Facts.LossReported(found, lost, caller.At(now))], origin.For(answer), ct)).IsWritten) return answer;
        }
    }

    internal enum LossKind
    {
        Lost,
        Stolen,
    }

    /// <param name="AssetTag">What is written on the device, without regard to case.</param>
    /// <param name="Kind">Whether it was lost or stolen.</param>
    /// <param name="EffectiveAt">Since when it is gone; default now.</param>
    internal sealed record NewLossReport(
        [property: Required, StringLength(100)] string? AssetTag, [property: Required] LossKind? Kind, DateTimeOffset? EffectiveAt);
}
