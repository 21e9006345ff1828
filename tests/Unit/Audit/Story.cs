using Fleet.Contracts;

namespace Fleet.Tests.Unit.Audit;

/// <summary>A few events told one by one, as the services publish them: each holds the whole history of what it is about.</summary>
internal sealed class Story
{
    private readonly Dictionary<Guid, long> _versions = [];
    private readonly Dictionary<Guid, Timeline> _custodies = [];
    private readonly Dictionary<Guid, PersonState> _people = [];
    private readonly List<IFleetEvent> _events = [];

    public IReadOnlyList<IFleetEvent> Events => _events;

    public Guid Unit(DateOnly? from = null, Guid? parent = null, Guid? id = null)
    {
        var unit = id ?? Guid.CreateVersion7();
        var state = new UnitState { UnitId = unit, Kind = "office", Periods = [new UnitPeriod { From = from, Name = "Unit", ParentId = parent }] };
        _events.Add(new UnitChanged { Meta = Meta(unit, DateTimeOffset.UnixEpoch), Unit = state });
        return unit;
    }

    public Guid Person(DateOnly? start = null, DateOnly? end = null, Guid? unit = null)
    {
        var id = Guid.CreateVersion7();
        var first = start ?? new DateOnly(2019, 1, 1);
        _people[id] = new PersonState
        {
            PersonId = id,
            PersonnelNumber = "4711",
            UserName = "erika.muster",
            GivenName = "Erika",
            FamilyName = "Müster",
            Email = "erika@example.org",
            StartDate = first,
            EndDate = end,
            Employments = [new EmploymentPeriod { StartDate = first, EndDate = end }],
            Placements = [new PlacementPeriod { From = first, UnitId = unit ?? Guid.CreateVersion7(), HomeOfficeEligible = true }],
        };
        _events.Add(new PersonRegistered { Meta = Meta(id, new DateTimeOffset(2019, 1, 1, 0, 0, 0, TimeSpan.Zero)), Person = _people[id] });
        return id;
    }

    public void Employ(Guid person, params IReadOnlyList<(DateOnly First, DateOnly? Last)> employments)
    {
        _people[person] = _people[person] with { Employments = [.. employments.Select(e => new EmploymentPeriod { StartDate = e.First, EndDate = e.Last })] };
        _events.Add(new PersonChanged { Meta = Meta(person, DateTimeOffset.UnixEpoch), Person = _people[person] });
    }

    public Guid Issue(Guid person, DateTimeOffset at, Guid? device = null)
    {
        var id = device ?? Guid.CreateVersion7();
        _custodies.TryAdd(id, new Timeline(CustodyStates.Free));
        _events.Add(new DeviceIssued { Custody = Put(id, at, null, CustodyStates.Held, person), Meta = Meta(id, at) });
        return id;
    }

    public void Return(Guid device, DateTimeOffset at) =>
        _events.Add(new DeviceReturned { Custody = Put(device, at, null, CustodyStates.Free, null), Meta = Meta(device, at) });

    /// <summary>Lost from then until the end of the spell in which it lies.</summary>
    public void Lose(Guid device, DateTimeOffset at)
    {
        var spell = _custodies[device].At(at)!;
        _events.Add(new DeviceLossReported { Custody = Put(device, at, _custodies[device].EndOf(spell), CustodyStates.Stolen, spell.Person), Meta = Meta(device, at) });
    }

    public void Correct(Guid device, DateTimeOffset from, DateTimeOffset? until, Guid? holder) => _events.Add(new CustodyCorrected
    {
        Custody = Put(device, from, until, holder is null ? CustodyStates.Free : CustodyStates.Held, holder),
        Meta = Meta(device, from),
        Reason = "Wrong person",
    });

    public Guid Activate(Guid person, DateTimeOffset at, DateOnly? expiresOn = null)
    {
        var id = Guid.CreateVersion7();
        var access = new VpnAccessState
        {
            AccessId = id,
            PersonId = person,
            State = AccessStates.Active,
            ExpiresOn = expiresOn,
            Spells = [new AccessSpell { From = at, State = AccessStates.Active }],
        };
        _events.Add(new VpnAccessActivated { Meta = Meta(id, at), Access = access });
        return id;
    }

    private CustodyState Put(Guid device, DateTimeOffset from, DateTimeOffset? until, string state, Guid? person)
    {
        _custodies[device].Put(from, until, state, person);
        return CustodyOf(device, "LT-1", DeviceKinds.Laptop, _custodies[device]);
    }

    public static CustodyState CustodyOf(Guid device, string tag, string kind, Timeline timeline) => new()
    {
        DeviceId = device,
        AssetTag = tag,
        Kind = kind,
        Status = timeline.Last?.State ?? CustodyStates.Free,
        Spells = [.. timeline.Pieces.Select(p => new CustodySpell { SpellId = p.Id, From = p.From, Until = timeline.EndOf(p), State = p.State, PersonId = p.Person })],
    };

    private EventMeta Meta(Guid id, DateTimeOffset effectiveAt)
    {
        var version = _versions[id] = _versions.GetValueOrDefault(id) + 1;
        return new EventMeta
        {
            EventId = Guid.CreateVersion7(),
            AggregateId = id,
            AggregateVersion = version,
            StreamNumber = version,
            EffectiveAt = effectiveAt,
            RecordedAt = new DateTimeOffset(2020, 6, 1, 8, 0, 0, TimeSpan.Zero).AddSeconds(_events.Count),
            Actor = new Actor { Subject = "it", Role = "it" },
            CorrelationId = Guid.CreateVersion7(),
        };
    }
}
