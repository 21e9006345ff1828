using Fleet.Assignment.Domain;
using Fleet.Platform.Store;

namespace Fleet.Assignment.Features.Units;

/// <param name="EffectiveFrom">Since when name and parent are as they are; absent: always.</param>
/// <param name="Begins">The unit's first day; absent: it has always been there.</param>
/// <param name="History">Name and parent from each day on.</param>
internal sealed record UnitView(
    Guid Id, string Name, UnitKind Kind, Guid? ParentId, DateOnly? EffectiveFrom, DateOnly? Begins, IReadOnlyList<Domain.UnitPeriod> History)
{
    public static UnitView Of(Document<Unit> unit) => Of(unit.State);

    public static UnitView Of(Unit unit) =>
        new(unit.UnitId, unit.Current.Name, unit.Kind, unit.Current.ParentId, unit.Current.From, unit.Begins, unit.Periods);
}
