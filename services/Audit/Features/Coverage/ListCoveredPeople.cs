using System.ComponentModel;
using System.Globalization;
using System.Text.Json.Serialization;
using Fleet.Audit.Domain;
using Fleet.Contracts;
using Fleet.Platform.Http;
using Fleet.Platform.Lists;
using Fleet.Platform.Security;
using Fleet.Platform.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Audit.Features.Coverage;

/// <summary>Lists the people behind each figure of a day, by family name, each with what they have.</summary>
internal static class ListCoveredPeople
{
    private const int DefaultLimit = 50;

    private static readonly IReadOnlyList<Column<View>> Columns =
    [
        Column.Of<View>("personnelNumber", p => p.PersonnelNumber),
        Column.Of<View>("name", p => p.Name),
        Column.Of<View>("unit", p => p.Unit.Name),
        Column.Of<View>("eligible", p => p.Eligible),
        Column.Of<View>("withLaptop", p => p.WithLaptop),
        Column.Of<View>("assetTags", p => p.AssetTags),
        Column.Of<View>("withVpn", p => p.WithVpn),
        Column.Of<View>("ready", p => p.Ready),
        Column.Of<View>("personId", p => p.PersonId),
        Column.Of<View>("unitId", p => p.Unit.Id),
    ];

    private static readonly StringComparer ByName = StringComparer.InvariantCultureIgnoreCase;

    public static void MapListCoveredPeople(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/coverage/people", Handle).WithName(nameof(ListCoveredPeople)).RequireRole(Roles.StaffAndManagers)
            .Produces<PageView>(StatusCodes.Status200OK, "application/json", Csv.MediaType);

    private static async Task<Results<Ok<PageView>, CsvAnswer<View>, ProblemHttpResult>> Handle(
        [Description("The day; default today.")] DateOnly? asOf,
        [Description("Only people with all of these.")][Words(DeviceKinds.Laptop, ItemKinds.Vpn, Several = true)] string? with,
        [Description("Only people who lack at least one of these: all but those whom `with` lists.")][Words(DeviceKinds.Laptop, ItemKinds.Vpn, Several = true)] string? without,
        [Description("Only people who may work from home, or only those who may not.")] bool? eligible,
        [AsParameters] CoverageQuestion question, [AsParameters] Paging paging, HttpContext http, CancellationToken ct)
    {
        var selection = new Selection(ReadList(with, "with"), ReadList(without, "without"), eligible);
        var page = paging.Of(new Query<LogEntry> { Limit = DefaultLimit });
        var after = page.After is { } cursor ? ReadPlace(cursor) : null;
        // The next page is of the same knowledge as the first, whatever was learned in between.
        var (known, refusal) = await (question with { KnownAt = question.KnownAt ?? after?.KnownAt }).AskAsync(asOf, "asOf", ct);
        if (known is null) return refusal!;

        // The people of a day are in memory; the page is cut by name and id, as a store would.
        var asked = known.Coverage.People(known.Day, known.Unit).Where(p => selection.Includes(p.Status)).ToList();
        var people = asked
            .Select(p => (Place: new Place(known.KnownAt, SortName(p.Worker.Person), Key.Of(p.Worker.Person.PersonId)), p.Worker, p.Status))
            .Where(p => after is null || Compare(p.Place, after) > 0)
            .OrderBy(p => p.Place, Comparer<Place>.Create(Compare));
        if (Csv.IsWanted(http)) return new CsvAnswer<View>("people", Columns, Whole(people.Select(p => ViewOf(p.Worker, p.Status, known)).ToList()));

        var listed = people.Take(page.Limit + 1).ToList();
        var next = listed.Count > page.Limit ? listed[^2].Place.ToCursor().ToString() : null;
        return TypedResults.Ok(new PageView(
            known.Day, known.KnownAt, known.LogPosition, asked.Count, [.. listed.Take(page.Limit).Select(p => ViewOf(p.Worker, p.Status, known))], next));
    }

    private static async IAsyncEnumerable<IReadOnlyList<View>> Whole(IReadOnlyList<View> people)
    {
        await Task.CompletedTask;
        yield return people;
    }

    private static IReadOnlyList<Equipment> ReadList(string? text, string parameter) =>
        text is null ? [] : [.. text.Split(',', StringSplitOptions.TrimEntries).Select(word => Choice.Of<Equipment>(word, parameter)!.Value)];

    private static Place ReadPlace(Cursor cursor) =>
        cursor.SortValue.Split(' ', 2) is [var knownAt, var name]
        && DateTimeOffset.TryParseExact(knownAt, "O", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? new Place(instant, name, cursor.Id)
            : throw new BadRequestException("cursor", "Must be the next of a page before.");

    private static string SortName(PersonFact person) => $"{person.FamilyName}, {person.GivenName}";

    private static int Compare(Place a, Place b) => ByName.Compare(a.Name, b.Name) is not 0 and var order ? order : string.CompareOrdinal(a.Id, b.Id);

    private static View ViewOf(Worker worker, PersonStatus status, CoverageQuestion.Known known)
    {
        var person = worker.Person;
        return new View(
            person.PersonId, person.PersonnelNumber, $"{person.GivenName} {person.FamilyName}".Trim(),
            new UnitName(status.UnitId, known.Coverage.NameOf(status.UnitId, known.Day) ?? ""),
            status.Eligible, status.WithLaptop, worker.LaptopsOn(known.Day), status.WithVpn, status.Ready);
    }

    /// <summary>Where a page ended, in which knowledge.</summary>
    private sealed record Place(DateTimeOffset KnownAt, string Name, string Id)
    {
        public Cursor ToCursor() => new($"{KnownAt.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)} {Name}", Id);
    }

    /// <param name="AsOf">The people are those of the end of this day.</param>
    /// <param name="KnownAt">Ask with this to get the same people again.</param>
    /// <param name="LogPosition">Sequence of the last entry of the log that counts.</param>
    /// <param name="Total">How many they are on all pages.</param>
    /// <param name="Next">Pass it as <c>cursor</c> to read on; null: this is the last page.</param>
    private sealed record PageView(
        DateOnly AsOf, DateTimeOffset KnownAt, long LogPosition, int Total, IReadOnlyList<View> Items,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Next);

    /// <param name="Name">Given and family name, as known at that time; empty when erased.</param>
    /// <param name="Unit">Where the person was on the day.</param>
    /// <param name="Eligible">For working from home.</param>
    /// <param name="AssetTags">The laptops held.</param>
    private sealed record View(
        Guid PersonId, string PersonnelNumber, string Name, UnitName Unit, bool Eligible, bool WithLaptop, IReadOnlyList<string> AssetTags, bool WithVpn, bool Ready);
}
