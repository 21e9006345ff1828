using System.ComponentModel.DataAnnotations;
using Fleet.Assignment.Domain;
using Fleet.Contracts;
using Fleet.Platform;
using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Fleet.Platform.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Assignment.Features;

/// <summary>
/// Changes a person: corrections count at once, another unit or eligibility from the day of <c>effectiveAt</c> on.
/// 409 <c>personnel-number-in-use</c>, <c>user-name-in-use</c>, <c>email-in-use</c>.
/// </summary>
internal static class ChangePerson
{
    public static void MapChangePerson(this IEndpointRouteBuilder routes) =>
        routes.MapPatch("/people/{id:guid}", Handle).WithName(nameof(ChangePerson)).RequireRole(Roles.Hr, Roles.Admin);

    private static async Task<Results<Resource<PersonView>, ProblemHttpResult>> Handle(
        Guid id, Body<PersonPatch> body, Caller caller, IfMatch ifMatch, IDocumentStore store, FleetCalendar calendar, TimeProvider time, CancellationToken ct)
    {
        var request = body.Value;
        var now = time.GetUtcNow();
        if (Problems.IfFuture(request.EffectiveAt, now) is { } future) return future;

        while (true)
        {
            if (await store.FindAsync<Person>(id, ct) is not { } found) return Problems.NotFound("person");
            if (!ifMatch.Allows(found.Version)) return Problems.VersionMismatch();

            var changed = Apply(request, found.State).PlacedFrom(calendar.DayOf(request.EffectiveAt ?? now), request.UnitId, request.HomeOfficeEligible);
            if (await PersonRules.IfWrongAsync(store, request.UnitId, request.KitId, changed.StartDate, changed.EndDate, ct) is { } wrong) return wrong;
            if (request.EffectiveAt < calendar.StartOf(changed.StartDate)) return Problems.TooEarly(calendar.StartOf(changed.StartDate));
            if (changed == found.State) return new Resource<PersonView>(PersonView.Of(found), found.Version);

            var fact = new PersonChanged { Meta = caller.At(now).Meta(id, found.Version + 1, request.EffectiveAt ?? now), Person = changed.ToState() };
            var result = await store.WriteAsync(found.With(changed), [fact.Pending()], ct);
            if (result.IsWritten) return new Resource<PersonView>(PersonView.Of(changed), found.Version + 1);
            if (result.Outcome == WriteOutcome.DuplicateKey) return PersonRules.InUse(result.Index);
        }
    }

    private static Person Apply(PersonPatch request, Person person) => person with
    {
        PersonnelNumber = request.PersonnelNumber?.Trim() ?? person.PersonnelNumber,
        UserName = request.UserName?.Trim() ?? person.UserName,
        GivenName = request.GivenName?.Trim() ?? person.GivenName,
        FamilyName = request.FamilyName?.Trim() ?? person.FamilyName,
        Email = request.Email?.Trim() ?? person.Email,
        StartDate = request.StartDate ?? person.StartDate,
        EndDate = request.EndDate ?? person.EndDate,
        KitId = request.KitId ?? person.KitId,
    };

    /// <summary>What is left out stays as it is.</summary>
    /// <param name="UnitId">Where the person works from the day of <paramref name="EffectiveAt"/> on.</param>
    /// <param name="HomeOfficeEligible">Whether the work can be done from home from that day on.</param>
    /// <param name="EffectiveAt">Its day is the first of the new placement; default now; not before the person's first day.</param>
    internal sealed record PersonPatch(
        [property: StringLength(50, MinimumLength = 1)] string? PersonnelNumber,
        [property: StringLength(100, MinimumLength = 1)] string? UserName,
        [property: StringLength(100, MinimumLength = 1)] string? GivenName,
        [property: StringLength(100, MinimumLength = 1)] string? FamilyName,
        [property: StringLength(254, MinimumLength = 3), EmailAddress] string? Email,
        Guid? UnitId,
        DateOnly? StartDate,
        DateOnly? EndDate,
        bool? HomeOfficeEligible,
        Guid? KitId,
        DateTimeOffset? EffectiveAt);
}
