using Fleet.Assignment.Domain;
using Fleet.Platform.Store;

namespace Fleet.Assignment.Features;

/// <param name="EffectiveFrom">Since when name and parent are as they are; absent: always.</param>
/// <param name="History">Name and parent from each day on.</param>
internal sealed record UnitView(Guid Id, string Name, UnitKind Kind, Guid? ParentId, DateOnly? EffectiveFrom, IReadOnlyList<UnitPeriod> History)
{
    public static UnitView Of(Document<Unit> unit) => Of(unit.State);

    public static UnitView Of(Unit unit) => new(unit.UnitId, unit.Current.Name, unit.Kind, unit.Current.ParentId, unit.Current.From, unit.Periods);
}

/// <param name="UnitId">The newest placement's unit.</param>
/// <param name="HomeOfficeEligible">The newest placement's eligibility.</param>
/// <param name="Placements">Unit and eligibility from each day on.</param>
internal sealed record PersonView(
    Guid Id, string PersonnelNumber, string UserName, string GivenName, string FamilyName, string Email, Guid UnitId,
    DateOnly StartDate, DateOnly? EndDate, bool HomeOfficeEligible, Guid? KitId, IReadOnlyList<Placement> Placements)
{
    public static PersonView Of(Document<Person> person) => Of(person.State);

    public static PersonView Of(Person person) => new(
        person.PersonId, person.PersonnelNumber, person.UserName, person.GivenName, person.FamilyName, person.Email, person.Current.UnitId,
        person.StartDate, person.EndDate, person.Current.HomeOfficeEligible, person.KitId, person.Placements);
}

internal sealed record KitView(Guid Id, string Name, IReadOnlyList<KitItem> Items)
{
    public static KitView Of(Document<Kit> kit) => Of(kit.State);

    public static KitView Of(Kit kit) => new(kit.KitId, kit.Name, kit.Items);
}

/// <param name="Person">Who received the devices, as they were called then.</param>
internal sealed record HandoverView(
    Guid Id, Guid PersonId, Holder Person, IReadOnlyList<HandedDevice> Devices, DateTimeOffset EffectiveAt, DateOnly? DueBack, DateTimeOffset? AcceptedAt,
    HandoverStatus Status)
{
    public static HandoverView Of(Document<Handover> handover) => Of(handover.State);

    public static HandoverView Of(Handover handover) => new(
        handover.HandoverId, handover.Receiver.PersonId, handover.Receiver, handover.Devices, handover.EffectiveAt, handover.DueBack, handover.AcceptedAt,
        handover.Status);

    public static string LocationOf(Guid id) => $"/api/assignment/handovers/{id}";
}

/// <param name="Holder">Who has it; absent when nobody does.</param>
/// <param name="LastHolder">Who had it last; absent while somebody has it.</param>
/// <param name="EffectiveAt">Since when it is so.</param>
internal sealed record CustodyView(
    Guid DeviceId, string AssetTag, string Kind, string Model, CustodyStatus Status, Holder? Holder, Holder? LastHolder, Guid? HandoverId, DateTimeOffset? EffectiveAt)
{
    public static CustodyView Of(Custody custody) => new(
        custody.DeviceId, custody.Device.AssetTag, custody.Device.Kind, custody.Device.Model, custody.Status,
        custody.Status == CustodyStatus.Held ? custody.Holder : null, custody.Status == CustodyStatus.Held ? null : custody.Holder,
        custody.HandoverId, custody.ChangedAt);

    /// <summary>The inventory shows who has a device; custody has no address of its own.</summary>
    public static string LocationOf(Guid deviceId) => $"/api/inventory/devices/{deviceId}";
}

/// <param name="Person">Whom the case is about.</param>
/// <param name="Items">Every line of the kit and how much of it is there.</param>
/// <param name="Missing">What the person still waits for; empty when ready.</param>
internal sealed record CaseView(
    Guid Id, Guid PersonId, CasePerson Person, string Kind, CaseStatus Status, IReadOnlyList<CaseItemView> Items, IReadOnlyList<MissingItemView> Missing,
    DateTimeOffset? OpenedAt, DateTimeOffset? ClosedAt)
{
    public static CaseView Of(JoinerCase joiner, Person person) => new(
        joiner.CaseId, joiner.PersonId, new CasePerson(person.PersonId, person.Name, person.StartDate), "joiner", joiner.Status,
        [.. joiner.Items.Select(i => new CaseItemView(i.Item.Kind, i.Item.Name, i.Item.Count, i.Fulfilled, !i.Item.IsAwaited))],
        [.. joiner.Items.Where(i => i.Missing > 0).Select(i => new MissingItemView(i.Item.Kind, i.Item.Name, i.Missing))],
        joiner.OpenedAt, joiner.ClosedAt);
}

internal sealed record CasePerson(Guid PersonId, string Name, DateOnly StartDate);

/// <param name="Optional">The case does not wait for it.</param>
internal sealed record CaseItemView(ItemKind Kind, string? Name, int Count, int Fulfilled, bool Optional);

/// <param name="Count">How many are missing.</param>
internal sealed record MissingItemView(ItemKind Kind, string? Name, int Count);
