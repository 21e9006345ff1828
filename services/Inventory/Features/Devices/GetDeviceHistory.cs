using Fleet.Inventory.Domain;
using Fleet.Inventory.Features.People;
using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Fleet.Platform.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Inventory.Features.Devices;

/// <summary>Shows how a device's status and holder came about, oldest first.</summary>
internal static class GetDeviceHistory
{
    public static void MapGetDeviceHistory(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/devices/{id:guid}/history", HandleAsync).WithName(nameof(GetDeviceHistory)).WithSummary("Lists a device's changes of status and holder")
            .RequireRole(Roles.Staff).Produces<ListView<Line>>().ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<ListView<Line>>, ProblemHttpResult>> HandleAsync(Guid id, IDocumentStore store, CancellationToken ct)
    {
        if (await store.FindAsync<Device>(id, ct) is not { } found) return Problems.NotFound("device");

        var history = found.State.History();
        var names = await PeopleNames.OfAsync(store, history.Select(c => c.HolderId), ct);
        return TypedResults.Ok(new ListView<Line>([.. history.Select(c => Line.Of(c, names))], null));
    }

    /// <param name="At">When it became true (UTC).</param>
    /// <param name="RecordedAt">When Fleet learned it (UTC).</param>
    internal sealed record Line(DateTimeOffset At, DateTimeOffset RecordedAt, DeviceStatus Status, Actor Actor, HolderView? Holder = null, string? Note = null)
    {
        public static Line Of(Change change, PeopleNames names) =>
            new(change.At, change.RecordedAt, change.Status, change.Actor, HolderView.Of(change.HolderId, names), change.Note);
    }
}
