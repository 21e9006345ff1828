using System.Collections.Concurrent;
using System.Globalization;

namespace Fleet.Demo;

/// <summary>
/// Tells a plan to a running Fleet through its public API. What is asynchronous between the services is awaited by reading; every POST carries a
/// key made from the seed, so that a load that was broken off goes on where it was when it is started again.
/// </summary>
internal sealed class Loader(CountyPlan plan, TodaysWork work, FleetClient it, FleetClient hr, Progress progress)
{
    private const int Concurrency = 12;

    /// <summary>How long events may take from one service to the next.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<Office, Guid> _offices = new();
    private readonly ConcurrentDictionary<PlannedKit, Guid> _kits = new();
    private readonly ConcurrentDictionary<PlannedPerson, Guid> _people = new();
    private readonly ConcurrentDictionary<PlannedDevice, Guid> _devices = new();
    private Guid _county;

    /// <summary>Loads the county, or sees that it is there, and checks the figures of both milestones. Throws <see cref="LoadException"/>.</summary>
    /// <returns>False: it was there already and nothing was changed.</returns>
    public async Task<bool> LoadAsync(CancellationToken ct)
    {
        // The last device is registered when everything else is done.
        var last = plan.Devices[^1];
        if (await it.GetAsync($"/api/inventory/devices/by-tag/{last.AssetTag}", ct) is not null)
        {
            progress.Say("The demo county is loaded already; nothing is changed.");
            return false;
        }

        await LoadUnitsAndKitsAsync(ct);
        // Side by side: two services share the work.
        var people = plan.People.Select((person, i) => (At: (double)i / plan.People.Count, Do: (Func<CancellationToken, Task>)(c => RegisterPersonAsync(person, c))));
        var devices = plan.Devices.SkipLast(1).Select((device, i) => (At: (double)i / plan.Devices.Count, Do: (Func<CancellationToken, Task>)(c => RegisterDeviceAsync(device, c))));
        await progress.StageAsync("people and devices", people.Concat(devices).OrderBy(x => x.At).Select(x => x.Do).ToList(), Concurrency, (register, c) => register(c), ct);
        foreach (var wave in plan.Handovers.GroupBy(h => h.Wave).OrderBy(w => w.Key))
        {
            await progress.StageAsync(NameOf("hand-overs", wave.Key), wave.ToList(), Concurrency, HandOverAsync, ct);
            await ActivateAsync(NameOf("VPN keys", wave.Key), wave.Where(h => h.Key is not null).ToList(), ct);
            await progress.StageAsync(NameOf("returns and losses", wave.Key), wave.Where(h => h.End is not null).ToList(), Concurrency, EndAsync, ct);
        }

        await progress.StageAsync("moves between offices", plan.Moves, Concurrency, MoveAsync, ct);
        await LoadTodaysWorkAsync(ct);
        await CheckAsync(ct);
        await RegisterDeviceAsync(last, ct);
        return true;
    }

    private static string NameOf(string what, int wave) => wave == 1 ? what : string.Create(CultureInfo.InvariantCulture, $"{what}, round {wave}");

    private async Task LoadUnitsAndKitsAsync(CancellationToken ct)
    {
        var stage = progress.Begin("units, kits, VPN gateway", 1 + Organisation.Departments.Count + Organisation.Offices.Count + 3);
        _county = await PostAsync(hr, "/api/assignment/units", "unit-county", new { name = Organisation.County, kind = "county" }, ct);
        stage.Count();
        foreach (var (i, department) in Organisation.Departments.Index())
        {
            var id = await PostAsync(hr, "/api/assignment/units", $"unit-{i + 1}", new { name = department.Name, kind = "department", parentId = _county }, ct);
            stage.Count();
            foreach (var (j, office) in department.Offices.Index())
            {
                _offices[office] = await PostAsync(hr, "/api/assignment/units", $"unit-{i + 1}-{j + 1}", new { name = office.Name, kind = "office", parentId = id }, ct);
                stage.Count();
            }
        }

        _kits[PlannedKit.HomeOffice] = await PostAsync(hr, "/api/assignment/kits", "kit-home-office", new
        {
            name = "Homeoffice",
            items = new object[]
            {
                new { kind = "laptop", count = 1 }, new { kind = "vpn", count = 1 }, new { kind = "dock", count = 1, optional = true },
                new { kind = "monitor", count = 1, optional = true }, new { kind = "headset", count = 1, optional = true },
            },
        }, ct);
        stage.Count();
        _kits[PlannedKit.FieldWork] = await PostAsync(hr, "/api/assignment/kits", "kit-field-work", new { name = "Außendienst", items = new[] { new { kind = "phone", count = 1 } } }, ct);
        stage.Count();
        await PostAsync(it, "/api/provisioning/gateways", "vpn-gateway", new
        {
            name = "Kreishaus",
            endpoint = $"vpn.{Organisation.MailDomain}:51820",
            // Nobody has the private half: behind the demo's gateway there is no network.
            publicKey = "RWljaGVuaGFpbiBoYXMgbm8gcHJpdmF0ZSBrZXkgOi0=",
            network = "10.84.0.0/20",
            dns = new[] { "10.84.0.1" },
            allowedIps = new[] { "10.80.0.0/12" },
        }, ct);
        stage.Count();
    }

