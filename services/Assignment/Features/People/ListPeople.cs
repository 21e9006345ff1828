using System.ComponentModel;
using Fleet.Assignment.Domain;
using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Fleet.Platform.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Assignment.Features.People;

/// <summary>Lists people, oldest entry first.</summary>
internal static class ListPeople
{
    public static void MapListPeople(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/people", Handle).WithName(nameof(ListPeople)).RequireRole(Roles.Staff);

    private static async Task<Ok<ListView<PersonView>>> Handle(
        [Description("Only people whose newest placement is in this unit itself.")] Guid? unit,
        [Description("Only the person with this user name, without regard to case.")] string? userName,
        [Description("Only the person with this personnel number.")] string? personnelNumber,
        [AsParameters] Paging paging, IDocumentStore store, CancellationToken ct)
    {
        var conditions = new List<Condition<Person>>();
        if (personnelNumber is not null) conditions.Add(PersonDocument.PersonnelNumber.Is(Key.Folded(personnelNumber)));
        if (userName is not null) conditions.Add(PersonDocument.UserName.Is(Key.Folded(userName)));
        if (unit is { } unitId) conditions.Add(PersonDocument.Unit.Is(unitId));

        // The unique values come first and find one person at most; whether the rest holds for that one is seen here.
        var page = await store.QueryAsync(paging.Of(new Query<Person> { Where = [.. conditions.Take(1)] }), ct);
        var items = page.Items.Where(p => conditions.Skip(1).All(c => c.Field.Value(p.State) == c.Values[0]));
        return TypedResults.Ok(ListView<PersonView>.Of(page with { Items = [.. items] }, PersonView.Of));
    }
}
