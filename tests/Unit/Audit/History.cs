using Fleet.Contracts;

namespace Fleet.Tests.Unit.Audit;

/// <summary>An invented county's events over half a year, the same for the same seed: moves, losses, re-issues, corrections backwards, changes of the clock.</summary>
internal sealed class History
{
    private static readonly DateTimeOffset Beginning = new(2019, 12, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Random _random;
    private readonly List<IFleetEvent> _events = [];
    private DateTimeOffset _now = Beginning;

    private History(int seed) => _random = new Random(seed);

    public List<Guid> Units { get; } = [];

    public IReadOnlyList<IFleetEvent> Events => _events;

    /// <summary>First to last day on which something is or becomes true.</summary>
    public DateOnly LastDay => DateOnly.FromDateTime(_now.UtcDateTime).AddDays(10);

    public static History Of(int seed)
    {
        var history = new History(seed);
        history.Live();
        return history;
    }

    private void Live()
    {
        var units = NewUnits();
        var people = Enumerable.Range(0, 24).Select(_ => NewPerson()).ToList();
        var devices = Enumerable.Range(0, 26).Select(i => new Custody(Id(), $"T-{i}", i % 5 == 4 ? "monitor" : "laptop")).ToList();
        var accesses = new List<Access>();
        for (var step = 0; step < 320; step++)
        {
            _now += TimeSpan.FromMinutes(_random.Next(1, 1500));
            switch (_random.Next(10))
            {
                case 0: MoveUnit(Any(units)); break;
                case 1: Change(Any(people)); break;
                case 2: if (_random.Next(3) == 0) people.Add(NewPerson()); break;
                case 3 or 4 or 5: HandOn(Any(devices), Any(people).State.PersonId); break;
                case 6: Lose(Any(devices)); break;
                // Mostly for somebody who has a device, as it really happens; otherwise hardly anybody is ready.
                case 7: accesses.Add(Request(_random.Next(4) > 0 && Any(devices).Holder is { } holder ? holder : Any(people).State.PersonId)); break;
                default: if (accesses.Count > 0) Advance(Any(accesses)); break;
            }
        }
    }

    private List<Unit> NewUnits()
    {
        var all = new List<Unit>();
        for (var i = 0; i < 9; i++)
        {
            var unit = new Unit { Id = Id() };
            unit.Periods.Add(new UnitPeriod { Name = $"Unit {i}", ParentId = i == 0 ? null : i < 4 ? all[0].Id : all[1 + (i % 3)].Id });
            all.Add(unit);
            Units.Add(unit.Id);
            Publish(unit);
        }

        return all;
    }

    private void MoveUnit(Unit unit)
    {
        var place = Units.IndexOf(unit.Id);
        if (place == 0) return;
        // Only below units that were made earlier, so that no ring comes about on any day.
        var from = Later(unit.Periods[^1].From ?? DateOnly.FromDateTime(Beginning.UtcDateTime), 20);
        if (from > Day(_now)) return;
        unit.Periods.Add(new UnitPeriod { From = from, Name = $"Unit {place}, renamed {unit.Version}", ParentId = Units[_random.Next(place)] });
        Publish(unit);
    }

    private Person NewPerson()
    {
        var start = Day(_now).AddDays(_random.Next(-400, 60));
        var person = new Person
        {
            State = new PersonState
            {
                PersonId = Id(),
                PersonnelNumber = $"{_events.Count}",
                GivenName = "Given",
                FamilyName = $"Family {_events.Count}",
                UserName = "user",
                Email = "user@example.org",
                StartDate = start,
                Placements = [new PlacementPeriod { From = start, UnitId = Any(Units), HomeOfficeEligible = _random.Next(4) > 0 }],
            },
        };
        _events.Add(new PersonRegistered { Meta = Meta(person.State.PersonId, ++person.Version, _now), Person = person.State });
        return person;
    }

    private void Change(Person person)
    {
        var state = person.State;
        if (_random.Next(5) == 0) state = state with { EndDate = state.EndDate is null ? Later(state.StartDate, 300) : null };
        else if (_random.Next(6) == 0) state = state with { StartDate = state.StartDate.AddDays(_random.Next(-5, 6)) };
        else
        {
            var placement = new PlacementPeriod { From = Later(state.Placements[^1].From, 60), UnitId = Any(Units), HomeOfficeEligible = _random.Next(4) > 0 };
            state = state with { Placements = [.. state.Placements, placement] };
        }

        person.State = state;
        _events.Add(new PersonChanged { Meta = Meta(state.PersonId, ++person.Version, _now), Person = state });
    }

    private void HandOn(Custody custody, Guid person)
    {
        var isHeld = custody.Status == "held";
        if (isHeld && _random.Next(3) > 0) return;
        custody.Since = Between(custody.Since, _now);
        if (isHeld || custody.Status is "lost" or "stolen")
        {
            custody.Status = "free";
            _events.Add(new DeviceReturned { Meta = Meta(custody.DeviceId, ++custody.Version, custody.Since), Custody = custody.State() });
        }
        else
        {
            custody.Status = "held";
            custody.Holder = person;
            _events.Add(new DeviceIssued { Meta = Meta(custody.DeviceId, ++custody.Version, custody.Since), Custody = custody.State() });
        }
    }

    private void Lose(Custody custody)
    {
        custody.Since = Between(custody.Since, _now);
        custody.Status = _random.Next(2) == 0 ? "lost" : "stolen";
        // Sometimes only the inventory hears of it, sometimes only the custody, mostly both and in either order.
        var which = _random.Next(4);
        if (which != 0)
            _events.Add(new DeviceLossReported { Meta = Meta(custody.DeviceId, ++custody.Version, custody.Since), Custody = custody.State() });
        if (which != 1)
        {
            var device = new DeviceState { DeviceId = custody.DeviceId, AssetTag = custody.AssetTag, Kind = custody.Kind, Status = custody.Status };
            _events.Add(new DeviceStatusChanged { Meta = Meta(custody.DeviceId, ++custody.InventoryVersion, custody.Since), Device = device, PreviousStatus = "assigned" });
        }
    }

    private Access Request(Guid person)
    {
        var access = new Access
        {
            Since = Between(_now.AddDays(-20), _now),
            State = new VpnAccessState { AccessId = Id(), PersonId = person, State = "requested", ExpiresOn = _random.Next(6) == 0 ? Day(_now).AddDays(_random.Next(40)) : null },
        };
        _events.Add(new VpnAccessRequested { Meta = Meta(access.State.AccessId, ++access.Version, access.Since), Access = access.State });
        return access;
    }

    private void Advance(Access access)
    {
        // An end may lie before the activation: the device turns out to have been given back earlier.
        var at = Between(access.Since, _now);
        if (access.State.State == "requested" && _random.Next(5) > 0)
        {
            access.State = access.State with { State = "active", Address = "10.20.0.7" };
            _events.Add(new VpnAccessActivated { Meta = Meta(access.State.AccessId, ++access.Version, at), Access = access.State });
        }
        else if (access.State.State != "revoked" && _random.Next(6) == 0)
        {
            access.State = access.State with { State = "revoked", Reason = "returned" };
            _events.Add(new VpnAccessRevoked { Meta = Meta(access.State.AccessId, ++access.Version, at), Access = access.State });
        }
    }

    private void Publish(Unit unit) => _events.Add(new UnitChanged
    {
        Meta = Meta(unit.Id, ++unit.Version, _now),
        Unit = new UnitState { UnitId = unit.Id, Kind = "office", Periods = [.. unit.Periods] },
    });

    private EventMeta Meta(Guid id, long version, DateTimeOffset effectiveAt)
    {
        _now += TimeSpan.FromSeconds(1);
        return new EventMeta
        {
            EventId = Id(),
            AggregateId = id,
            AggregateVersion = version,
            EffectiveAt = effectiveAt,
            RecordedAt = _now,
            Actor = new Actor { Subject = "it", Role = "it" },
            CorrelationId = Id(),
        };
    }

    /// <summary>An instant between the two, often within a minute of midnight in Berlin, where days are told apart wrongly if at all.</summary>
    private DateTimeOffset Between(DateTimeOffset first, DateTimeOffset last)
    {
        var at = first + ((last - first) * _random.NextDouble());
        if (_random.Next(3) > 0) return at;
        var midnight = new DateTimeOffset(at.UtcDateTime.Date, TimeSpan.Zero).AddHours(at.Month is > 3 and < 11 ? 22 : 23).AddSeconds(_random.Next(-1, 2));
        return midnight < first || midnight > last ? at : midnight;
    }

    private DateOnly Later(DateOnly day, int most) => day.AddDays(_random.Next(1, most));

    private static DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);

