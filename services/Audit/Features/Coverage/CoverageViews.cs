using System.Text.Json.Serialization;
using Fleet.Audit.Domain;

namespace Fleet.Audit.Features.Coverage;

/// <summary>A unit by its id and its name on the day asked for.</summary>
internal sealed record UnitName(Guid Id, string Name);

/// <summary>What OpenAPI says of figures.</summary>
internal static class FigureTexts
{
    public const string EligibleNotReady = "Eligible staff who lack a laptop, VPN or both: whom `coverage/people` lists with `eligible=true&without=laptop,vpn`.";
}

/// <summary>Percentages with one decimal, half away from zero; null of nobody.</summary>
/// <param name="LaptopOfStaff">withLaptop of staff.</param>
/// <param name="VpnOfStaff">withVpn of staff.</param>
/// <param name="ReadyOfStaff">ready of staff.</param>
/// <param name="ReadyOfEligible">ready of eligible.</param>
internal sealed record PercentagesView(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] decimal? LaptopOfStaff,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] decimal? VpnOfStaff,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] decimal? ReadyOfStaff,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] decimal? ReadyOfEligible)
{
    public static PercentagesView Of(Figures f) => new(
        Figures.Percent(f.WithLaptop, f.Staff), Figures.Percent(f.WithVpn, f.Staff), Figures.Percent(f.Ready, f.Staff), Figures.Percent(f.Ready, f.Eligible));
}