    private async Task RegisterPersonAsync(PlannedPerson person, CancellationToken ct) =>
        _people[person] = await PostAsync(hr, "/api/assignment/people", $"person-{person.PersonnelNumber}", new
        {
            personnelNumber = person.PersonnelNumber,
            userName = person.UserName,
            givenName = person.GivenName,
            familyName = person.FamilyName,
            email = person.Email,
            unitId = _offices[person.Office],
            startDate = person.StartDate,
            homeOfficeEligible = person.HomeOfficeEligible,
            kitId = person.Kit is { } kit ? _kits[kit] : (Guid?)null,
        }, ct);

    private async Task RegisterDeviceAsync(PlannedDevice device, CancellationToken ct) =>
        _devices[device] = await PostAsync(it, "/api/inventory/devices", $"device-{device.AssetTag}", new
        {
            assetTag = device.AssetTag,
            serialNumber = device.SerialNumber,
            kind = device.Kind,
            manufacturer = device.Manufacturer,
            model = device.Model,
            purchase = new
            {
                orderNumber = device.Lot.OrderNumber,
                supplier = "Bürobedarf Musterhain GmbH",
                date = device.Lot.Day,
                cost = new { amount = device.Lot.Price, currency = "EUR" },
                warrantyEnds = device.Lot.Day.AddYears(3),
            },
            effectiveAt = new DateTimeOffset(device.Lot.Day.ToDateTime(new TimeOnly(9, 0)), TimeSpan.Zero),
        }, ct);

    private Task HandOverAsync(PlannedHandover handover, CancellationToken ct) => PostAsync(it, "/api/assignment/handovers", $"handover-{KeyOf(handover)}", new
    {
        personId = _people[handover.Person],
        assetTags = handover.Devices.Select(d => d.AssetTag),
        effectiveAt = handover.At,
    }, ct);

