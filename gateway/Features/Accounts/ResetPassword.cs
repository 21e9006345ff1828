using Fleet.Gateway.Domain;
using Fleet.Gateway.Security;
using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Gateway.Features.Accounts;

/// <summary>Gives a person's account a new one-time password and says it, once. Its sessions end at once; a disabled one stays disabled, and the second factor stays unless it is to go.</summary>
internal static class ResetPassword
{
    public static void MapResetPassword(this IEndpointRouteBuilder routes) => routes.MapPost("/accounts/{id:guid}/reset", Handle).WithName(nameof(ResetPassword)).RequireRole(Roles.Admin).RequireRecentFactor()
        .ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(412);

    private static async Task<Results<Resource<OneTime>, ProblemHttpResult>> Handle(
        Guid id, Body<Request>? body, IfMatch ifMatch, Caller caller, AccountStore accounts, TimeProvider time, CancellationToken ct)
    {
        if (accounts.IsDemo(id)) return AccountRequests.Demo();
        var password = Secrets.OneTimePassword();
        var hash = AccountStore.Hash(password);
        while (await accounts.FindDocumentAsync(id, AccountKind.Person, ct) is { } found)
        {
            if (!ifMatch.Allows(found.Version)) return Problems.VersionMismatch();
            if (found.State.External is not null) return AccountRequests.External();
            var after = found.State.WithOneTimePassword(hash);
            List<string> changes = ["passwordReset"];
            if (body?.Value.SecondFactor == true && after.SecondFactor is not null)
            {
                after = after.WithFactor(null);
                changes.Add("secondFactorRemoved");
            }

            if (await accounts.ChangeAsync(found, after, changes, caller.At(time.GetUtcNow()), ct) is { } changed)
                return new Resource<OneTime>(new OneTime(id, changed.State.Subject, password), changed.Version);
        }

        return Problems.NotFound("account");
    }

    /// <param name="SecondFactor">Whether the second factor goes too: the phone and the recovery codes are lost. Left out: it stays.</param>
    internal sealed record Request(bool? SecondFactor);

    /// <param name="Id">The account.</param>
    /// <param name="UserName">To sign in with.</param>
    /// <param name="OneTimePassword">Must be changed at the next sign-in. Not kept in a readable form.</param>
    internal sealed record OneTime(Guid Id, string UserName, string OneTimePassword);
}
