using Fleet.Assignment.Domain;
using Fleet.Contracts;

namespace Fleet.Assignment.Features.Units;

/// <summary>Units as others see them.</summary>
internal static class UnitEvents
{
    public static UnitState ToState(this Unit unit) => new()
    {
        UnitId = unit.UnitId,
        Kind = unit.Kind.Wire(),
        Periods = [.. unit.Periods.Select(p => new Contracts.UnitPeriod { From = p.From, Name = p.Name, ParentId = p.ParentId })],
    };
}
