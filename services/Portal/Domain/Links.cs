using System.Globalization;

namespace Fleet.Portal.Domain;

/// <summary>Addresses of the portal's pages. They say what was chosen and leave defaults out.</summary>
internal static class Links
{
    public static string Coverage(Selection s) => Of("/coverage", [.. Common(s), .. Chart(s), ("open", s.Open?.ToString())]);

    /// <summary>The people whom a figure counts. The chart's part is kept, so that the way back leads to the same page.</summary>
    /// <param name="s">Day, unit and knowledge of the figure: pass on what it was counted with.</param>
    /// <param name="people">Whom it counts.</param>
    /// <param name="cursor">The next of the page before.</param>
    public static string People(Selection s, PeopleFilter people, string? cursor = null) =>
        Of("/coverage/people", [.. Common(s), .. Whom(people), .. Chart(s), ("cursor", cursor)]);

    /// <summary>The figures for paper: day, unit and knowledge.</summary>
    public static string CoveragePrint(Selection s) => Of("/coverage/print", Common(s));

    /// <summary>The figures of every unit as a table to take along.</summary>
    public static string CoverageCsv(Selection s) => Of("/coverage.csv", Common(s));

    /// <summary>The people whom a figure counts, as a table to take along.</summary>
    public static string PeopleCsv(Selection s) => Of("/coverage/people.csv", [.. Common(s), .. Whom(s.People)]);

    /// <summary>What stands on paper, to call the same figures up again: day, unit and knowledge and nothing else.</summary>
    public static string CoverageReference(Selection s) => Of("/coverage", Common(s));

    public static string Culture(string culture, string returnUrl) => Of("/culture", [("culture", culture), ("returnUrl", returnUrl)]);

    public static string SignIn(string returnUrl) => Of("/sign-in", [("returnUrl", returnUrl is "/" ? null : returnUrl)]);

    /// <summary>The audit service's own query for the same selection.</summary>
    public static string AuditCoverage(Selection s, bool perUnit, bool onlyUnit) =>
        Of("api/audit/coverage", [("asOf", Text(s.Day)), ("knownAt", Text(s.KnownAt)), ("unit", onlyUnit ? s.Unit?.ToString() : null), ("per", perUnit ? "unit" : null)]);

    public static string AuditSeries(Selection s) =>
        Of("api/audit/coverage/series", [("from", Text(s.ChartFrom)), ("to", Text(s.ChartTo)), ("step", Name<Step>(s.ChartStep)), ("unit", s.Unit?.ToString()), ("knownAt", Text(s.KnownAt))]);

    public static string AuditPeople(Selection s, string? cursor, int? limit) =>
        Of("api/audit/coverage/people",
        [
            ("asOf", Text(s.Day)), ("knownAt", Text(s.KnownAt)), ("unit", s.Unit?.ToString()), .. Whom(s.People),
            ("limit", limit?.ToString(CultureInfo.InvariantCulture)), ("cursor", cursor),
        ]);

    /// <summary>A path of this site, or the start page: never somebody else's address.</summary>
    public static string Local(string? url) =>
        url is ['/', ..] && url is not ['/', '/' or '\\', ..] && !url.Any(char.IsControl) ? url : "/";

    public static string? Text(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string? Text(DateTimeOffset? instant) => instant?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFZ", CultureInfo.InvariantCulture);

    private static IEnumerable<(string, string?)> Common(Selection s) =>
        [("asOf", Text(s.AsOf)), ("unit", s.Unit?.ToString()), ("knownAt", Text(s.KnownAt))];

    private static IEnumerable<(string, string?)> Whom(PeopleFilter people) =>
        [("with", PeopleFilter.Words(people.With)), ("without", PeopleFilter.Words(people.Without)), ("eligible", people.Eligible is { } eligible ? (eligible ? "true" : "false") : null)];

    private static IEnumerable<(string, string?)> Chart(Selection s) =>
        [("from", Text(s.From)), ("to", Text(s.To)), ("step", Name<Step>(s.Step))];

    public static string? Name<T>(T? choice) where T : struct, Enum => choice is { } c ? char.ToLowerInvariant($"{c}"[0]) + $"{c}"[1..] : null;

    /// <summary>An address with a query; what is empty is left out.</summary>
    public static string Of(string path, IEnumerable<(string Name, string? Value)> query)
    {
        var parts = query.Where(q => !string.IsNullOrEmpty(q.Value)).Select(q => $"{q.Name}={Uri.EscapeDataString(q.Value!).Replace("%2C", ",", StringComparison.Ordinal)}").ToList();
        return parts.Count == 0 ? path : $"{path}?{string.Join('&', parts)}";
    }
}
