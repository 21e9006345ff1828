using Fleet.Assignment.Domain;
using Fleet.Contracts;
using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Fleet.Platform.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Assignment.Features.Handovers;

/// <summary>The receiver confirms a hand-over; confirming again changes nothing. Employees confirm their own: 403 <c>not-yours</c>.</summary>
internal static class AcceptHandover
{
    public static void MapAcceptHandover(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/handovers/{id:guid}/accept", Handle).WithName(nameof(AcceptHandover)).RequireRole(Roles.It, Roles.Admin, Roles.Employee).Idempotent<Handover>();

    private static async Task<Results<Resource<HandoverView>, ProblemHttpResult>> Handle(
        Guid id, Caller caller, RequestOrigin origin, IfMatch ifMatch, IDocumentStore store, TimeProvider time, CancellationToken ct)
    {
        while (true)
        {
            if (await store.FindAsync<Handover>(id, ct) is not { State.Status: HandoverStatus.Completed } found) return Problems.NotFound("hand-over");
            if (caller.RequireOwn(found.State.PersonId) is { } notYours) return notYours;
            if (!ifMatch.Allows(found.Version)) return Problems.VersionMismatch();

            var now = time.GetUtcNow();
            var accepted = found.State.Accept(now);
            var view = await HandoverView.OfAsync(accepted, store, ct);
            if (ReferenceEquals(accepted, found.State)) return new Resource<HandoverView>(view, found.Version);

            var fact = new HandoverAccepted { Meta = caller.At(now).MetaOfNext(found, now), Handover = accepted.ToState() };
            var answer = new Resource<HandoverView>(view, found.Version + 1);
            if ((await store.WriteAsync(found.With(accepted), [fact.Pending()], origin.For(answer), ct)).IsWritten) return answer;
        }
    }
}
