using Fleet.Assignment.Domain;
using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Fleet.Platform.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Assignment.Features.Kits;

/// <summary>One kit.</summary>
internal static class GetKit
{
    public static void MapGetKit(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/kits/{id:guid}", Handle).WithName(nameof(GetKit)).RequireRole(Roles.Staff);

    private static async Task<Results<Resource<KitView>, ProblemHttpResult>> Handle(Guid id, IDocumentStore store, CancellationToken ct) =>
        await store.FindAsync<Kit>(id, ct) is { } kit ? new Resource<KitView>(KitView.Of(kit), kit.Version) : Problems.NotFound("kit");
}
