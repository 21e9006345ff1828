using System.ComponentModel;
using Fleet.Audit.Domain;
using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Fleet.Platform.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Audit.Features;

/// <summary>Lists the people behind the figures of a day, by family name, each with what they have; or those who lack something.</summary>
internal static class ListCoveredPeople
{
    private const int DefaultLimit = 50;

    private static readonly StringComparer ByName = StringComparer.InvariantCultureIgnoreCase;

    public static void MapListCoveredPeople(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/coverage/people", Handle).WithName(nameof(ListCoveredPeople)).RequireRole(Roles.Staff);

    private static async Task<Results<Ok<ListView<View>>, ProblemHttpResult>> Handle(
        [Description("The day; default today.")] DateOnly? asOf,
        [Description("laptop or vpn: only people without it.")] string? missing,
        [AsParameters] CoverageQuestion question, [AsParameters] Paging paging, CancellationToken ct)
    {
        if (missing is not (null or "laptop" or "vpn")) return Problems.Invalid("missing", "Must be laptop or vpn.");
        var (known, refusal) = await question.AskAsync(asOf, "asOf", ct);
        if (known is null) return refusal!;

        // The people of a day are in memory; the page is cut by name and id, as a store would.
        var page = paging.Of(new Query<LogEntry> { Limit = DefaultLimit });
        var after = page.After is { } cursor ? (cursor.SortValue, cursor.Id) : default((string, string)?);
        var people = known.Coverage.People(known.Day, known.Unit)
            .Where(p => missing switch { "laptop" => !p.Status.WithLaptop, "vpn" => !p.Status.WithVpn, _ => true })
            .Select(p => (Key: (Name: SortName(p.Worker.Person), Id: Key.Of(p.Worker.Person.PersonId)), p.Worker, p.Status))
            .Where(p => after is null || Compare(p.Key, after.Value) > 0)
            .OrderBy(p => p.Key, Comparer<(string Name, string Id)>.Create(Compare))
            .Take(page.Limit + 1).ToList();
        var next = people.Count > page.Limit ? new Cursor(people[^2].Key.Name, people[^2].Key.Id) : null;
        return TypedResults.Ok(new ListView<View>([.. people.Take(page.Limit).Select(p => ViewOf(p.Worker, p.Status, known))], next?.ToString()));
    }

    private static string SortName(PersonVersion person) => $"{person.FamilyName}, {person.GivenName}";

    private static int Compare((string Name, string Id) a, (string Name, string Id) b) =>
        ByName.Compare(a.Name, b.Name) is not 0 and var order ? order : string.CompareOrdinal(a.Id, b.Id);

    private static View ViewOf(Coverage.Worker worker, PersonStatus status, CoverageQuestion.Known known)
    {
        var person = worker.Person;
        return new View(
            person.PersonId, person.PersonnelNumber, $"{person.GivenName} {person.FamilyName}".Trim(),
            new UnitName(status.UnitId, known.Coverage.NameOf(status.UnitId, known.Day) ?? ""),
            status.Eligible, status.WithLaptop, worker.LaptopsOn(known.Day), status.WithVpn, status.Ready);
    }

    /// <param name="Name">Given and family name, as known at that time; empty when erased.</param>
    /// <param name="Unit">Where the person was on the day.</param>
    /// <param name="Eligible">For working from home.</param>
    /// <param name="AssetTags">The laptops held.</param>
    private sealed record View(
        Guid PersonId, string PersonnelNumber, string Name, UnitName Unit, bool Eligible, bool WithLaptop, IReadOnlyList<string> AssetTags, bool WithVpn, bool Ready);
}
