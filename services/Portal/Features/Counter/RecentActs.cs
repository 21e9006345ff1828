using System.Globalization;

namespace Fleet.Portal.Features.Counter;

/// <summary>The last acts of this counter. The browser keeps which they were until it is closed; what they are is read anew each time, as whoever looks.</summary>
internal static class RecentActs
{
    public const int Most = 10;
    private const string Cookie = "fleet-counter";

    /// <summary>Newest first; what cannot be read is left out.</summary>
    public static IReadOnlyList<RecentAct> Of(HttpRequest request) => Parse(request.Cookies[Cookie]);

    /// <summary>Keeps what was done just now before what was done earlier.</summary>
    public static void Keep(HttpContext http, IReadOnlyList<RecentAct> done)
    {
        if (done.Count == 0) return;
        // An act repeated after a break answers as the first time: it is one. Of the same done twice with a device the newest can be corrected.
        var acts = done.Reverse().Concat(Of(http.Request)).DistinctBy(a => (a.Kind, a.Id)).Take(Most);
        http.Response.Cookies.Append(Cookie, Format(acts), new() { Path = Domain.CounterState.Path, HttpOnly = true, SameSite = SameSiteMode.Strict, IsEssential = true });
    }

    internal static string Format(IEnumerable<RecentAct> acts) =>
        string.Join('~', acts.Select(a => string.Create(CultureInfo.InvariantCulture, $"{(int)a.Kind}.{a.Id:N}.{a.PersonId:N}.{a.At.ToUnixTimeSeconds()}")));

    internal static IReadOnlyList<RecentAct> Parse(string? text)
    {
        var acts = new List<RecentAct>();
        foreach (var part in (text ?? "").Split('~').Take(Most))
        {
            if (part.Split('.') is [var kind, var id, var person, var at] && Enum.TryParse<RecentActKind>(kind, out var known) && Enum.IsDefined(known)
                && Guid.TryParse(id, out var parsed) && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < 253402300800)
                acts.Add(new RecentAct(known, parsed, Guid.TryParse(person, out var personId) ? personId : null, DateTimeOffset.FromUnixTimeSeconds(seconds)));
        }

        return acts;
    }
}

/// <summary>One act of the counter.</summary>
/// <param name="Id">The hand-over, or the device.</param>
/// <param name="PersonId">From whom a device was taken back.</param>
public sealed record RecentAct(RecentActKind Kind, Guid Id, Guid? PersonId, DateTimeOffset At);

public enum RecentActKind
{
    HandedOver,
    TakenBack,
    Repair,
    Lost,
}
