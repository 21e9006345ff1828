using Fleet.Portal.Domain;
using Fleet.Portal.Features.Cases;
using Fleet.Portal.Features.Devices;
using Fleet.Portal.Features.Handovers;
using Fleet.Portal.Web;

namespace Fleet.Portal.Features.Counter;

/// <summary>
/// Finds what was scanned or typed at the counter: a device by its tag or serial number, a person by number, user name or words of the name; several
/// tags in one line are several devices.
/// </summary>
internal sealed class Recognition(FleetApi api, TimeProvider time, TimeZoneInfo zone)
{
    /// <summary>As many people as are offered to choose from.</summary>
    public const int MostPeople = 10;

    private static readonly char[] Between = [' ', '\t', '\r', '\n', ',', ';'];

    public async Task<Recognised> FindAsync(string typed, CancellationToken ct)
    {
        var found = await FindOneAsync(typed, ct);
        if (found.IsSomething || found.IsAway) return found;
        var parts = typed.Split(Between, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (parts.Count is < 2 or > CounterState.MostDevices) return found;

        var devices = await Task.WhenAll(parts.Select(p => DeviceAsync(p, ct)));
        if (devices.Any(d => d.IsAway)) return Recognised.Away;
        var several = devices.SelectMany(d => d.Devices).DistinctBy(d => d.Id).ToList();
        return several.Count == 0 ? found : new Recognised { Devices = several, Unknown = [.. parts.Where((_, i) => devices[i].Devices.Count == 0)] };
    }

    private async Task<Recognised> FindOneAsync(string typed, CancellationToken ct)
    {
        var (device, people) = (DeviceAsync(typed, ct), PeopleAsync(typed, ct));
        await Task.WhenAll(device, people);
        if ((await device).IsSomething) return await device;
        if ((await people).IsSomething) return await people;
        return (await device).IsAway || (await people).IsAway ? Recognised.Away : new Recognised { Unknown = [typed] };
    }

    private async Task<Recognised> DeviceAsync(string typed, CancellationToken ct)
    {
        var answers = await Task.WhenAll(((string[])["assetTag", "serialNumber"]).Select(by => api.GetAsync<Listed<Device>>(AskDevices(by, typed), ct)));
        var device = answers.Select(a => a.Value?.First()).FirstOrDefault(d => d is not null);
        return device is not null ? new Recognised { Devices = [device] } : answers.Any(IsAway) ? Recognised.Away : Recognised.Nothing;
    }

    private async Task<Recognised> PeopleAsync(string typed, CancellationToken ct)
    {
        var answers = await Task.WhenAll(((string[])["personnelNumber", "userName", "search"]).Select(by => api.GetAsync<Listed<Candidate>>(AskPeople(by, typed), ct)));
        var exact = answers[..2].Select(a => a.Value?.First()).FirstOrDefault(p => p is not null);
        if (exact is not null) return new Recognised { People = [exact] };
        if (answers[2].Value is not { Items: { Count: > 0 } matching } list) return answers.Any(IsAway) ? Recognised.Away : Recognised.Nothing;
        return new Recognised { People = await MostLikelyFirstAsync(matching, ct), AreMore = list.Next is not null };
    }

    /// <summary>Who waits for something first, then who begins or began closest to today.</summary>
    private async Task<IReadOnlyList<Candidate>> MostLikelyFirstAsync(IReadOnlyList<Candidate> people, CancellationToken ct)
    {
        if (people.Count == 1) return people;
        var open = await api.GetAsync<Listed<Starter>>(AskCases(people.Select(p => p.Id)), ct);
        var waiting = open.Value?.Items.Select(c => c.PersonId).ToHashSet() ?? [];
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), zone).DateTime);
        return [.. people.OrderByDescending(p => waiting.Contains(p.Id)).ThenBy(p => p.EndDate < today).ThenBy(p => Math.Abs(p.StartDate.DayNumber - today.DayNumber)).Take(MostPeople)];
    }

    public static string AskDevices(string by, string value) => Links.Of("api/inventory/devices", [(by, value), ("limit", "1")]);

    public static string AskPeople(string by, string value) => Links.Of("api/assignment/people", [(by, value), ("limit", by == "search" ? $"{MostPeople}" : "1")]);

    public static string AskCases(IEnumerable<Guid> people) => Links.Of("api/assignment/cases", [("personId", string.Join(',', people)), ("status", "open"), ("limit", $"{MostPeople}")]);

    private static bool IsAway<T>(Answer<T> answer) where T : class => answer.Status == StatusCodes.Status503ServiceUnavailable;
}

/// <summary>What an input was recognised as.</summary>
internal sealed record Recognised
{
    public static Recognised Nothing { get; } = new();

    public static Recognised Away { get; } = new() { IsAway = true };

    public IReadOnlyList<Device> Devices { get; init; } = [];

    /// <summary>One: this is who is meant. Several: to choose from, most likely first.</summary>
    public IReadOnlyList<Candidate> People { get; init; } = [];

    /// <summary>Whether more people match than these.</summary>
    public bool AreMore { get; init; }

    /// <summary>What names nothing.</summary>
    public IReadOnlyList<string> Unknown { get; init; } = [];

    /// <summary>Whether a service that may know it does not answer.</summary>
    public bool IsAway { get; init; }

    public bool IsSomething => Devices.Count > 0 || People.Count > 0;
}
