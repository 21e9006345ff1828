using Fleet.Portal.Domain;
using Fleet.Portal.Features.Cases;
using Fleet.Portal.Features.Devices;
using Fleet.Portal.Features.Handovers;
using Fleet.Portal.Features.People;
using Fleet.Portal.Parts;
using Fleet.Portal.Web;

namespace Fleet.Portal.Features.Counter;

/// <summary>Reads what the counter's cards show. What does not answer is left out of its card; the counter goes on with the rest.</summary>
internal sealed class CounterCards(FleetApi api)
{
    private const int MostHeld = 200;

    public async Task<CounterModel> OfAsync(CounterState state, IReadOnlyList<RecentAct> recent, CancellationToken ct)
    {
        var person = state.Person is { } id ? PersonAsync(id, ct) : Task.FromResult<PersonCardModel?>(null);
        var devices = Task.WhenAll(state.Devices.Select(tag => DeviceAsync(tag, ct)));
        var shown = state.Shown is { } tag ? DeviceAsync(tag, ct) : Task.FromResult<DeviceCardModel?>(null);
        var lines = Task.WhenAll(recent.Select(a => LineAsync(a, ct)));
        await Task.WhenAll(person, devices, shown, lines);
        return new CounterModel(state, await person, [.. (await devices).OfType<DeviceCardModel>()], await shown, [.. (await lines).OfType<RecentLine>()]) { Key = ActKey.New() };
    }

    public static string AskHeld(Guid person) => Links.Of("api/inventory/devices", [("holderId", $"{person}"), ("limit", $"{MostHeld}")]);

    private async Task<PersonCardModel?> PersonAsync(Guid id, CancellationToken ct)
    {
        var (person, held, open) = (
            api.GetAsync<Candidate>($"api/assignment/people/{id}", ct),
            api.GetAsync<Listed<Device>>(AskHeld(id), ct),
            api.GetAsync<Listed<Starter>>(Recognition.AskCases([id]), ct));
        await Task.WhenAll(person, held, open);
        if ((await person).Value is not { } known) return new PersonCardModel(null, null, null, []);
        var unit = await api.GetAsync<NamedUnit>($"api/assignment/units/{known.UnitId}", ct);
        return new PersonCardModel(known, unit.Value?.Name, (await held).Value?.Items, (await open).Value?.First()?.Missing ?? []);
    }

    private async Task<DeviceCardModel?> DeviceAsync(string tag, CancellationToken ct) =>
        new(tag, (await api.GetAsync<Listed<Device>>(Recognition.AskDevices("assetTag", tag), ct)).Value?.First());

    private async Task<RecentLine?> LineAsync(RecentAct act, CancellationToken ct)
    {
        if (act.Kind == RecentActKind.HandedOver)
        {
            var handover = await api.GetAsync<Handover>($"api/assignment/handovers/{act.Id}", ct);
            return handover.Value is null ? null : new RecentLine(act, handover.Value.Tags(), handover.Value.Person?.Name);
        }

        var device = await DeviceActs.ReadAsync(api, act.Id, ct);
        if (device.Value is null) return null;
        var person = act.PersonId is { } id ? (await api.GetAsync<Candidate>($"api/assignment/people/{id}", ct)).Value : null;
        return new RecentLine(act, device.Value.AssetTag, person?.Name());
    }
}

/// <summary>What the counter shows.</summary>
/// <param name="Shown">Null: none is.</param>
public sealed record CounterModel(CounterState State, PersonCardModel? Person, IReadOnlyList<DeviceCardModel> Devices, DeviceCardModel? Shown, IReadOnlyList<RecentLine> Recent)
{
    /// <summary>The key of the next act.</summary>
    public string Key { get; init; } = "";

    /// <summary>What stands in the field still, because it could not be worked on.</summary>
    public string Typed { get; init; } = "";

    /// <summary>Whether the newest of the last acts was done just now.</summary>
    public bool IsDone { get; init; }

    /// <summary>Whether a service did not answer.</summary>
    public bool IsAway { get; init; }

    /// <summary>Why an act was refused.</summary>
    public Problem? Refusal { get; init; }

    /// <summary>Whether a device of the refused act is back all the same.</summary>
    public bool IsPartlyDone { get; init; }

    /// <summary>What names nothing.</summary>
    public IReadOnlyList<string> Unknown { get; init; } = [];

    /// <summary>Whom <see cref="Sought"/> may mean.</summary>
    public IReadOnlyList<Candidate> Choices { get; init; } = [];

    public bool AreMore { get; init; }

    public string Sought { get; init; } = "";
}

/// <summary>Somebody at the counter.</summary>
/// <param name="Person">Null: nobody answers who this is.</param>
/// <param name="Unit">Where they work, if that is known.</param>
/// <param name="Held">What they have; null: the inventory does not answer.</param>
/// <param name="Missing">What they wait for.</param>
public sealed record PersonCardModel(Candidate? Person, string? Unit, IReadOnlyList<Device>? Held, IReadOnlyList<MissingLine> Missing);

/// <summary>A device on the counter.</summary>
/// <param name="Device">Null: the inventory does not answer, or does not know it any more.</param>
public sealed record DeviceCardModel(string Tag, Device? Device);

/// <summary>One of the last acts, in words.</summary>
/// <param name="Tags">The devices.</param>
/// <param name="Name">Who received them or had them, if known.</param>
public sealed record RecentLine(RecentAct Act, string Tags, string? Name);
