using Fleet.Assignment.Domain;
using Fleet.Assignment.Features.Custodies;
using Fleet.Platform.Http;
using Fleet.Platform.Lists;
using Fleet.Platform.Security;
using Fleet.Platform.Store;

namespace Fleet.Assignment.Features.Handovers;

/// <summary>Lists completed hand-overs. Employees see their own.</summary>
internal static class ListHandovers
{
    private static readonly ListOf<Handover, HandoverView> List = new(HandoverDocument.Type)
    {
        Filters =
        [
            Filter.Id("personId", HandoverDocument.Receiver, "Only hand-overs to these people, separated by commas."),
            Filter.Id("deviceId", HandoverDocument.Devices, "Only hand-overs of these devices, separated by commas."),
            Filter.Of(
                new QueryParameter("assetTag", ValueKind.Text, "Only hand-overs of the device that bears this tag today, without regard to case and space."),
                [HandoverDocument.Devices], OfTagAsync),
            Filter.Instants("effectiveAt", HandoverDocument.EffectiveAt),
            Filter.Days("dueBack", HandoverDocument.DueBack),
            Filter.Flag("accepted", HandoverDocument.Accepted, "Only hand-overs that the receiver has confirmed, or has not."),
        ],
        Always = OnlyCompletedAndOwnAsync,
        Sorts = [Sort.By("effectiveAt", HandoverDocument.EffectiveAt)],
        Columns =
        [
            Column.Of<HandoverView>("id", v => v.Id), Column.Of<HandoverView>("personId", v => v.PersonId), Column.Of<HandoverView>("name", v => v.Person?.Name),
            Column.Of<HandoverView>("assetTags", v => v.Devices.Select(d => d.AssetTag)), Column.Of<HandoverView>("effectiveAt", v => v.EffectiveAt),
            Column.Of<HandoverView>("dueBack", v => v.DueBack), Column.Of<HandoverView>("acceptedAt", v => v.AcceptedAt),
            Column.Of<HandoverView>("returnedAt", v => v.Devices.Select(d => d.ReturnedAt)),
        ],
    };

    public static void MapListHandovers(this IEndpointRouteBuilder routes) => routes.MapList("/handovers", List, ViewAsync)
        .WithName(nameof(ListHandovers)).WithSummary("Lists completed hand-overs").RequireRole([.. Roles.Staff, Roles.Employee]);

    private static Task<IReadOnlyList<HandoverView>> ViewAsync(IReadOnlyList<Document<Handover>> page, HttpContext http, CancellationToken ct) =>
        HandoverView.OfAsync([.. page.Select(h => h.State)], http.RequestServices.GetRequiredService<IDocumentStore>(), ct);

    private static ValueTask<IReadOnlyList<Condition<Handover>>> OnlyCompletedAndOwnAsync(HttpContext http, CancellationToken ct)
    {
        var completed = HandoverDocument.Status.Is(nameof(HandoverStatus.Completed));
        var caller = Caller.Of(http);
        if (!caller.IsOnlyEmployee) return ValueTask.FromResult<IReadOnlyList<Condition<Handover>>>([completed]);
        // Whoever is nobody owns nothing.
        return ValueTask.FromResult<IReadOnlyList<Condition<Handover>>>([completed, HandoverDocument.Receiver.Is(caller.PersonId is { } own ? Key.Of(own) : "")]);
    }

    private static async ValueTask<IReadOnlyList<Condition<Handover>>> OfTagAsync(string assetTag, HttpContext http, CancellationToken ct)
    {
        var store = http.RequestServices.GetRequiredService<IDocumentStore>();
        var found = await store.QueryAsync(new Query<Custody> { Where = [CustodyDocument.AssetTag.Is(Key.Folded(assetTag))] }, ct);
        return [HandoverDocument.Devices.IsOneOf([.. found.Items.Select(c => c.Id)])];
    }
}
