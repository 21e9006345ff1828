using Fleet.Assignment.Domain;
using Fleet.Assignment.Features.Units;
using Fleet.Platform;
using Fleet.Platform.Http;
using Fleet.Platform.Lists;
using Fleet.Platform.Security;
using Fleet.Platform.Store;

namespace Fleet.Assignment.Features.People;

/// <summary>Lists people.</summary>
internal static class ListPeople
{
    private const string Joining = "joining";
    private const string Employed = "employed";
    private const string Left = "left";

    private static readonly ListOf<Person, PersonView> List = new(PersonDocument.Type)
    {
        Filters =
        [
            Filter.Id(
                "unitId", PersonDocument.Unit, (ids, http, ct) => Subtree.OfAsync(ids, "unitId", http.RequestServices.GetRequiredService<IDocumentStore>(), ct),
                "Only people whose newest placement is in one of these units or below them, separated by commas."),
            Filter.Text("userName", PersonDocument.UserName),
            Filter.Text("personnelNumber", PersonDocument.PersonnelNumber),
            Filter.Text("email", PersonDocument.Email),
            Filter.Id("kitId", PersonDocument.Kit),
            Filter.Flag("homeOfficeEligible", PersonDocument.Eligible),
            Filter.Days("startDate", PersonDocument.StartDate),
            Filter.Days("endDate", PersonDocument.LastDay),
            Filter.Of(
                new QueryParameter("status", ValueKind.Word, "Only people who, by their newest employment and today, are yet to begin, employed, or have left.")
                {
                    Words = [Joining, Employed, Left],
                },
                [PersonDocument.StartDate, PersonDocument.LastDay], (status, http, _) => ValueTask.FromResult(StatusIs(status, http))),
        ],
        Always = OnlyManagedAsync,
        Search = PersonDocument.Words,
        SearchedIn = "names, personnel number, user name, e-mail address",
        Sorts =
        [
            Sort.By("name", PersonDocument.Name), Sort.By("personnelNumber", PersonDocument.PersonnelNumber), Sort.By("startDate", PersonDocument.StartDate),
            Sort.By("endDate", PersonDocument.LastDay),
        ],
        Columns =
        [
            Column.Of<PersonView>("id", v => v.Id), Column.Of<PersonView>("personnelNumber", v => v.PersonnelNumber), Column.Of<PersonView>("userName", v => v.UserName),
            Column.Of<PersonView>("givenName", v => v.GivenName), Column.Of<PersonView>("familyName", v => v.FamilyName), Column.Of<PersonView>("email", v => v.Email),
            Column.Of<PersonView>("unitId", v => v.UnitId), Column.Of<PersonView>("startDate", v => v.StartDate), Column.Of<PersonView>("endDate", v => v.EndDate),
            Column.Of<PersonView>("homeOfficeEligible", v => v.HomeOfficeEligible), Column.Of<PersonView>("kitId", v => v.KitId),
        ],
    };

    public static void MapListPeople(this IEndpointRouteBuilder routes) =>
        routes.MapList("/people", List, PersonView.Of).WithName(nameof(ListPeople)).WithSummary("Lists people").RequireRole(Roles.StaffAndManagers);

    private static async ValueTask<IReadOnlyList<Condition<Person>>> OnlyManagedAsync(HttpContext http, CancellationToken ct) =>
        await ManagedUnits.OfAsync(Caller.Of(http), http.RequestServices.GetRequiredService<IDocumentStore>(), ct) is { } units ? [PersonDocument.Unit.IsOneOf([.. units.Select(Key.Of)])] : [];

    private static IReadOnlyList<Condition<Person>> StatusIs(string status, HttpContext http)
    {
        var today = http.RequestServices.GetRequiredService<FleetCalendar>().DayOf(http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow());
        return status.ToLowerInvariant() switch
        {
            Joining => [PersonDocument.StartDate.AtLeast(Key.Of(today.AddDays(1)))],
            Left => [PersonDocument.LastDay.AtMost(Key.Of(today.AddDays(-1)))],
            _ => [PersonDocument.StartDate.AtMost(Key.Of(today)), PersonDocument.LastDay.AtLeast(Key.Of(today))],
        };
    }
}
