using System.Globalization;
using System.Text;
using Bogus;

namespace Fleet.Demo;

/// <summary>Invents the county. Who is ready when is decided office by office from <see cref="Organisation"/>, the rest follows from it.</summary>
internal sealed class CountyPlanner
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    /// <summary>The day on which the county began to keep its books in Fleet: what people had by then is carried over.</summary>
    private static readonly DateOnly Beginning = new(2019, 12, 1);

    private static readonly DateOnly February = CountyPlan.Milestones[0].Day;
    private static readonly DateOnly May = CountyPlan.Milestones[1].Day;

    /// <summary>The counters close and everybody who can stays at home.</summary>
    private static readonly DateOnly Lockdown = new(2020, 3, 16);

    /// <summary>Days on which hand-overs happen: Monday to Friday without public holidays and the days between Christmas and New Year.</summary>
    private static readonly IReadOnlyList<DateOnly> WorkingDays =
    [
        .. Enumerable.Range(0, May.DayNumber - Beginning.DayNumber + 1).Select(Beginning.AddDays)
            .Where(d => d.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)
                && d is not ({ Month: 12, Day: >= 24 } or { Month: 1, Day: 1 } or { Month: 4, Day: 10 or 13 } or { Month: 5, Day: 1 })),
    ];

    private static readonly IReadOnlyList<PlannedLot> LaptopLots =
    [
        new(new(2017, 4, 3), "B-2017-031", 899.00m), new(new(2018, 6, 4), "B-2018-058", 929.00m), new(new(2019, 3, 11), "B-2019-022", 949.00m),
        new(new(2019, 10, 14), "B-2019-097", 969.00m), new(new(2020, 1, 20), "B-2020-004", 969.00m), new(new(2020, 3, 12), "B-2020-019", 1049.00m),
        new(new(2020, 3, 31), "B-2020-027", 1129.00m), new(new(2020, 4, 20), "B-2020-033", 1099.00m),
    ];

    /// <summary>Per kind: letters of the asset tag, and what was bought in the lots before and after 2019.</summary>
    private static readonly Dictionary<string, (string Tag, (string Manufacturer, string Model) Old, (string Manufacturer, string Model) New)> Catalogue = new()
    {
        ["laptop"] = ("NB", ("Lenovo", "ThinkPad L470"), ("Dell", "Latitude 5500")),
        ["dock"] = ("DS", ("Lenovo", "ThinkPad Ultra Dock"), ("Dell", "WD19")),
        ["monitor"] = ("MO", ("Dell", "P2417H"), ("Dell", "P2419H")),
        ["headset"] = ("HS", ("Jabra", "Evolve 40"), ("Jabra", "Evolve 65")),
        ["phone"] = ("MT", ("Samsung", "Galaxy XCover 4"), ("Samsung", "Galaxy XCover 4s")),
    };

    private readonly int _seed;
    private readonly Randomizer _random;
    private readonly Faker _faker;
    private readonly HashSet<string> _userNames = [];
    private readonly List<PlannedPerson> _people = [];
    private readonly Dictionary<string, List<PlannedDevice>> _devices = Catalogue.Keys.ToDictionary(k => k, _ => new List<PlannedDevice>());
    private readonly List<Need> _needs = [];

    public CountyPlanner(int seed)
    {
        _seed = seed;
        _random = new Randomizer(seed);
        _faker = new Faker("de") { Random = _random };
    }

    /// <summary>Somebody is to have a laptop (or, in the field, a phone) from an instant on; which one is decided when all needs are known, in the order of time.</summary>
    private sealed record Need(PlannedPerson Person, string Kind, DateTimeOffset At)
    {
        public DateTimeOffset? KeyAt { get; init; }

        public PlannedEnd? End { get; init; }

        /// <summary>Returned in good order: goes to somebody else afterwards.</summary>
        public bool Reusable => End is { How: "returned", Condition: null };
    }

    public CountyPlan Plan()
    {
        foreach (var office in Organisation.Offices) PlanOffice(office);
        var moves = PlanMoves();
        var handovers = HandOut();
        // Reserve in the IT office. The loader takes the very last device as the sign that the county is complete.
        for (var i = 0; i < 25; i++) NewDevice("laptop", May);

        return new CountyPlan
        {
            Seed = _seed,
            People = _people,
            Moves = moves,
            Devices = [.. _devices.OrderBy(k => k.Key == "laptop").ThenBy(k => k.Key, StringComparer.Ordinal).SelectMany(k => k.Value)],
            Handovers = handovers,
        };
    }

    private void PlanOffice(Office office)
    {
        var eligible = office.Staff - office.Field;
        // A few had a laptop in February and none in May; one more colleague each makes up for them.
        var dropped = (office.ReadyInMay - office.ReadyInFebruary) / 10;
        var both = office.ReadyInFebruary - dropped;
        var later = office.ReadyInMay - both;
        var ever = both + dropped + later;
        var withoutKey = (int)Math.Round((eligible - ever) * 0.08);

        // Those in the field come last; everybody before them could work from home. Who joined lately waits for a laptop.
        var people = Enumerable.Range(0, office.Staff)
            .Select(i => Hire(office, isField: i >= eligible, joinedLately: i >= ever + withoutKey && i < eligible && _random.Bool(0.03f))).ToList();

        for (var i = 0; i < both + dropped; i++) PlanReadyInFebruary(people[i], isDropped: i >= both);
        var busyDay = _random.Int(IndexOf(Lockdown) + 2, WorkingDays.Count - 3);
        for (var i = both + dropped; i < ever; i++) PlanReadyInMay(people[i], busyDay);
        for (var i = ever; i < ever + withoutKey; i++) PlanWithoutKey(people[i], i == ever);
        foreach (var person in people.Skip(eligible).Where(_ => _random.Bool(0.7f)))
            _needs.Add(new(person, "phone", CarriedOver()));
    }

    private void PlanReadyInFebruary(PlannedPerson person, bool isDropped)
    {
        DateTimeOffset at, keyAt;
        if (_random.Bool(0.88f))
        {
            at = CarriedOver();
            keyAt = at.AddMinutes(1);
        }
        else
        {
            var day = _random.Int(0, IndexOf(February) - 3);
            at = During(WorkingDays[day]);
            keyAt = KeyAfter(at, day, day + (_random.Bool(0.6f) ? 0 : 1));
        }

        var need = new Need(person, "laptop", at) { KeyAt = keyAt };
        if (isDropped)
        {
            var end = During(WorkingDays[_random.Int(IndexOf(new(2020, 3, 3)), WorkingDays.Count - 8)]);
            need = need with { End = new(Weighted(["returned", "stolen", "lost"], how => how switch { "returned" => 60, "stolen" => 15, _ => 25 }), end) };
        }
        else if (_random.Bool(0.04f))
        {
            // Broken or stolen, and replaced before either milestone looks.
            var isStolen = _random.Bool(0.3f);
            var day = _random.Bool(0.5f)
                ? _random.Int(IndexOf(February) - 12, IndexOf(February) - 8)
                : _random.Int(IndexOf(new(2020, 3, 3)), WorkingDays.Count - 12);
            var end = During(WorkingDays[day]);
            if (end > keyAt)
            {
                need = need with { End = isStolen ? new("stolen", end) : new("returned", end, "Display defekt") };
                var next = day + (isStolen ? _random.Int(2, 4) : 1);
                var replacedAt = During(WorkingDays[next]);
                _needs.Add(new(person, "laptop", replacedAt) { KeyAt = KeyAfter(replacedAt, next, next + 1) });
            }
        }

        _needs.Add(need);
    }

    private void PlanReadyInMay(PlannedPerson person, int busyDay)
    {
        var first = IndexOf(new(2020, 3, 2));
        var days = Enumerable.Range(first, WorkingDays.Count - first).ToList();
        var keyDay = Weighted(days, d => Pace(WorkingDays[d]) * (Math.Abs(d - busyDay) <= 2 ? 4 : 1));
        var day = keyDay - Weighted([0, 1, 2, 3, 5], lag => lag switch { 0 => 55, 1 => 20, 2 => 12, 3 => 8, _ => 5 });
        var at = During(WorkingDays[day]);
        _needs.Add(new(person, "laptop", at) { KeyAt = KeyAfter(at, day, keyDay) });
    }

    /// <summary>A laptop is there, the VPN key is not yet.</summary>
    private void PlanWithoutKey(PlannedPerson person, bool sinceLong) =>
        _needs.Add(new(person, "laptop", sinceLong ? CarriedOver() : During(WorkingDays[_random.Int(WorkingDays.Count - 14, WorkingDays.Count - 1)])));

    /// <summary>How many a day brings, relatively: hardly any before the middle of March, then as fast as laptops arrive.</summary>
    private static double Pace(DateOnly day) => day switch
    {
        { Month: 3, Day: < 16 } => 0.3,
        { Month: 3, Day: < 23 } => 2,
        { Month: 5 } => 2,
        { Month: 4, Day: > 13 } => 3,
        _ => 4,
    };

    private PlannedPerson Hire(Office office, bool isField, bool joinedLately)
    {
        var (given, family) = (_faker.Name.FirstName(), _faker.Name.LastName());
        var userName = $"{Ascii(given)}.{Ascii(family)}";
        for (var n = 2; !_userNames.Add(userName); n++) userName = string.Create(CultureInfo.InvariantCulture, $"{Ascii(given)}.{Ascii(family)}{n}");
        var email = $"{userName}@{Organisation.MailDomain}";
        // The first two of the county, ready since the beginning, are those who sign in to the demo.
        if (_people.Count < CountyPlan.DemoUserNames.Count) userName = CountyPlan.DemoUserNames[_people.Count];
        var person = new PlannedPerson(
            string.Create(CultureInfo.InvariantCulture, $"P{10001 + _people.Count}"), userName, given, family, email, office,
            joinedLately ? new DateOnly(2020, _random.Int(1, 2), 3) : new DateOnly(_random.Int(1984, 2018), _random.Int(1, 12), 1), !isField, isField ? PlannedKit.FieldWork : PlannedKit.HomeOffice);
        _people.Add(person);
        return person;
    }

    private List<PlannedMove> PlanMoves()
    {
        DateOnly[] days = [new(2020, 1, 2), new(2020, 2, 3), new(2020, 3, 2), new(2020, 4, 1)];
        return
        [
            .. _random.Shuffle(_people.Where(p => p.HomeOfficeEligible && p.StartDate < Beginning)).Take(12).Select((person, i) => new PlannedMove(
                person, _random.ListItem(Organisation.Offices.Where(o => o != person.Office).ToList()), Local(days[i % days.Length], new TimeOnly(0, 0)))),
        ];
    }

    /// <summary>Gives every need a laptop: one that came back if there is one, otherwise a new one, and with it what belongs to it.</summary>
    private List<PlannedHandover> HandOut()
    {
        var handovers = new List<PlannedHandover>();
        var returned = new List<(DateTimeOffset From, PlannedDevice Device, int Wave)>();
        var wavesOf = new Dictionary<PlannedPerson, int>();
        foreach (var need in _needs.OrderBy(n => n.At).ThenBy(n => n.Person.PersonnelNumber, StringComparer.Ordinal))
        {
            var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(need.At, Zone).DateTime);
            var wave = wavesOf.GetValueOrDefault(need.Person) + 1;
            PlannedDevice main;
            if (need.Kind == "laptop" && returned.FindIndex(r => r.From < need.At) is >= 0 and var i)
            {
                main = returned[i].Device;
                wave = Math.Max(wave, returned[i].Wave + 1);
                returned.RemoveAt(i);
            }
            else
            {
                main = NewDevice(need.Kind, day);
            }

            List<PlannedDevice> devices = [main];
            if (need.Kind == "laptop" && wave == 1)
            {
                if (_random.Bool(0.3f)) devices.Add(NewDevice("dock", day));
                if (_random.Bool(0.14f)) devices.Add(NewDevice("monitor", day));
                if (_random.Bool(day < Lockdown ? 0.05f : 0.45f)) devices.Add(NewDevice("headset", day));
            }

            if (need.Reusable) returned.Add((need.End!.At.AddDays(3), main, wave));
            wavesOf[need.Person] = wave;
            handovers.Add(new PlannedHandover(need.Person, devices, need.At)
            {
                Wave = wave,
                Key = need.KeyAt is { } keyAt ? new(Convert.ToBase64String(_random.Bytes(32)), keyAt) : null,
                End = need.End,
            });
        }

        return handovers;
    }

    private PlannedDevice NewDevice(string kind, DateOnly neededOn)
    {
        var (tag, old, @new) = Catalogue[kind];
        var delivered = LaptopLots.Where(l => l.Day < neededOn).ToList();
        // What was carried over is of any age; later ones come from the newest delivery.
        var lot = neededOn == Beginning ? _random.ListItem(delivered) : delivered[^1];
        var (manufacturer, model) = lot.Day.Year < 2019 ? old : @new;
        var device = new PlannedDevice(
            string.Create(CultureInfo.InvariantCulture, $"{tag}-{_devices[kind].Count + 1:00000}"), $"{tag}{_random.String2(9, "0123456789ABCDEFGHJKLMNPRSTUVWXYZ")}",
            kind, manufacturer, model, kind == "laptop" ? lot : lot with { Price = kind switch { "phone" => 249, "monitor" => 179, "dock" => 159, _ => 99 } });
        _devices[kind].Add(device);
        return device;
    }

    private static DateTimeOffset CarriedOver() => Local(Beginning, new TimeOnly(8, 0));

    private DateTimeOffset During(DateOnly day) => Local(day, new TimeOnly(_random.Int(8, 14), _random.Int(0, 11) * 5));

    /// <summary>On the same day some minutes later, or at some hour of the other day.</summary>
    private DateTimeOffset KeyAfter(DateTimeOffset handover, int handoverDay, int keyDay) =>
        keyDay == handoverDay ? handover.AddMinutes(_random.Int(10, 60)) : During(WorkingDays[keyDay]);

    private static DateTimeOffset Local(DateOnly day, TimeOnly time)
    {
        var local = day.ToDateTime(time);
        return new DateTimeOffset(local, Zone.GetUtcOffset(local)).ToUniversalTime();
    }

    /// <summary>The index of the first working day on or after a day.</summary>
    private static int IndexOf(DateOnly day) => WorkingDays.TakeWhile(d => d < day).Count();

    private T Weighted<T>(IReadOnlyList<T> items, Func<T, double> weight)
    {
        var left = _random.Double() * items.Sum(weight);
        foreach (var item in items)
        {
            left -= weight(item);
            if (left < 0) return item;
        }

        return items[^1];
    }

    /// <summary>A name as it stands in a user name: lower case, umlauts written out, other marks and blanks left out.</summary>
    private static string Ascii(string name)
    {
        var written = name.ToLowerInvariant().Replace("ä", "ae").Replace("ö", "oe").Replace("ü", "ue").Replace("ß", "ss").Normalize(NormalizationForm.FormD);
        return new string([.. written.Where(char.IsAsciiLetter)]);
    }
}
