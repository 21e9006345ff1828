using Fleet.Gateway.Domain;
using Fleet.Gateway.Features.Accounts;
using Fleet.Platform.Lists;
using Fleet.Platform.Security;
using Fleet.Platform.Store;

namespace Fleet.Gateway.Features.Clients;

/// <summary>Lists the service accounts, without their secrets; the demo's are not among them.</summary>
internal static class ListClients
{
    private static readonly ListOf<Account, ClientView> List = new(AccountDocument.Type)
    {
        Filters = [Filter.Word("role", AccountDocument.Role, Roles.All), Filter.Flag("disabled", AccountDocument.Disabled)],
        Search = AccountDocument.Words,
        SearchedIn = "client id",
        Sorts = [Sort.By("clientId", AccountDocument.Subject)],
        DefaultSort = "clientId",
        Columns =
        [
            Column.Of<ClientView>("id", v => v.Id),
            Column.Of<ClientView>("clientId", v => v.ClientId),
            Column.Of<ClientView>("roles", v => v.Roles),
            Column.Of<ClientView>("disabled", v => v.Disabled),
            Column.Of<ClientView>("createdAt", v => v.CreatedAt),
        ],
        Always = (_, _) => ValueTask.FromResult<IReadOnlyList<Condition<Account>>>([AccountDocument.IsOf(AccountKind.Client)]),
    };

    public static void MapListClients(this IEndpointRouteBuilder routes) =>
        routes.MapList("/clients", List, ClientView.Of).WithName(nameof(ListClients)).WithSummary("Lists service accounts").RequireRole(Roles.Admin);
}
