using Fleet.Gateway.Domain;
using Fleet.Gateway.Security;
using Fleet.Platform.Lists;
using Fleet.Platform.Security;
using Fleet.Platform.Store;

namespace Fleet.Gateway.Features.Sessions;

/// <summary>Lists the sessions that have not ended: one's own; for administrators also those of another account.</summary>
internal static class ListSessions
{
    private static readonly ListOf<Session, SessionView> List = new(SessionDocument.Type)
    {
        Filters = [Filter.Id("accountId", SessionDocument.LiveOf, "Only those of these accounts, separated by commas; default: one's own. Others' only for administrators.")],
        Always = OnlyLiveAndOwnAsync,
    };

    public static void MapListSessions(this IEndpointRouteBuilder routes) => routes.MapList("/sessions", List, View)
        .WithName(nameof(ListSessions)).WithSummary("Lists sessions").RequireRole([.. Roles.All]).ProducesProblem(403);

    private static ValueTask<IReadOnlyList<Condition<Session>>> OnlyLiveAndOwnAsync(HttpContext http, CancellationToken ct)
    {
        List<Condition<Session>> conditions = [SessionDocument.ExpiresAt.AtLeast(Key.Of(http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow()))];
        if (!http.User.IsInRole(Roles.Admin) || !http.Request.Query.ContainsKey("accountId")) conditions.Add(SessionDocument.LiveOf.Is(Callers.AccountOf(http.User) ?? Guid.Empty));
        return ValueTask.FromResult<IReadOnlyList<Condition<Session>>>(conditions);
    }

    // An account that was changed ended its sessions at once; that they say so themselves follows a moment later.
    private static async Task<IReadOnlyList<SessionView>> View(IReadOnlyList<Document<Session>> page, HttpContext http, CancellationToken ct)
    {
        var accounts = http.RequestServices.GetRequiredService<AccountStore>();
        var now = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        List<SessionView> views = [];
        foreach (var session in page.Select(d => d.State))
        {
            if (await accounts.FindAsync(session.Subject, AccountKind.Person, ct) is { } account && session.Holds(account, now))
                views.Add(new SessionView(session.SessionId, session.AccountId, session.BegunAt, session.ExpiresAt, session.SessionId == Callers.SessionOf(http.User)));
        }

        return views;
    }
}
