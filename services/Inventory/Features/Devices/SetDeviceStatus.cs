using System.ComponentModel.DataAnnotations;
using Fleet.Inventory.Domain;
using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Fleet.Platform.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Inventory.Features.Devices;

/// <summary>Sets a device's status by hand: repair, loss, retirement. Hand-overs and returns set theirs by themselves.</summary>
internal static class SetDeviceStatus
{
    public static void MapSetDeviceStatus(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/devices/{id:guid}/status", HandleAsync).WithName(nameof(SetDeviceStatus)).WithSummary("Sets a device's status")
            .RequireRole(Roles.It, Roles.Admin).Idempotent<Device>()
            .ProducesValidationProblem().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed).ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<Results<Resource<DeviceView>, ProblemHttpResult>> HandleAsync(
        Guid id, Body<Request> body, Caller caller, RequestOrigin origin, IfMatch ifMatch, IDocumentStore store, TimeProvider time, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var request = body.Value;

        while (true)
        {
            if (await store.FindAsync<Device>(id, ct) is not { } found) return Problems.NotFound("device");
            if (!ifMatch.Allows(found.Version)) return Problems.VersionMismatch();

            var note = DeviceBody.TextOrNull(request.Note);
            var (verdict, device) = found.State.SetStatus(Guid.CreateVersion7(), request.Status!.Value, request.EffectiveAt, note, caller.Actor(), now);
            if (verdict == Verdict.TransitionRefused) return Refused(found.State.Stands().Status, request.Status.Value);
            if (verdict == Verdict.TooEarly) return Problems.TooEarly(found.State.EarliestChange());

            var changed = DeviceEvents.Decided(found, device, caller.Cause(now));
            var answer = await DeviceView.OfAsync(found.With(device) with { Version = found.Version + 1 }, store, ct);
            if ((await store.WriteAsync(found.With(device), [changed.Pending()], origin.For(answer), ct)).IsWritten) return answer;
        }
    }

    private static ProblemHttpResult Refused(DeviceStatus from, DeviceStatus to)
    {
        var allowed = Transitions.ByHand(from).Select(Events.Word).ToList();
        var possible = allowed.Count == 0 ? "nothing can be set any more" : $"can be set: {string.Join(", ", allowed)}";
        var detail = $"The device is {Events.Word(from)}; {Events.Word(to)} cannot be set by hand ({possible}).";
        return Problems.Conflict("status-transition-refused", detail, ("allowed", allowed));
    }

    /// <param name="Status">inStock, inRepair, lost, stolen, retired or disposed; which of them depends on the present one.</param>
    /// <param name="Note">Why, in a few words.</param>
    /// <param name="EffectiveAt">When it became true; now unless given, never before the last change.</param>
    internal sealed record Request(
        [property: Required] DeviceStatus? Status, [property: StringLength(500)] string? Note = null, [property: NotInFuture] DateTimeOffset? EffectiveAt = null);
}
