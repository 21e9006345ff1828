using System.ComponentModel.DataAnnotations;
using Fleet.Assignment.Domain;
using Fleet.Contracts;
using Fleet.Platform;
using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Fleet.Platform.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Assignment.Features.People;

/// <summary>Hires a person. 409 <c>personnel-number-in-use</c>, <c>user-name-in-use</c>, <c>email-in-use</c>.</summary>
internal static class RegisterPerson
{
    public static void MapRegisterPerson(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/people", Handle).WithName(nameof(RegisterPerson)).RequireRole(Roles.Hr, Roles.Admin).Idempotent<Person>();

    private static async Task<Results<CreatedResource<PersonView>, ProblemHttpResult>> Handle(
        Body<NewPerson> body, Caller caller, RequestOrigin origin, IDocumentStore store, FleetCalendar calendar, TimeProvider time, CancellationToken ct)
    {
        var request = body.Value;
        var now = time.GetUtcNow();

        var startDate = request.StartDate!.Value;
        var starts = calendar.StartOf(startDate);
        var effectiveAt = (request.EffectiveAt ?? (starts < now ? starts : now)).ToUniversalTime();
        var person = new Person
        {
            PersonId = Guid.CreateVersion7(now),
            PersonnelNumber = request.PersonnelNumber!.Trim(),
            UserName = request.UserName!.Trim(),
            GivenName = request.GivenName!.Trim(),
            FamilyName = request.FamilyName!.Trim(),
            Email = request.Email!.Trim(),
            Employments = [new Employment(startDate, request.EndDate) { KitId = request.KitId, AwaitedSince = request.KitId is null ? null : effectiveAt }],
            Placements = [new Placement(startDate, request.UnitId!.Value, request.HomeOfficeEligible ?? true)],
        };
        if (await PersonRules.IfWrongAsync(person, new Named(request.UnitId, startDate, startDate, request.KitId), store, ct) is { } wrong) return wrong;

        var registered = new PersonRegistered { Meta = caller.At(now).Meta(person.PersonId, 1, 1, effectiveAt, null), Person = person.ToState() };
        var answer = new CreatedResource<PersonView>($"/api/assignment/people/{person.PersonId}", PersonView.Of(person));
        var result = await store.WriteAsync(Document<Person>.New(person.PersonId, person), [registered.Pending()], origin.For(answer), ct);
        return result.IsWritten ? answer : PersonRules.InUse(result.Index);
    }

    /// <param name="PersonnelNumber">The employer's number; unique, compared folded.</param>
    /// <param name="UserName">The name to sign in with; unique, compared folded.</param>
    /// <param name="Email">Unique, compared folded.</param>
    /// <param name="UnitId">Where the person works from the first day on.</param>
    /// <param name="StartDate">First day; may lie in the future.</param>
    /// <param name="EndDate">Last day, that day included; left out: open.</param>
    /// <param name="HomeOfficeEligible">Whether the work can be done from home; default true.</param>
    /// <param name="KitId">What the person gets; with a kit a joiner's case opens.</param>
    /// <param name="EffectiveAt">When it was decided; default: the start of the first day, or now if that lies ahead.</param>
    internal sealed record NewPerson(
        [property: Required, StringLength(50)] string? PersonnelNumber,
        [property: Required, StringLength(100)] string? UserName,
        [property: Required, StringLength(100)] string? GivenName,
        [property: Required, StringLength(100)] string? FamilyName,
        [property: Required, StringLength(254), EmailAddress] string? Email,
        [property: Required] Guid? UnitId,
        [property: Required] DateOnly? StartDate,
        DateOnly? EndDate,
        bool? HomeOfficeEligible,
        Guid? KitId,
        [property: NotInFuture] DateTimeOffset? EffectiveAt);
}
