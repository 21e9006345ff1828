using System.Text;
using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Fleet.Platform.Store;
using Fleet.Provisioning.Domain;
using Fleet.Provisioning.Process;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Provisioning.Features.Accesses;

/// <summary>The wg-quick file of an active access, without the private key, which only its owner has.</summary>
internal static class ReadConfig
{
    public static void MapReadConfig(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/accesses/{id:guid}/config", Handle).WithName(nameof(ReadConfig)).RequireRole(Roles.It, Roles.Admin, Roles.Employee)
            .Produces<string>(StatusCodes.Status200OK, "text/plain");

    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> Handle(
        Guid id, Caller caller, IDocumentStore store, Standing standing, CancellationToken ct)
    {
        if (await store.FindAsync<Access>(id, ct) is not { } access) return Problems.NotFound("VPN access");
        if (caller.RequireOwn(access.State.PersonId) is { } notYours) return notYours;
        var now = await standing.OfAsync(access.State, ct);
        if (!now.IsLive) return AccessProblems.Ended(now);
        if (now.State != AccessState.Active) return Problems.Conflict("access-not-active", "Only an active access has a configuration. Enrol a public key first.");

        var gateway = await store.FindAsync<Gateway>(now.GatewayId!.Value, ct);
        return TypedResults.Text(PeerConfiguration.Of(now, gateway!.State), "text/plain", Encoding.UTF8);
    }
}