    /// <summary>Registers the keys as the accesses appear that the hand-overs bring about.</summary>
    private async Task ActivateAsync(string name, List<PlannedHandover> handovers, CancellationToken ct)
    {
        var stage = progress.Begin(name, handovers.Count);
        var waiting = handovers.ToDictionary(h => (_people[h.Person], _devices[h.Laptop!]));
        var lastSeen = TimeProvider.System.GetTimestamp();
        while (waiting.Count > 0)
        {
            var found = new List<(Guid AccessId, PlannedHandover Handover)>();
            foreach (var access in await it.ListAsync("/api/provisioning/accesses", ct))
            {
                if (access.TryGetProperty("deviceId", out var device) && waiting.Remove((access.GetProperty("personId").GetGuid(), device.GetGuid()), out var handover))
                    found.Add((access.GetProperty("id").GetGuid(), handover));
            }

            await Parallel.ForEachAsync(found, new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = ct }, async (one, oneCt) =>
            {
                var key = one.Handover.Key!;
                await it.PostAsync($"/api/provisioning/accesses/{one.AccessId}/key", IdempotencyKey($"key-{KeyOf(one.Handover)}"), new { publicKey = key.PublicKey, effectiveAt = key.At }, oneCt);
                stage.Count();
            });
            if (found.Count > 0) lastSeen = TimeProvider.System.GetTimestamp();
            else if (TimeProvider.System.GetElapsedTime(lastSeen) > Patience)
                throw new LoadException($"{waiting.Count} VPN accesses did not appear within {Patience.TotalSeconds:0} seconds of their hand-overs.");
            else await Task.Delay(100, ct);
        }
    }

    private Task EndAsync(PlannedHandover handover, CancellationToken ct)
    {
        var (tag, end) = (handover.Laptop!.AssetTag, handover.End!);
        return end.How == "returned"
            ? it.PostAsync("/api/assignment/returns", IdempotencyKey($"return-{KeyOf(handover)}"), new { assetTag = tag, condition = end.Condition, effectiveAt = end.At }, ct)
            : it.PostAsync("/api/assignment/loss-reports", IdempotencyKey($"loss-{KeyOf(handover)}"), new { assetTag = tag, kind = end.How, effectiveAt = end.At }, ct);
    }

    private async Task MoveAsync(PlannedMove move, CancellationToken ct)
    {
        var path = $"/api/assignment/people/{_people[move.Person]}";
        var person = await hr.GetAsync(path, ct) ?? throw new LoadException($"GET {path} answered 404.");
        if (person.GetProperty("unitId").GetGuid() == _offices[move.To]) return;
        await hr.PatchAsync(path, new { unitId = _offices[move.To], effectiveAt = move.At }, ct);
    }

    private async Task LoadTodaysWorkAsync(CancellationToken ct)
    {
        var steps = work.Starters.Select(starter => (Func<CancellationToken, Task>)(c => StartAsync(starter, c)))
            .Concat(work.Leavers.Select(leaver => (Func<CancellationToken, Task>)(c => LeaveAsync(leaver, c))))
            .Append(RepairAsync).Append(IssueToEmployeeAsync).ToList();
        await progress.StageAsync("work for today", steps, Concurrency, (step, c) => step(c), ct);
    }

    private async Task StartAsync(PlannedStarter starter, CancellationToken ct)
    {
        // Broken off yesterday, the load goes on today: who starts has been told, with yesterday's days.
        var known = await hr.GetAsync($"/api/assignment/people?personnelNumber={starter.Person.PersonnelNumber}", ct);
        if (known is { } found && found.GetProperty("items").EnumerateArray().Select(p => (Guid?)p.GetProperty("id").GetGuid()).FirstOrDefault() is { } id) _people[starter.Person] = id;
        else await RegisterPersonAsync(starter.Person, ct);
        if (starter.Laptop is not { } laptop) return;
        await IssueAsync(starter.Person, laptop, ct);
        if (starter.PublicKey is not { } key) return;
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var accesses = (await it.GetAsync($"/api/provisioning/accesses?personId={_people[starter.Person]}", ct))!.Value.GetProperty("items").EnumerateArray().ToList();
            if (accesses is [var access])
            {
                await it.PostAsync($"/api/provisioning/accesses/{access.GetProperty("id").GetGuid()}/key", IdempotencyKey($"today-key-{starter.Person.PersonnelNumber}"), new { publicKey = key }, ct);
                return;
            }

            if (TimeProvider.System.GetElapsedTime(began) > Patience) throw new LoadException($"The VPN access of {starter.Person.PersonnelNumber} did not appear within {Patience.TotalSeconds:0} seconds.");
            await Task.Delay(100, ct);
        }
    }

    private async Task LeaveAsync(PlannedLeaver leaver, CancellationToken ct) => await hr.PostAsync(
        $"/api/assignment/people/{_people[leaver.Person]}/leave", IdempotencyKey($"leave-{leaver.Person.PersonnelNumber}-{leaver.LastDay:yyyy-MM-dd}"), new { lastDay = leaver.LastDay }, ct);

    private async Task RepairAsync(CancellationToken ct) => await it.PostAsync(
        $"/api/inventory/devices/{_devices[work.ToRepair]}/status", IdempotencyKey("today-repair"), new { status = "inRepair", note = "Scharnier gebrochen" }, ct);

    private Task IssueToEmployeeAsync(CancellationToken ct) => IssueAsync(plan.People.Single(p => p.UserName == CountyPlan.DemoUserNames[0]), work.ToConfirm, ct);

    private async Task IssueAsync(PlannedPerson person, PlannedDevice device, CancellationToken ct) => await it.PostAsync(
        "/api/assignment/handovers", IdempotencyKey($"today-handover-{device.AssetTag}"), new { personId = _people[person], assetTags = new[] { device.AssetTag } }, ct);

    /// <summary>Waits until everything has arrived in the figures, and says what they are.</summary>
    public async Task CheckAsync(CancellationToken ct)
    {
        var began = TimeProvider.System.GetTimestamp();
        foreach (var milestone in CountyPlan.Milestones)
        {
            int staff, ready;
            while (true)
            {
                var coverage = await it.GetAsync($"/api/audit/coverage?asOf={milestone.Day:yyyy-MM-dd}&unit={_county}", ct);
                (staff, ready) = coverage is { } figures ? (figures.GetProperty("staff").GetInt32(), figures.GetProperty("ready").GetInt32()) : (0, 0);
                if ((staff, ready) == (milestone.Staff, milestone.Ready)) break;
                if (TimeProvider.System.GetElapsedTime(began) > Patience)
                    throw new LoadException($"Coverage on {milestone.Day:yyyy-MM-dd} is {ready} of {staff}; it should be {milestone.Ready} of {milestone.Staff}.");
                await Task.Delay(200, ct);
            }

            progress.Say($"Ready to work from home on {milestone.Day:yyyy-MM-dd}: {ready} of {staff}.");
        }
    }

    private string IdempotencyKey(string what) => string.Create(CultureInfo.InvariantCulture, $"demo-{plan.Seed}-{what}");

    private static string KeyOf(PlannedHandover handover) => string.Create(CultureInfo.InvariantCulture, $"{handover.Devices[0].AssetTag}-{handover.Person.PersonnelNumber}");

    private async Task<Guid> PostAsync(FleetClient client, string path, string key, object body, CancellationToken ct) =>
        (await client.PostAsync(path, IdempotencyKey(key), body, ct)).GetProperty("id").GetGuid();
}
