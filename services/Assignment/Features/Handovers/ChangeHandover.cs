using System.ComponentModel;
using Fleet.Assignment.Domain;
using Fleet.Platform;
using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Fleet.Platform.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Assignment.Features.Handovers;

/// <summary>Changes by when the devices of a hand-over are to come back. 400 when that lies before the hand-over.</summary>
internal static class ChangeHandover
{
    public static void MapChangeHandover(this IEndpointRouteBuilder routes) =>
        routes.MapPatch("/handovers/{id:guid}", Handle).WithName(nameof(ChangeHandover)).RequireRole(Roles.It, Roles.Admin);

    private static async Task<Results<Resource<HandoverView>, ProblemHttpResult>> Handle(
        Guid id, Body<HandoverPatch> body, IfMatch ifMatch, IDocumentStore store, FleetCalendar calendar, CancellationToken ct)
    {
        while (true)
        {
            if (await store.FindAsync<Handover>(id, ct) is not { State.Status: HandoverStatus.Completed } found) return Problems.NotFound("hand-over");
            if (!ifMatch.Allows(found.Version)) return Problems.VersionMismatch();

            var changed = found.State with { DueBack = body.Value.DueBack.Or(found.State.DueBack) };
            if (HandoverRules.IfDueBefore(changed.DueBack, changed.EffectiveAt, calendar) is { } tooEarly) return tooEarly;
            var view = await HandoverView.OfAsync(changed, store, ct);
            if (changed == found.State) return new Resource<HandoverView>(view, found.Version);
            if ((await store.WriteAsync(found.With(changed), ct)).IsWritten) return new Resource<HandoverView>(view, found.Version + 1);
        }
    }

    /// <param name="DueBack">The day by which they are to come back; null: open.</param>
    internal sealed record HandoverPatch([property: Description("The day by which they are to come back; null: open.")] Given<DateOnly?> DueBack);
}
