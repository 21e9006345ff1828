using Fleet.Platform.Security;
using Fleet.Portal.Domain;
using Fleet.Portal.Features.Accesses;
using Fleet.Portal.Features.Cases;
using Fleet.Portal.Features.Counter;
using Fleet.Portal.Features.Devices;
using Fleet.Portal.Features.Handovers;
using Fleet.Portal.Parts;
using Fleet.Portal.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Portal.Features.People;

/// <summary>Shows one person: where they work and worked, what they have, what they wait for. What does not answer is left out and said.</summary>
internal static class ShowPerson
{
    /// <summary>Who may open the page; lists of people lead them there.</summary>
    public static string[] Readers => Roles.Staff;

    public static void MapShowPerson(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/people/{id:guid}", Handle).WithName(nameof(ShowPerson)).RequireRole(Readers);

    private static async Task<Results<RazorComponentResult<PersonPage>, ProblemHttpResult>> Handle(
        Guid id, string? done, FleetApi api, Organisation organisation, TimeProvider time, TimeZoneInfo zone, CancellationToken ct)
    {
        var (person, units, kits) = (PersonActs.ReadAsync(api, id, ct), organisation.UnitsAsync(ct), organisation.KitsAsync(ct));
        var (devices, handovers) = (api.GetAsync<Listed<Device>>(CounterCards.AskHeld(id), ct), api.GetAsync<Listed<Handover>>(AskHandovers(id), ct));
        var (accesses, cases) = (api.GetAsync<Listed<Access>>(AskAccesses(id), ct), api.GetAsync<Listed<Starter>>(Recognition.AskCases([id]), ct));
        await Task.WhenAll(person, units, kits, devices, handovers, accesses, cases);
        if ((await person).Value is not { } found) return Refusals.Of((await person).Status);
        return new RazorComponentResult<PersonPage>(new
        {
            Model = new PersonModel(
                found, await units, await kits, (await devices).Value, (await handovers).Value, (await accesses).Value,
                [.. (await cases).Value?.Items.SelectMany(c => c.Missing) ?? []], DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), zone).DateTime), PersonActs.Message(done)),
        });
    }

    public static string AskHandovers(Guid id) => Links.Of("api/assignment/handovers", [("personId", $"{id}"), ("sort", "-effectiveAt"), ("limit", "20")]);

    public static string AskAccesses(Guid id) => Links.Of("api/provisioning/accesses", [("personId", $"{id}"), ("limit", "200")]);
}

/// <summary>What the page shows.</summary>
/// <param name="Devices">What they have; null: the inventory does not answer.</param>
/// <param name="Handovers">The newest; null: not read.</param>
/// <param name="Accesses">Null: provisioning does not answer.</param>
/// <param name="Missing">What they wait for.</param>
/// <param name="Done">The key of the text that says what was done just now.</param>
public sealed record PersonModel(
    Person Person, IReadOnlyList<NamedOption> Units, IReadOnlyList<NamedOption> Kits, Listed<Device>? Devices, Listed<Handover>? Handovers,
    Listed<Access>? Accesses, IReadOnlyList<MissingLine> Missing, DateOnly Today, string? Done)
{
    public string Status => Person.StatusOn(Today);

    public string UnitOf(Guid id) => Units.FirstOrDefault(u => u.Value == $"{id}")?.Text ?? "–";

    /// <summary>First and last days, and where they worked from each day on; newest first.</summary>
    public IEnumerable<(DateOnly Day, string Key, Placement? Placement)> Timeline() =>
        Person.Employments.SelectMany(e => ((DateOnly, string, Placement?)[])
            [(e.StartDate, "Person.Began", null), .. e.EndDate is { } end ? ((DateOnly, string, Placement?)[])[(end, "Person.Ended", null)] : []])
        .Concat(Person.Placements.Select(p => (p.From, "Person.Placed", (Placement?)p)))
        .OrderByDescending(l => l.Item1).ThenBy(l => l.Item3 is null ? 1 : 0);
}
