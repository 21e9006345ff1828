using System.ComponentModel.DataAnnotations;
using Fleet.Assignment.Domain;
using Fleet.Assignment.Process;
using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Fleet.Platform.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Assignment.Features.Custodies;

/// <summary>
/// Reports a device lost or stolen, held or not. 404 <c>device-unknown</c>, 409 <c>loss-already-reported</c>.
/// Employees report what they hold, as of now: 403 <c>not-yours</c>, <c>backdating-not-allowed</c>.
/// </summary>
internal static class ReportLoss
{
    public static void MapReportLoss(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/loss-reports", Handle).WithName(nameof(ReportLoss)).RequireRole(Roles.It, Roles.Admin, Roles.Employee).Idempotent<Custody>();

    private static async Task<Results<CreatedResource<CustodyView>, ProblemHttpResult>> Handle(
        Body<NewLossReport> body, Caller caller, RequestOrigin origin, IDocumentStore store, FindCustodies custodies, Claims claims, TimeProvider time, CancellationToken ct)
    {
        var request = body.Value;
        if (caller.IsOnlyEmployee && request.EffectiveAt is not null)
            return Problems.Forbidden("backdating-not-allowed", "Leave effectiveAt out; the loss counts from now on.");

        var loss = request.Kind == LossKind.Stolen ? CustodyStatus.Stolen : CustodyStatus.Lost;
        while (true)
        {
            if (await custodies.ByTagAsync(request.AssetTag!, ct) is not { } found) return custodies.Unknown([request.AssetTag!]);
            found = await claims.SettleAsync(found, ct);
            if (caller.RequireOwn(found.State.HolderId) is { } notYours) return notYours;
            found = await claims.BreakAsync(found, ct);

            var now = time.GetUtcNow();
            var (verdict, lost) = found.State.ReportLoss(loss, Guid.CreateVersion7(now), (request.EffectiveAt ?? found.State.EarliestFrom(now)).ToUniversalTime());
            if (verdict != CustodyVerdict.Done) return await Refusals.OfAsync(verdict, found.State, store, ct);

            var answer = new CreatedResource<CustodyView>(CustodyView.LocationOf(lost.DeviceId), await CustodyView.OfAsync(lost, store, ct), found.Version + 1);
            if ((await store.WriteAsync(found.With(lost), CustodyEvents.Changes(found, lost, caller.At(now)), origin.For(answer), ct)).IsWritten) return answer;
        }
    }

    internal enum LossKind
    {
        Lost,
        Stolen,
    }

    /// <param name="AssetTag">What is written on the device; compared folded.</param>
    /// <param name="Kind">Whether it was lost or stolen.</param>
    /// <param name="EffectiveAt">Since when it is gone; default now.</param>
    internal sealed record NewLossReport(
        [property: Required, StringLength(100)] string? AssetTag, [property: Required] LossKind? Kind, [property: NotInFuture] DateTimeOffset? EffectiveAt);
}
