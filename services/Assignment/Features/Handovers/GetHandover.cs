using Fleet.Assignment.Domain;
using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Fleet.Platform.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Assignment.Features.Handovers;

/// <summary>One completed hand-over. Employees see their own: 403 <c>not-yours</c>.</summary>
internal static class GetHandover
{
    public static void MapGetHandover(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/handovers/{id:guid}", Handle).WithName(nameof(GetHandover)).RequireRole([.. Roles.Staff, Roles.Employee]);

    private static async Task<Results<Resource<HandoverView>, ProblemHttpResult>> Handle(Guid id, Caller caller, IDocumentStore store, CancellationToken ct)
    {
        if (await store.FindAsync<Handover>(id, ct) is not { State.Status: HandoverStatus.Completed } found) return Problems.NotFound("hand-over");
        return caller.RequireOwn(found.State.PersonId) is { } notYours
            ? notYours
            : new Resource<HandoverView>(await HandoverView.OfAsync(found.State, store, ct), found.Version);
    }
}
