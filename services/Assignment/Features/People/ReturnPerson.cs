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
/// Hires somebody again who has left: a second employment under the same names and numbers, with a joiner's case of its own. The first one stays in the
/// past's figures. 409 <c>not-left</c> when the employment before has not ended by then.
/// </summary>
internal static class ReturnPerson
{
    public static void MapReturnPerson(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/people/{id:guid}/return", Handle).WithName(nameof(ReturnPerson)).RequireRole(Roles.Hr, Roles.Admin).Idempotent<Person>();

    private static async Task<Results<Resource<PersonView>, ProblemHttpResult>> Handle(
        Guid id, Body<Returning> body, Caller caller, RequestOrigin origin, IfMatch ifMatch, IDocumentStore store, FleetCalendar calendar, TimeProvider time,
        CancellationToken ct)
    {
        var request = body.Value;
        var startDate = request.StartDate!.Value;
        while (true)
        {
            if (await store.FindAsync<Person>(id, ct) is not { } found) return Problems.NotFound("person");
            if (!ifMatch.Allows(found.Version)) return Problems.VersionMismatch();

            var now = time.GetUtcNow();
            var starts = calendar.StartOf(startDate);
            var effectiveAt = starts < now ? starts : now;
            if (found.State.ReturnedOn(startDate, request.UnitId, request.KitId, effectiveAt) is not { } returned)
            {
                return Problems.Conflict("not-left", found.State.Employment.EndDate is { } lastDay
                    ? $"{found.State.Name} leaves on {lastDay:yyyy-MM-dd}; a new employment begins after that day."
                    : $"{found.State.Name} has not left.");
            }

            // Also where the person was last, when nothing else is said: that unit may begin later by now.
            if (await PersonRules.IfWrongAsync(returned, new Named(request.UnitId, startDate, startDate, request.KitId), store, ct) is { } wrong) return wrong;

            var fact = new PersonChanged { Meta = caller.At(now).MetaOfNext(found, effectiveAt), Person = returned.ToState() };
            var answer = new Resource<PersonView>(PersonView.Of(returned), found.Version + 1);
            if ((await store.WriteAsync(found.With(returned), [fact.Pending()], origin.For(answer), ct)).IsWritten) return answer;
        }
    }

    /// <param name="StartDate">First day of the new employment, after the last day of the one before.</param>
    /// <param name="UnitId">Where the person works from then on; left out: where they were last.</param>
    /// <param name="KitId">What the person gets; left out: what they got before.</param>
    internal sealed record Returning([property: Required] DateOnly? StartDate, Guid? UnitId, Guid? KitId);
}
