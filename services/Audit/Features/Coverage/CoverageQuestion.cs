using System.ComponentModel;
using Fleet.Audit.Domain;
using Fleet.Audit.Process;
using Fleet.Platform;
using Fleet.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Audit.Features.Coverage;

/// <summary>What every question about coverage says: as known when, and of which unit.</summary>
/// <param name="KnownAt">Only what the log held then counts; default now.</param>
/// <param name="Unit">A unit with its subtree; default everything.</param>
internal sealed record CoverageQuestion(
    [property: Description("Only what the log held at this instant counts. Ask with the `knownAt` of an answer to get that answer again; default now.")] DateTimeOffset? KnownAt,
    [property: Description("Id of a unit; counts its subtree as it was on the day. Default: everything.")] Guid? Unit,
    Caller Caller, CoverageView View, FleetCalendar Calendar, TimeProvider Time)
{
    /// <summary>What to answer from, and the day; or why there is no answer.</summary>
    /// <param name="day">The day asked for; null: today.</param>
    /// <param name="name">What the request calls that day.</param>
    public async Task<(Known? Known, ProblemHttpResult? Refusal)> AskAsync(DateOnly? day, string name, CancellationToken ct)
    {
        var today = Calendar.DayOf(Time.GetUtcNow());
        if (day > today) return (null, Problems.Invalid(name, "Must not lie in the future."));
        if (await View.KnownAtAsync(KnownAt, ct) is not { } knowledge) return (null, Problems.Invalid("knownAt", "Must not lie in the future."));
        var own = Caller.IsOnlyManager ? OwnUnit(knowledge.Coverage, today) : null;
        var unit = Unit ?? own;
        // A manager's own unit as it is today, and what lay below it on the day; elsewhere there is nothing.
        if (unit is { } asked && !knowledge.Coverage.Knows(asked)) return (null, Problems.NotFound("unit"));
        if (Caller.IsOnlyManager && (own is not { } root || !knowledge.Coverage.IsWithin(unit!.Value, root, day ?? today))) return (null, Problems.NotFound("unit"));
        return (new Known(knowledge.Coverage, knowledge.KnownAt, knowledge.LogPosition, day ?? today, unit), null);
    }

    private Guid? OwnUnit(KnownCoverage coverage, DateOnly today) =>
        Caller.PersonId is { } own ? coverage.People(today, null).Where(p => p.Worker.Person.PersonId == own).Select(p => (Guid?)p.Status.UnitId).FirstOrDefault() : null;

    /// <summary>What was known, and the day it is about.</summary>
    public sealed record Known(KnownCoverage Coverage, DateTimeOffset KnownAt, long LogPosition, DateOnly Day, Guid? Unit)
    {
        public UnitName? UnitName => Unit is { } unit ? new UnitName(unit, Coverage.NameOf(unit, Day)!) : null;
    }
}
