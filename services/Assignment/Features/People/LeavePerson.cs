using System.ComponentModel.DataAnnotations;
using Fleet.Assignment.Domain;
using Fleet.Contracts;
using Fleet.Platform;
using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Fleet.Platform.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Assignment.Features.People;

/// <summary>Says when a person's newest employment ends; saying it again changes the day. 400 when it lies before the first day.</summary>
internal static class LeavePerson
{
    public static void MapLeavePerson(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/people/{id:guid}/leave", Handle).WithName(nameof(LeavePerson)).RequireRole(Roles.Hr, Roles.Admin).Idempotent<Person>();

    /// <summary>The end of the last day, or now if that lies ahead: the decision is what is true by now.</summary>
    public static DateTimeOffset EffectiveAt(Person person, DateTimeOffset now, FleetCalendar calendar)
    {
        var over = calendar.StartOf(person.Employment.EndDate!.Value.AddDays(1));
        return over < now ? over : now;
    }

    private static async Task<Results<Resource<PersonView>, ProblemHttpResult>> Handle(
        Guid id, Body<Leaving> body, Caller caller, RequestOrigin origin, IfMatch ifMatch, IDocumentStore store, FleetCalendar calendar, TimeProvider time,
        CancellationToken ct)
    {
        while (true)
        {
            if (await store.FindAsync<Person>(id, ct) is not { } found) return Problems.NotFound("person");
            if (!ifMatch.Allows(found.Version)) return Problems.VersionMismatch();

            var now = time.GetUtcNow();
            var left = found.State.WithEmployment(found.State.Employment with { EndDate = body.Value.LastDay });
            if (left.Employment.EndDate < left.Employment.StartDate)
                return Problems.Invalid("lastDay", $"Must not lie before the first day, {left.Employment.StartDate:yyyy-MM-dd}.");
            if (left == found.State) return new Resource<PersonView>(PersonView.Of(found), found.Version);

            var fact = new PersonLeft { Meta = caller.At(now).MetaOfNext(found, EffectiveAt(left, now, calendar)), Person = left.ToState() };
            var answer = new Resource<PersonView>(PersonView.Of(left), found.Version + 1);
            if ((await store.WriteAsync(found.With(left), [fact.Pending()], origin.For(answer), ct)).IsWritten) return answer;
        }
    }

    /// <param name="LastDay">The last day of employment, that day included; may lie ahead or in the past.</param>
    internal sealed record Leaving([property: Required] DateOnly? LastDay);
}
