using Fleet.Gateway.Domain;
using Fleet.Platform.Lists;
using Fleet.Platform.Security;
using Fleet.Platform.Store;

namespace Fleet.Gateway.Features.Accounts;

/// <summary>Lists the people who can sign in here; the demo's are not among them.</summary>
internal static class ListAccounts
{
    private static readonly ListOf<Account, AccountView> List = new(AccountDocument.Type)
    {
        Filters =
        [
            Filter.Word("role", AccountDocument.Role, Roles.All),
            Filter.Flag("disabled", AccountDocument.Disabled),
            Filter.Id("personId", AccountDocument.PersonId),
        ],
        Search = AccountDocument.Words,
        SearchedIn = "user name, name",
        Sorts = [Sort.By("userName", AccountDocument.Subject)],
        DefaultSort = "userName",
        Columns =
        [
            Column.Of<AccountView>("id", v => v.Id),
            Column.Of<AccountView>("userName", v => v.UserName),
            Column.Of<AccountView>("name", v => v.Name),
            Column.Of<AccountView>("roles", v => v.Roles),
            Column.Of<AccountView>("personId", v => v.PersonId),
            Column.Of<AccountView>("disabled", v => v.Disabled),
            Column.Of<AccountView>("secondFactor", v => v.SecondFactor),
            Column.Of<AccountView>("createdAt", v => v.CreatedAt),
        ],
        Always = (_, _) => ValueTask.FromResult<IReadOnlyList<Condition<Account>>>([AccountDocument.IsOf(AccountKind.Person)]),
    };

    public static void MapListAccounts(this IEndpointRouteBuilder routes) =>
        routes.MapList("/accounts", List, AccountView.Of).WithName(nameof(ListAccounts)).WithSummary("Lists accounts of people").RequireRole(Roles.Admin);
}
