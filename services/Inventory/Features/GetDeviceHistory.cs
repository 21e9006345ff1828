using Fleet.Inventory.Domain;
using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Fleet.Platform.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Inventory.Features;

/// <summary>Shows how a device's status and holder came about, oldest first.</summary>
internal static class GetDeviceHistory
{
    public static void MapGetDeviceHistory(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/devices/{id:guid}/history", HandleAsync).WithName(nameof(GetDeviceHistory)).WithSummary("Lists a device's changes of status and holder")
            .RequireRole(Roles.Staff).Produces<ListView<Line>>().ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<ListView<Line>>, ProblemHttpResult>> HandleAsync(Guid id, IDocumentStore store, CancellationToken ct) =>
        await store.FindAsync<Device>(id, ct) is { } found
            ? TypedResults.Ok(new ListView<Line>([.. found.State.Changes().Select(Line.Of)], null))
            : Problems.NotFound("device");

    /// <param name="At">When it became true (UTC).</param>
    /// <param name="RecordedAt">When the inventory learned it (UTC).</param>
    internal sealed record Line(DateTimeOffset At, DateTimeOffset RecordedAt, DeviceStatus Status, Actor Actor, HolderView? Holder = null, string? Note = null)
    {
        public static Line Of(StatusChange change) => new(change.At, change.RecordedAt, change.Status, change.Actor, HolderView.Of(change.Holder), change.Note);
    }
}
