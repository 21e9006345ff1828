using Fleet.Contracts;

namespace Fleet.Tests.Integration.Audit;

/// <summary>Events as the other services publish them, all of one unit of its own, so that tests do not count each other's people.</summary>
internal sealed class Told(Broker broker)
{
    private readonly Dictionary<Guid, long> _versions = [];

    public Guid Unit { get; } = Guid.CreateVersion7();

    public Guid CorrelationId { get; } = Guid.CreateVersion7();

    public static DateTimeOffset Day(int month, int day) => new(2020, month, day, 9, 0, 0, TimeSpan.Zero);

    public async Task<Guid> UnitAsync(string name, Guid? parent = null, Guid? id = null, DateOnly? from = null)
    {
        var unit = id ?? Unit;
        var periods = new[] { new UnitPeriod { From = from, Name = name, ParentId = parent } };
        await broker.PublishAsync(new UnitChanged { Meta = Meta(unit, Day(1, 1)), Unit = new UnitState { UnitId = unit, Kind = UnitKinds.Office, Periods = periods } });
        return unit;
    }

    public PersonRegistered Person(string familyName, Guid? unit = null)
    {
        var id = Guid.CreateVersion7();
        return new PersonRegistered
        {
            Meta = Meta(id, Day(1, 1)),
            Person = new PersonState
            {
                PersonId = id,
                PersonnelNumber = $"P-{id:N}",
                UserName = "u",
                GivenName = "Änne",
                FamilyName = familyName,
                Email = "u@example.org",
                StartDate = new DateOnly(2020, 1, 1),
                Employments = [new EmploymentPeriod { StartDate = new DateOnly(2020, 1, 1) }],
                Placements = [new PlacementPeriod { From = new DateOnly(2020, 1, 1), UnitId = unit ?? Unit, HomeOfficeEligible = true }],
            },
        };
    }

    public async Task<Guid> PersonAsync(string familyName, Guid? unit = null)
    {
        var person = Person(familyName, unit);
        await broker.PublishAsync(person);
        return person.Person.PersonId;
    }

    public DeviceIssued Issued(Guid person, DateTimeOffset at, string tag = "LT-1")
    {
        var device = Guid.CreateVersion7();
        return new DeviceIssued
        {
            Meta = Meta(device, at),
            Custody = new CustodyState
            {
                DeviceId = device,
                AssetTag = tag,
                Kind = DeviceKinds.Laptop,
                Status = CustodyStates.Held,
                Spells = [new CustodySpell { SpellId = Guid.CreateVersion7(), From = at, State = CustodyStates.Held, PersonId = person }],
            },
        };
    }

    public DeviceLossReported Lost(DeviceIssued issued, DateTimeOffset at)
    {
        var held = issued.Custody.Spells[0];
        return new DeviceLossReported
        {
            Meta = Meta(issued.Meta.AggregateId, at),
            Custody = issued.Custody with
            {
                Status = CustodyStates.Stolen,
                Spells = [held with { Until = at }, new CustodySpell { SpellId = Guid.CreateVersion7(), From = at, State = CustodyStates.Stolen, PersonId = held.PersonId }],
            },
        };
    }

    public VpnAccessActivated Activated(Guid person, DateTimeOffset at)
    {
        var access = Guid.CreateVersion7();
        return new VpnAccessActivated
        {
            Meta = Meta(access, at),
            Access = new VpnAccessState
            {
                AccessId = access,
                PersonId = person,
                State = AccessStates.Active,
                Address = "10.20.0.7",
                Spells = [new AccessSpell { From = at, State = AccessStates.Active }],
            },
        };
    }

    public EventMeta Meta(Guid id, DateTimeOffset effectiveAt) => new()
    {
        EventId = Guid.CreateVersion7(),
        AggregateId = id,
        AggregateVersion = _versions[id] = _versions.GetValueOrDefault(id) + 1,
        StreamNumber = _versions[id],
        EffectiveAt = effectiveAt,
        RecordedAt = TimeProvider.System.GetUtcNow(),
        Actor = new Actor { Subject = "demo-it", Role = "it" },
        CorrelationId = CorrelationId,
    };
}
