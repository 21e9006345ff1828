using Fleet.Platform.Security;
using Fleet.Portal.Web;
using Fleet.Portal.Wording;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Portal.Features.Accounts;

/// <summary>Shows an account, what can be done with it now, and its sessions.</summary>
internal static class ShowAccount
{
    public static void MapShowAccount(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/admin/accounts/{id:guid}", Handle).WithName(nameof(ShowAccount)).RequireRole(AccountActs.Roles);

    private static async Task<Results<RazorComponentResult<AccountPage>, ProblemHttpResult>> Handle(Guid id, string? done, FleetApi api, CancellationToken ct)
    {
        var (account, sessions) = (api.GetAsync<Account>(AccountActs.Ask(id), ct), api.AllAsync<LiveSession>(cursor => AccountActs.AskSessions(id, cursor), ct));
        await Task.WhenAll(account, sessions);
        return (await account).Value is { } found
            ? new RazorComponentResult<AccountPage>(new { Model = new AccountModel(found, await sessions ?? [], Words.Find($"Account.Done.{done}") is null ? null : $"Account.Done.{done}") })
            : Refusals.Of((await account).Status);
    }
}

/// <summary>What the page shows.</summary>
/// <param name="Done">The key of the text that says what was done just now.</param>
public sealed record AccountModel(Account Account, IReadOnlyList<LiveSession> Sessions, string? Done);
