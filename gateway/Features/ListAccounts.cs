using Fleet.Gateway.Domain;
using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Fleet.Platform.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Gateway.Features;

/// <summary>Lists the people who can sign in here.</summary>
internal static class ListAccounts
{
    public static void MapListAccounts(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/accounts", Handle).WithName(nameof(ListAccounts)).RequireRole(Roles.Admin);

    private static async Task<Ok<ListView<AccountView>>> Handle([AsParameters] Paging paging, IDocumentStore store, CancellationToken ct)
    {
        var page = await store.QueryAsync(paging.Of(new Query<Account> { Where = [Documents.IsOf(AccountKind.Person)] }), ct);
        return TypedResults.Ok(ListView<AccountView>.Of(page, d => View(d.State)));
    }

    private static AccountView View(Account a) => new(a.Subject, a.Name, a.Roles, a.PersonId, a.HasOneTimePassword, a.CreatedAt);

    /// <param name="HasOneTimePassword">They have not signed in yet.</param>
    internal sealed record AccountView(string UserName, string Name, IReadOnlyList<string> Roles, Guid? PersonId, bool HasOneTimePassword, DateTimeOffset CreatedAt);
}
