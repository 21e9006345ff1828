using Fleet.Platform.Security;
using Fleet.Portal.Domain;
using Fleet.Portal.Parts;
using Fleet.Portal.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Portal.Features.Cases;

/// <summary>
/// Who starts, by first day, and what each still lacks; then those whose first day has come and who still wait, the newest first, page by page: their
/// number has no bound.
/// </summary>
internal static class ShowStarters
{
    private const string List = "api/assignment/cases";
    private const int Together = 200;

    public static void MapShowStarters(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/cases", Handle).WithName(nameof(ShowStarters)).RequireRole(Roles.Staff).IsLive();
        routes.MapGet("/cases.csv", HandleCsv).WithName($"{nameof(ShowStarters)}Csv").RequireRole(Roles.Staff);
    }

    private static async Task<Results<RazorComponentResult<StartersPage>, ProblemHttpResult>> Handle(string? cursor, FleetApi api, TypedTime times, CancellationToken ct)
    {
        var today = times.TodaysDay();
        var (coming, ready, late) = (
            api.GetAsync<Listed<Starter>>(AskComing("open", today, null), ct),
            api.GetAsync<Listed<Starter>>(AskComing("ready", today, FirstDays.LastAhead(today)), ct),
            api.GetAsync<Listed<Starter>>(AskLate(today, cursor), ct));
        await Task.WhenAll(coming, ready, late);
        if ((await coming).Value is not { } open || (await late).Value is not { } waiting) return Refusals.Of((await late).Value is null ? (await late).Status : (await coming).Status);
        return new RazorComponentResult<StartersPage>(new { Model = new StartersModel(open, (await ready).Value, waiting, cursor, today) });
    }

    private static async Task<Results<EmptyHttpResult, ProblemHttpResult>> HandleCsv(HttpContext http, FleetApi api, CancellationToken ct) =>
        await CsvDownload.SendAsync(http, await api.CsvAsync(Links.Of(List, [("status", "open"), ("sort", "startDate")]), ct), ct);

    /// <summary>The service's address for cases of those who start after today.</summary>
    public static string AskComing(string status, DateOnly today, DateOnly? until) =>
        Links.Of(List, [("status", status), ("startDateFrom", Links.Text(today.AddDays(1))), ("startDateTo", Links.Text(until)), ("sort", "startDate"), ("limit", $"{Together}")]);

    /// <summary>The service's address for a page of open cases whose first day has come.</summary>
    public static string AskLate(DateOnly today, string? cursor, int limit = ListQuery.Lines) =>
        Links.Of(List, [("status", "open"), ("startDateTo", Links.Text(today)), ("sort", "-startDate"), ("limit", $"{limit}"), ("cursor", cursor)]);
}

/// <summary>What the page shows.</summary>
/// <param name="Coming">Open cases of those who are to start, by first day.</param>
/// <param name="Ready">Cases of those who start in the weeks ahead and lack nothing, by first day; null: they could not be read.</param>
/// <param name="Late">Open cases of those whose first day has come.</param>
/// <param name="Cursor">Which page of them; null: the first, with the rest of the page above it.</param>
public sealed record StartersModel(Listed<Starter> Coming, Listed<Starter>? Ready, Listed<Starter> Late, string? Cursor, DateOnly Today)
{
    /// <summary>How many start soon and lack nothing.</summary>
    public int ReadySoon => Ready?.Items.Count(s => FirstDays.IsSoon(s.Person.StartDate, Today)) ?? 0;

    /// <summary>How many start soon, ready or not.</summary>
    public int Soon => ReadySoon + Coming.Items.Count(s => FirstDays.IsSoon(s.Person.StartDate, Today));

    /// <summary>Whether more start soon than could be read.</summary>
    public bool AreMore => ((Listed<Starter>?[])[Ready, Coming]).Any(l => l?.Next is not null && l.Items.All(s => FirstDays.IsSoon(s.Person.StartDate, Today)));

    /// <summary>The weeks ahead, as far as everybody who starts in them was read; nothing where that is not known, or nobody starts.</summary>
    public IReadOnlyList<StarterWeek> Weeks()
    {
        if (Ready is null || Cursor is not null) return [];
        var unknownFrom = ((Listed<Starter>[])[Ready, Coming]).Where(l => l.Next is not null).Select(l => (DateOnly?)l.Items[^1].Person.StartDate).Min();
        var weeks = FirstDays.Weeks([.. Ready.Items.Select(s => s.Person.StartDate)], [.. Coming.Items.Select(s => s.Person.StartDate)], Today, unknownFrom);
        return weeks.Any(w => w.Ready + w.NotReady > 0) ? weeks : [];
    }

    /// <summary>The groups that the page shows, in their order.</summary>
    public IEnumerable<(string Key, IReadOnlyList<Starter> Starters)> Groups() =>
        FirstDays.Groups.Select(key => (key, (IReadOnlyList<Starter>)[.. (key == FirstDays.Late ? Late : Coming).Items.Where(s => FirstDays.GroupOf(s.Person.StartDate, Today) == key)]))
            .Where(g => g.Item2.Count > 0 && (Cursor is null || g.key == FirstDays.Late));
}
