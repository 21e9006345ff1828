using System.ComponentModel;
using Fleet.Assignment.Domain;
using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Fleet.Platform.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Assignment.Features.Handovers;

/// <summary>Lists completed hand-overs, oldest entry first. Employees see their own.</summary>
internal static class ListHandovers
{
    public static void MapListHandovers(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/handovers", Handle).WithName(nameof(ListHandovers)).RequireRole([.. Roles.Staff, Roles.Employee]);

    private static async Task<Results<Ok<ListView<HandoverView>>, ProblemHttpResult>> Handle(
        [Description("Only hand-overs to this person.")] Guid? personId, Caller caller, [AsParameters] Paging paging, IDocumentStore store, CancellationToken ct)
    {
        // An employee's own list is asked for without a person; another's is refused by the one rule of ownership.
        var wanted = personId ?? (caller.IsOnlyEmployee ? caller.PersonId : null);
        if (caller.RequireOwn(wanted) is { } notYours) return notYours;

        var condition = wanted is { } person ? HandoverDocument.Receiver.Is(person) : HandoverDocument.Status.Is(nameof(HandoverStatus.Completed));
        var page = await store.QueryAsync(paging.Of(new Query<Handover> { Where = [condition] }), ct);
        return TypedResults.Ok(new ListView<HandoverView>(await HandoverView.OfAsync([.. page.Items.Select(h => h.State)], store, ct), page.Next?.ToString()));
    }
}