    private T Any<T>(List<T> of) => of[_random.Next(of.Count)];

    private Guid Id()
    {
        var bytes = new byte[16];
        _random.NextBytes(bytes);
        return new Guid(bytes);
    }

    private sealed class Unit
    {
        public Guid Id { get; init; }

        public long Version { get; set; }

        public List<UnitPeriod> Periods { get; } = [];
    }

    private sealed class Person
    {
        public required PersonState State { get; set; }

        public long Version { get; set; }
    }

    private sealed class Custody(Guid deviceId, string assetTag, string kind)
    {
        public Guid DeviceId => deviceId;

        public string AssetTag => assetTag;

        public string Kind => kind;

        public string Status { get; set; } = "free";

        public Guid? Holder { get; set; }

        public DateTimeOffset Since { get; set; } = Beginning;

        public long Version { get; set; }

        public long InventoryVersion { get; set; }

        public CustodyState State() => new()
        {
            DeviceId = deviceId,
            AssetTag = assetTag,
            Kind = kind,
            Status = Status,
            Holder = Holder is { } holder ? new HolderState { PersonId = holder, Name = "Given Family", UserName = "user" } : null,
        };
    }

    private sealed class Access
    {
        public required VpnAccessState State { get; set; }

        public DateTimeOffset Since { get; init; }

        public long Version { get; set; }
    }
}
