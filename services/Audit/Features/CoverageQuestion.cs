using System.ComponentModel;
using Fleet.Audit.Domain;
using Fleet.Audit.Process;
using Fleet.Platform;
using Fleet.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Audit.Features;

/// <summary>What every question about coverage says: as known when, and of which unit.</summary>
/// <param name="KnownAt">Only facts recorded up to then count; default now.</param>
/// <param name="Unit">A unit with its subtree; default everything.</param>
internal sealed record CoverageQuestion(
    [property: Description("Only facts recorded up to this instant count, so that a report can be repeated as it was printed; default now.")] DateTimeOffset? KnownAt,
    [property: Description("Id of a unit; counts its subtree as it was on the day. Default: everything.")] Guid? Unit,
    CoverageView View, FleetCalendar Calendar, TimeProvider Time)
{
    /// <summary>The facts to answer from, and today; or why there is no answer.</summary>
    /// <param name="day">The day asked for; null: today.</param>
    /// <param name="name">What the request calls that day.</param>
    public async Task<(Known? Known, ProblemHttpResult? Refusal)> AskAsync(DateOnly? day, string name, CancellationToken ct)
    {
        var now = Time.GetUtcNow();
        var today = Calendar.DayOf(now);
        if (day > today) return (null, Problems.Invalid(name, "Must not lie in the future."));
        if (KnownAt > now) return (null, Problems.Invalid("knownAt", "Must not lie in the future."));

        var knownAt = (KnownAt ?? now).ToUniversalTime();
        var coverage = await View.KnownAtAsync(knownAt, ct);
        return Unit is { } unit && !coverage.Knows(unit) ? (null, Problems.NotFound("unit")) : (new Known(coverage, knownAt, day ?? today, Unit), null);
    }

    /// <summary>What was known, and the day it is about.</summary>
    public sealed record Known(Coverage Coverage, DateTimeOffset KnownAt, DateOnly Day, Guid? Unit)
    {
        public UnitName? UnitName => Unit is { } unit ? new UnitName(unit, Coverage.NameOf(unit, Day)!) : null;
    }
}
