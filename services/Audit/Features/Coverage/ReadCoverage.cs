using System.ComponentModel;
using System.Text.Json.Serialization;
using Fleet.Audit.Domain;
using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Audit.Features.Coverage;

/// <summary>Says how many of the staff are equipped at the end of a day, of a unit or of everything, and of each unit in it.</summary>
internal static class ReadCoverage
{
    public static void MapReadCoverage(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/coverage", Handle).WithName(nameof(ReadCoverage)).RequireRole(Roles.StaffAndManagers);

    private static async Task<Results<Ok<View>, ProblemHttpResult>> Handle(
        [Description("The day; default today.")] DateOnly? asOf,
        [Description("`unit`: the figures of every unit in the subtree too.")][Words("unit")] string? per,
        [AsParameters] CoverageQuestion question, CancellationToken ct)
    {
        var isPerUnit = Choice.Of<Detail>(per, "per") is not null;
        var (known, refusal) = await question.AskAsync(asOf, "asOf", ct);
        if (known is null) return refusal!;

        var figures = known.Coverage.Of(known.Day, known.Unit);
        var units = !isPerUnit ? null : known.Coverage.PerUnit(known.Day, known.Unit).Select(UnitView.Of).ToList();
        return TypedResults.Ok(new View(
            known.Day, known.KnownAt, known.LogPosition, known.UnitName, figures.Staff, figures.Eligible, figures.WithLaptop, figures.WithVpn, figures.Ready,
            figures.EligibleNotReady, PercentagesView.Of(figures), units));
    }

    /// <summary>What the figures can be broken down to.</summary>
    private enum Detail
    {
        Unit,
    }

    /// <param name="AsOf">The figures are the state at the end of this day.</param>
    /// <param name="KnownAt">Ask with this to get the same figures again.</param>
    /// <param name="LogPosition">Sequence of the last entry of the log that counts.</param>
    /// <param name="Unit">Null: everything. On a day before the unit began nobody is in it.</param>
    /// <param name="Units">With per=unit: those that existed on the day, parents before children, siblings by name.</param>
    private sealed record View(
        DateOnly AsOf, DateTimeOffset KnownAt, long LogPosition, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] UnitName? Unit,
        int Staff, int Eligible, int WithLaptop, int WithVpn, int Ready,
        [property: Description(FigureTexts.EligibleNotReady)] int EligibleNotReady, PercentagesView Percentages, IReadOnlyList<UnitView>? Units);

    /// <summary>A unit on that day and the figures of its subtree.</summary>
    private sealed record UnitView(
        Guid Id, string Name, string Kind, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] Guid? ParentId,
        int Staff, int Eligible, int WithLaptop, int WithVpn, int Ready,
        [property: Description(FigureTexts.EligibleNotReady)] int EligibleNotReady, PercentagesView Percentages)
    {
        public static UnitView Of(UnitFigures unit)
        {
            var figures = unit.Figures;
            return new UnitView(
                unit.Id, unit.Name, unit.Kind, unit.ParentId, figures.Staff, figures.Eligible, figures.WithLaptop, figures.WithVpn, figures.Ready,
                figures.EligibleNotReady, PercentagesView.Of(figures));
        }
    }
}
