using System.ComponentModel;
using Fleet.Assignment.Domain;
using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Fleet.Platform.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Assignment.Features;

/// <summary>Lists completed hand-overs, oldest entry first.</summary>
internal static class ListHandovers
{
    public static void MapListHandovers(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/handovers", Handle).WithName(nameof(ListHandovers)).RequireRole(Roles.Staff);

    private static async Task<Ok<ListView<HandoverView>>> Handle(
        [Description("Only hand-overs to this person.")] Guid? personId, [AsParameters] Paging paging, IDocumentStore store, CancellationToken ct)
    {
        var condition = personId is { } person ? Documents.Receiver.Is(person) : Documents.HandoverStatus.Is(nameof(HandoverStatus.Completed));
        return TypedResults.Ok(ListView<HandoverView>.Of(await store.QueryAsync(paging.Of(new Query<Handover> { Where = [condition] }), ct), HandoverView.Of));
    }
}
