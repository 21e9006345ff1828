using System.Text;
using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Fleet.Platform.Store;
using Fleet.Provisioning.Domain;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Provisioning.Features;

/// <summary>The wg-quick file of an active access, without the private key, which only its owner has.</summary>
internal static class ReadConfig
{
    public static void MapReadConfig(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/accesses/{id:guid}/config", Handle).WithName(nameof(ReadConfig)).RequireRole(Roles.It, Roles.Admin, Roles.Employee)
            .Produces<string>(StatusCodes.Status200OK, "text/plain");

    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> Handle(Guid id, Caller caller, IDocumentStore store, CancellationToken ct)
    {
        if (await store.FindAsync<Access>(id, ct) is not { } access) return Problems.NotFound("VPN access");
        if (await caller.IfNotYoursAsync(access.State, store, ct) is { } notYours) return notYours;
        if (access.State.State != AccessState.Active) return Problems.Conflict("access-not-active", "Only an active access has a configuration. Enrol a public key first.");

        var gateway = await store.FindAsync<Gateway>(access.State.GatewayId!.Value, ct);
        return TypedResults.Text(PeerConfiguration.Of(access.State, gateway!.State), "text/plain", Encoding.UTF8);
    }
}
