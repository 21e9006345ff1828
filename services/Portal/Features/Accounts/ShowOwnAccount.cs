using Fleet.Platform.Security;
using Fleet.Portal.Domain;
using Fleet.Portal.Web;
using Fleet.Portal.Wording;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Portal.Features.Accounts;

/// <summary>Shows one's own account: roles, the way to password and second factor, and where one is signed in, each of which can be ended from here.</summary>
internal static class ShowOwnAccount
{
    private const string Path = "/account";

    public static void MapShowOwnAccount(this IEndpointRouteBuilder routes)
    {
        string[] all = [.. Roles.All];
        routes.MapGet(Path, ShowAsync).WithName(nameof(ShowOwnAccount)).RequireRole(all);
        routes.MapPost($"{Path}/sessions/{{session:guid}}/end", EndAsync).WithName("EndOwnSession").RequireRole(all);
        routes.MapPost($"{Path}/sessions/end", EndOthersAsync).WithName("EndOtherSessions").RequireRole(all);
    }

    public static string AskSessions(string? cursor) => Links.Of("auth/sessions", [("limit", "200"), ("cursor", cursor)]);

    private static async Task<Results<RazorComponentResult<OwnAccountPage>, ProblemHttpResult>> ShowAsync(string? done, FleetApi api, CancellationToken ct)
    {
        var (me, sessions) = (api.GetAsync<Me>("auth/me", ct), api.AllAsync<LiveSession>(AskSessions, ct));
        await Task.WhenAll(me, sessions);
        return (await me).Value is { } found
            ? new RazorComponentResult<OwnAccountPage>(new { Me = found, Sessions = await sessions ?? [], Done = Words.Find($"Own.Done.{done}") is null ? null : $"Own.Done.{done}" })
            : Refusals.Of((await me).Status);
    }

    private static async Task<Results<RedirectHttpResult, ProblemHttpResult>> EndAsync(Guid session, FleetApi api, CancellationToken ct) =>
        Ended(await api.DeleteAsync($"auth/sessions/{session}", ct));

    private static async Task<Results<RedirectHttpResult, ProblemHttpResult>> EndOthersAsync(FleetApi api, CancellationToken ct) => Ended(await api.DeleteAsync("auth/sessions", ct));

    // One that is over already is over.
    private static Results<RedirectHttpResult, ProblemHttpResult> Ended(Answer<Gone> answer) =>
        answer.Value is not null || answer.Status == StatusCodes.Status404NotFound ? TypedResults.LocalRedirect($"{Path}?done=ended") : Refusals.Of(answer.Status);
}

/// <summary>Who is signed in, as the gateway says.</summary>
/// <param name="Subject">The user name.</param>
/// <param name="SecondFactor">Whether one is set up.</param>
public sealed record Me(string Subject, string Name, IReadOnlyList<string> Roles, bool SecondFactor);
