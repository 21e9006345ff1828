using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Fleet.Assignment.Domain;
using Fleet.Contracts;
using Fleet.Platform;
using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Fleet.Platform.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Assignment.Features.People;

/// <summary>
/// Changes a person: corrections count at once, another unit or eligibility from the day of <c>effectiveAt</c> on, first and last day are those of the
/// newest employment.
/// 409 <c>personnel-number-in-use</c>, <c>user-name-in-use</c>, <c>email-in-use</c>.
/// </summary>
internal static class ChangePerson
{
    public static void MapChangePerson(this IEndpointRouteBuilder routes) =>
        routes.MapPatch("/people/{id:guid}", Handle).WithName(nameof(ChangePerson)).RequireRole(Roles.Hr, Roles.Admin, Roles.Manager);

    private static async Task<Results<Resource<PersonView>, ProblemHttpResult>> Handle(
        Guid id, Body<PersonPatch> body, Caller caller, IfMatch ifMatch, IDocumentStore store, FleetCalendar calendar, TimeProvider time, CancellationToken ct)
    {
        var request = body.Value;
        var now = time.GetUtcNow();
        if (caller.IsOnlyManager && request with { HomeOfficeEligible = null, EffectiveAt = null } != PersonPatch.Nothing)
            return Problems.Forbidden("role-missing", "Managers say who may work from home (homeOfficeEligible, effectiveAt), and nothing else of a person.");

        while (true)
        {
            if (await store.FindAsync<Person>(id, ct) is not { } found || !await ManagedUnits.IncludeAsync(found.State.Current.UnitId, caller, store, ct)) return Problems.NotFound("person");
            if (!ifMatch.Allows(found.Version)) return Problems.VersionMismatch();

            var effectiveAt = (request.EffectiveAt ?? now).ToUniversalTime();
            var day = calendar.DayOf(effectiveAt);
            var applied = Apply(request, found.State, effectiveAt);
            var changed = applied.PlacedFrom(day, request.UnitId, request.HomeOfficeEligible);
            // Before the first placement a move is one of the first placement.
            var placedFrom = day < changed.Placements[0].From ? changed.Placements[0].From : day;
            if (await PersonRules.IfWrongAsync(changed, new Named(request.UnitId, placedFrom, request.StartDate, request.KitId), store, ct) is { } wrong) return wrong;
            var begins = calendar.StartOf(changed.Employments[0].StartDate);
            if (request.EffectiveAt < begins) return Problems.TooEarly(begins);
            if (changed == found.State) return new Resource<PersonView>(PersonView.Of(found), found.Version);

            // Another last day is an event of its own; what else changed is one more.
            var cause = caller.At(now);
            var isLeaving = changed.Employment.EndDate is not null && changed.Employment.EndDate != found.State.Employment.EndDate;
            var events = new List<PendingEvent>();
            if (!isLeaving || changed with { Employments = found.State.Employments } != found.State || changed.Employment with { EndDate = found.State.Employment.EndDate } != found.State.Employment)
                events.Add(new PersonChanged { Meta = cause.MetaOfNext(found, effectiveAt), Person = changed.ToState() }.Pending());
            if (isLeaving)
                events.Add(new PersonLeft { Meta = cause.MetaOfNext(found, LeavePerson.EffectiveAt(changed, now, calendar), events.Count), Person = changed.ToState() }.Pending());

            var result = await store.WriteAsync(found.With(changed), events, ct);
            if (result.IsWritten) return new Resource<PersonView>(PersonView.Of(changed), found.Version + 1);
            if (result.Outcome == WriteOutcome.DuplicateKey) return PersonRules.InUse(result.Index);
        }
    }

    private static Person Apply(PersonPatch request, Person person, DateTimeOffset effectiveAt)
    {
        var changed = person with
        {
            PersonnelNumber = request.PersonnelNumber?.Trim() ?? person.PersonnelNumber,
            UserName = request.UserName?.Trim() ?? person.UserName,
            GivenName = request.GivenName?.Trim() ?? person.GivenName,
            FamilyName = request.FamilyName?.Trim() ?? person.FamilyName,
            Email = request.Email?.Trim() ?? person.Email,
        };
        changed = changed.WithEmployment(changed.Employment with
        {
            StartDate = request.StartDate ?? changed.Employment.StartDate,
            EndDate = request.EndDate.Or(changed.Employment.EndDate),
        });
        return request.KitId is { } kitId ? changed.Awaiting(kitId, effectiveAt) : changed;
    }

    /// <summary>What is left out stays as it is.</summary>
    /// <param name="UnitId">Where the person works from the day of <paramref name="EffectiveAt"/> on.</param>
    /// <param name="HomeOfficeEligible">Whether the work can be done from home from that day on.</param>
    /// <param name="EffectiveAt">Its day is the first of the new placement; default now; not before the person's first day.</param>
    internal sealed record PersonPatch(
        [property: NotBlank, StringLength(50)] string? PersonnelNumber,
        [property: NotBlank, StringLength(100)] string? UserName,
        [property: NotBlank, StringLength(100)] string? GivenName,
        [property: NotBlank, StringLength(100)] string? FamilyName,
        [property: NotBlank, StringLength(254), EmailAddress] string? Email,
        Guid? UnitId,
        DateOnly? StartDate,
        [property: Description("Last day of the newest employment; null takes it back.")] Given<DateOnly?> EndDate,
        bool? HomeOfficeEligible,
        Guid? KitId,
        [property: NotInFuture] DateTimeOffset? EffectiveAt)
    {
        public static readonly PersonPatch Nothing = new(null, null, null, null, null, null, null, default, null, null, null);
    }
}
