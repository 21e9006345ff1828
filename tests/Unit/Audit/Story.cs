using Fleet.Contracts;

namespace Fleet.Tests.Unit.Audit;

/// <summary>A few events told one by one; each is recorded a second after the one before, on 1 June 2020.</summary>
internal sealed class Story
{
    private readonly Dictionary<Guid, long> _versions = [];
    private readonly List<IFleetEvent> _events = [];

    public IReadOnlyList<IFleetEvent> Events => _events;

    public Guid Person(DateOnly? start = null, DateOnly? end = null)
    {
        var id = Guid.CreateVersion7();
        var first = start ?? new DateOnly(2019, 1, 1);
        _events.Add(new PersonRegistered
        {
            Meta = Meta(id, new DateTimeOffset(2019, 1, 1, 0, 0, 0, TimeSpan.Zero)),
            Person = new PersonState
            {
                PersonId = id,
                PersonnelNumber = "4711",
                UserName = "erika.muster",
                GivenName = "Erika",
                FamilyName = "Müster",
                Email = "erika@example.org",
                StartDate = first,
                EndDate = end,
                Placements = [new PlacementPeriod { From = first, UnitId = Guid.CreateVersion7(), HomeOfficeEligible = true }],
            },
        });
        return id;
    }

    public Guid Issue(Guid person, DateTimeOffset at, Guid? device = null)
    {
        var id = device ?? Guid.CreateVersion7();
        _events.Add(new DeviceIssued { Meta = Meta(id, at), Custody = Custody(id, "held", person) });
        return id;
    }

    public void Return(Guid device, DateTimeOffset at) => _events.Add(new DeviceReturned { Meta = Meta(device, at), Custody = Custody(device, "free", null) });

    public void InventoryLoss(Guid device, DateTimeOffset at) => _events.Add(new DeviceStatusChanged
    {
        Meta = Meta(device, at),
        Device = new DeviceState { DeviceId = device, Kind = "laptop", Status = "stolen" },
    });

    public void Activate(Guid person, DateTimeOffset at, DateOnly? expiresOn = null)
    {
        var id = Guid.CreateVersion7();
        _events.Add(new VpnAccessActivated { Meta = Meta(id, at), Access = new VpnAccessState { AccessId = id, PersonId = person, State = "active", ExpiresOn = expiresOn } });
    }

    private static CustodyState Custody(Guid device, string status, Guid? person) => new()
    {
        DeviceId = device,
        AssetTag = "LT-1",
        Kind = "laptop",
        Status = status,
        Holder = person is { } holder ? new HolderState { PersonId = holder, Name = "Erika Müster", UserName = "erika.muster" } : null,
    };

    private EventMeta Meta(Guid id, DateTimeOffset effectiveAt) => new()
    {
        EventId = Guid.CreateVersion7(),
        AggregateId = id,
        AggregateVersion = _versions[id] = _versions.GetValueOrDefault(id) + 1,
        EffectiveAt = effectiveAt,
        RecordedAt = new DateTimeOffset(2020, 6, 1, 8, 0, 0, TimeSpan.Zero).AddSeconds(_events.Count),
        Actor = new Actor { Subject = "it", Role = "it" },
        CorrelationId = Guid.CreateVersion7(),
    };
}
