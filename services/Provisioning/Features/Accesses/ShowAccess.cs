using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Fleet.Platform.Store;
using Fleet.Provisioning.Domain;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Provisioning.Features.Accesses;

/// <summary>Shows one VPN access.</summary>
internal static class ShowAccess
{
    public static void MapShowAccess(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/accesses/{id:guid}", Handle).WithName(nameof(ShowAccess)).RequireRole([.. Roles.Staff, Roles.Employee]);

    private static async Task<Results<Resource<AccessView>, ProblemHttpResult>> Handle(Guid id, Caller caller, IDocumentStore store, CancellationToken ct)
    {
        if (await store.FindAsync<Access>(id, ct) is not { } access) return Problems.NotFound("VPN access");
        if (caller.RequireOwn(access.State.PersonId) is { } notYours) return notYours;
        return new Resource<AccessView>(await AccessView.OfAsync(access.State, store, ct), access.Version);
    }
}
