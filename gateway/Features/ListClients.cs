using Fleet.Gateway.Domain;
using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Fleet.Platform.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Gateway.Features;

/// <summary>Lists the service accounts, without their secrets.</summary>
internal static class ListClients
{
    public static void MapListClients(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/clients", Handle).WithName(nameof(ListClients)).RequireRole(Roles.Admin);

    private static async Task<Ok<ListView<ClientView>>> Handle([AsParameters] Paging paging, IDocumentStore store, CancellationToken ct)
    {
        var page = await store.QueryAsync(paging.Of(new Query<Account> { Where = [Documents.IsOf(AccountKind.Client)] }), ct);
        return TypedResults.Ok(ListView<ClientView>.Of(page, d => new ClientView(d.State.Subject, d.State.Roles, d.State.CreatedAt)));
    }

    internal sealed record ClientView(string ClientId, IReadOnlyList<string> Roles, DateTimeOffset CreatedAt);
}
