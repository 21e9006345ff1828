using Fleet.Assignment.Domain;
using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Fleet.Platform.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Assignment.Features.Kits;

/// <summary>Lists kits, oldest entry first.</summary>
internal static class ListKits
{
    public static void MapListKits(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/kits", Handle).WithName(nameof(ListKits)).RequireRole(Roles.Staff);

    private static async Task<Ok<ListView<KitView>>> Handle([AsParameters] Paging paging, IDocumentStore store, CancellationToken ct) =>
        TypedResults.Ok(ListView<KitView>.Of(await store.QueryAsync(paging.Of(new Query<Kit>()), ct), KitView.Of));
}
