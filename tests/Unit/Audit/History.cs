using Fleet.Contracts;

namespace Fleet.Tests.Unit.Audit;

/// <summary>
/// An invented county's events over half a year, the same for the same seed, in the order in which they happened: moves, losses, re-issues, corrections,
/// re-hires, units that begin later, facts about the past, clocks that disagree.
/// </summary>
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
        var devices = Enumerable.Range(0, 26).Select(i => new Device(Id(), $"T-{i}", i % 5 == 4 ? DeviceKinds.Monitor : DeviceKinds.Laptop)).ToList();
        var accesses = new List<Access>();
        for (var step = 0; step < 380; step++)
        {
            _now += TimeSpan.FromMinutes(_random.Next(1, 1400));
            switch (_random.Next(13))
            {
                case 0: MoveUnit(Any(units)); break;
                case 1 or 2: Change(Any(people)); break;
                case 3: if (_random.Next(3) == 0) people.Add(NewPerson()); break;
                case 4 or 5 or 6: HandOn(Any(devices), Any(people).State.PersonId); break;
                case 7: LoseOrFind(Any(devices)); break;
                case 8: Correct(Any(devices), Any(people).State.PersonId); break;
                // Mostly for somebody who has a device, as it really happens; otherwise hardly anybody is ready.
                case 9 or 10: accesses.Add(Request(_random.Next(4) > 0 && Any(devices).Custody.Last?.Person is { } holder ? holder : Any(people).State.PersonId)); break;
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
            // The last of them do not exist from the beginning; people may be said to be there before, and are nowhere then.
            DateOnly? from = i < 6 ? null : Day(Beginning).AddDays(_random.Next(20, 120));
            unit.Periods.Add(new UnitPeriod { From = from, Name = $"Unit {i}", ParentId = i == 0 ? null : i < 4 ? all[0].Id : all[1 + (i % 3)].Id });
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
        var from = Later(unit.Periods[^1].From ?? Day(Beginning), 20);
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
                Employments = [new EmploymentPeriod { StartDate = start }],
                Placements = [new PlacementPeriod { From = start, UnitId = Any(Units), HomeOfficeEligible = _random.Next(4) > 0 }],
            },
        };
        _events.Add(new PersonRegistered { Meta = Meta(person, person.State.PersonId, _now), Person = person.State });
        return person;
    }

    private void Change(Person person)
    {
        var state = person.State;
        var newest = state.Employments[^1];
        var leaves = false;
        switch (_random.Next(8))
        {
            case 0 or 1 when newest.EndDate is null:
                state = With(state, newest with { EndDate = Later(newest.StartDate, 300) });
                leaves = true;
                break;
            case 0 when newest.EndDate is not null:
                // Stays after all.
                state = With(state, newest with { EndDate = null });
                break;
            case 1 or 2 when newest.EndDate is { } last:
                // Comes back; the employment before stays what it was.
                state = state with { Employments = [.. state.Employments, new EmploymentPeriod { StartDate = Later(last, 40) }] };
                break;
            case 3 when state.Employments.Count == 1 && newest.EndDate is null:
                state = With(state, newest with { StartDate = newest.StartDate.AddDays(_random.Next(-5, 6)) });
                break;
            default:
                var placement = new PlacementPeriod { From = Later(state.Placements[^1].From, 60), UnitId = Any(Units), HomeOfficeEligible = _random.Next(4) > 0 };
                state = state with { Placements = [.. state.Placements, placement] };
                break;
        }

        person.State = state;
        _events.Add(new PersonChanged { Meta = Meta(person, state.PersonId, _now), Person = state });
        // Told by the same write: the same version, the next number.
        if (leaves) _events.Add(new PersonLeft { Meta = Meta(person, state.PersonId, _now, sameWrite: true), Person = state });
    }

    private static PersonState With(PersonState state, EmploymentPeriod newest) =>
        state with { StartDate = newest.StartDate, EndDate = newest.EndDate, Employments = [.. state.Employments.SkipLast(1), newest] };

    private void HandOn(Device device, Guid person)
    {
        var last = device.Custody.Last;
        if (last?.State == CustodyStates.Held && _random.Next(3) > 0) return;
        var at = Between(last?.From ?? Beginning, _now);
        if (last is null || last.State == CustodyStates.Free)
        {
            device.Custody.Put(at, null, CustodyStates.Held, person);
            _events.Add(new DeviceIssued { Meta = Meta(device, device.Id, at), Custody = device.State() });
        }
        else
        {
            device.Custody.Put(at, null, CustodyStates.Free, null);
            _events.Add(new DeviceReturned { Meta = Meta(device, device.Id, at), Custody = device.State() });
        }
    }

    /// <summary>At any instant of the past: it splits the spell in which it lies and lasts until that one's end.</summary>
    private void LoseOrFind(Device device)
    {
        var at = Between(Beginning, _now);
        var spell = device.Custody.At(at);
        if (spell is null) return;
        var end = device.Custody.EndOf(spell);
        if (spell.State is CustodyStates.Lost or CustodyStates.Stolen)
        {
            device.Custody.Put(at, end, CustodyStates.Free, null);
            _events.Add(new DeviceFound { Meta = Meta(device, device.Id, at), Custody = device.State() });
        }
        else
        {
            device.Custody.Put(at, end, _random.Next(2) == 0 ? CustodyStates.Lost : CustodyStates.Stolen, spell.Person);
            _events.Add(new DeviceLossReported { Meta = Meta(device, device.Id, at), Custody = device.State() });
        }
    }

    /// <summary>Somebody else had it, or from another instant on.</summary>
    private void Correct(Device device, Guid person)
    {
        var held = device.Custody.Pieces.Where(p => p.State == CustodyStates.Held).ToList();
        if (held.Count == 0) return;
        var spell = Any(held);
        var end = device.Custody.EndOf(spell);
        var at = Between(spell.From.AddDays(-10), end ?? _now);
        if (_random.Next(2) == 0) device.Custody.Put(spell.From, end, CustodyStates.Held, person);
        else if (at < spell.From) device.Custody.Put(at, end, CustodyStates.Held, spell.Person);
        else device.Custody.Put(spell.From, at, CustodyStates.Free, null);
        _events.Add(new CustodyCorrected { Meta = Meta(device, device.Id, spell.From), Custody = device.State(), Reason = "Wrong" });
    }

    private Access Request(Guid person)
    {
        var access = new Access(Id(), person, _random.Next(6) == 0 ? Day(_now).AddDays(_random.Next(40)) : null);
        var at = Between(_now.AddDays(-20), _now);
        access.Spells.Put(at, null, AccessStates.Requested, null);
        _events.Add(new VpnAccessRequested { Meta = Meta(access, access.Id, at), Access = access.State() });
        return access;
    }

    private void Advance(Access access)
    {
        var last = access.Spells.Last!;
        // An end may lie before the activation: the device turns out to have been given back earlier.
        var at = Between(access.Spells.Pieces[0].From, _now);
        switch (last.State)
        {
            case AccessStates.Requested or AccessStates.Suspended when _random.Next(5) > 0:
                access.Spells.Put(Between(last.From, _now), null, AccessStates.Active, null);
                _events.Add(new VpnAccessActivated { Meta = Meta(access, access.Id, at), Access = access.State() });
                break;
            case AccessStates.Active when _random.Next(5) == 0:
                access.Spells.Put(at, null, AccessStates.Suspended, null);
                _events.Add(new VpnAccessActivated { Meta = Meta(access, access.Id, at), Access = access.State() });
                break;
            case AccessStates.Active or AccessStates.Requested when _random.Next(6) == 0:
                access.Spells.Put(at, null, _random.Next(2) == 0 ? AccessStates.Revoked : AccessStates.Expired, null);
                _events.Add(new VpnAccessRevoked { Meta = Meta(access, access.Id, at), Access = access.State() });
                break;
        }
    }

    private void Publish(Unit unit) => _events.Add(new UnitChanged
    {
        Meta = Meta(unit, unit.Id, _now),
        Unit = new UnitState { UnitId = unit.Id, Kind = UnitKinds.Office, Periods = [.. unit.Periods] },
    });

    private EventMeta Meta(Numbered aggregate, Guid id, DateTimeOffset effectiveAt, bool sameWrite = false)
    {
        _now += TimeSpan.FromSeconds(1);
        if (!sameWrite) aggregate.Version++;
        return new EventMeta
        {
            EventId = Id(),
            AggregateId = id,
            AggregateVersion = aggregate.Version,
            StreamNumber = ++aggregate.Events,
            EffectiveAt = effectiveAt,
            // Clocks are minutes apart; nothing may depend on them.
            RecordedAt = _now.AddMinutes(_random.Next(-10, 11)),
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

    private abstract class Numbered
    {
        public long Version { get; set; }

        public long Events { get; set; }
    }

    private sealed class Unit : Numbered
    {
        public Guid Id { get; init; }

        public List<UnitPeriod> Periods { get; } = [];
    }

    private sealed class Person : Numbered
    {
        public required PersonState State { get; set; }
    }

    private sealed class Device(Guid id, string assetTag, string kind) : Numbered
    {
        public Guid Id => id;

        public Timeline Custody { get; } = new(CustodyStates.Free);

        public CustodyState State() => Story.CustodyOf(id, assetTag, kind, Custody);
    }

    private sealed class Access(Guid id, Guid person, DateOnly? expiresOn) : Numbered
    {
        public Guid Id => id;

        public Timeline Spells { get; } = new(AccessStates.Requested);

        public VpnAccessState State() => new()
        {
            AccessId = id,
            PersonId = person,
            State = Spells.Last!.State,
            ExpiresOn = expiresOn,
            Spells = [.. Spells.Pieces.Select(p => new AccessSpell { From = p.From, Until = Spells.EndOf(p), State = p.State })],
        };
    }
}
