using Fleet.Assignment.Domain;
using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Fleet.Platform.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Assignment.Features;

/// <summary>One completed hand-over.</summary>
internal static class GetHandover
{
    public static void MapGetHandover(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/handovers/{id:guid}", Handle).WithName(nameof(GetHandover)).RequireRole(Roles.Staff);

    private static async Task<Results<Resource<HandoverView>, ProblemHttpResult>> Handle(Guid id, IDocumentStore store, CancellationToken ct) =>
        await store.FindAsync<Handover>(id, ct) is { State.Status: HandoverStatus.Completed } found
            ? new Resource<HandoverView>(HandoverView.Of(found), found.Version)
            : Problems.NotFound("hand-over");
}
