using System.ComponentModel;
using System.Text.Json.Serialization;
using Fleet.Audit.Domain;
using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Audit.Features.Coverage;

/// <summary>Gives coverage over time: a point at the end of each day, week, month, quarter or year, and one on the last day.</summary>
internal static class ReadCoverageSeries
{
    private const int MostPoints = 2000;
    private const int DefaultDays = 90;

    public static void MapReadCoverageSeries(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/coverage/series", Handle).WithName(nameof(ReadCoverageSeries)).RequireRole(Roles.StaffAndManagers);

    private static async Task<Results<Ok<View>, ProblemHttpResult>> Handle(
        [Description("First day; default 90 days before the last.")] DateOnly? from,
        [Description("Last day; default today.")] DateOnly? to,
        [Description("How far the points lie apart; default day.")][Words("day", "week", "month", "quarter", "year")] string? step,
        [AsParameters] CoverageQuestion question, CancellationToken ct)
    {
        var interval = Choice.Of<Step>(step, "step") ?? Step.Day;
        var (known, refusal) = await question.AskAsync(to, "to", ct);
        if (known is null) return refusal!;

        var first = from ?? DateOnly.FromDayNumber(Math.Max(0, known.Day.DayNumber - DefaultDays));
        if (first > known.Day) return Problems.Invalid("from", "Must not lie after to.");
        var days = Steps.Between(first, known.Day, interval).Take(MostPoints + 1).ToList();
        if (days.Count > MostPoints) return Problems.Invalid("from", $"Asks for more than {MostPoints} points; take a longer step or fewer days.");

        var points = days.Select(day => PointView.Of(day, known.Coverage.Of(day, known.Unit))).ToList();
        return TypedResults.Ok(new View(first, known.Day, interval, known.KnownAt, known.LogPosition, known.UnitName, points));
    }

    /// <param name="KnownAt">Ask with this to get the same figures again.</param>
    /// <param name="LogPosition">Sequence of the last entry of the log that counts.</param>
    /// <param name="Unit">As it is called on the last day; null: everything.</param>
    private sealed record View(
        DateOnly From, DateOnly To, Step Step, DateTimeOffset KnownAt, long LogPosition,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] UnitName? Unit, IReadOnlyList<PointView> Points);

    /// <summary>The figures at the end of a day.</summary>
    private sealed record PointView(
        DateOnly AsOf, int Staff, int Eligible, int WithLaptop, int WithVpn, int Ready,
        [property: Description(FigureTexts.EligibleNotReady)] int EligibleNotReady, PercentagesView Percentages)
    {
        public static PointView Of(DateOnly day, Figures figures) =>
            new(day, figures.Staff, figures.Eligible, figures.WithLaptop, figures.WithVpn, figures.Ready, figures.EligibleNotReady, PercentagesView.Of(figures));
    }
}
