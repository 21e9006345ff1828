using System.ComponentModel;
using Fleet.Inventory.Domain;
using Fleet.Inventory.Features.People;
using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Fleet.Platform.Store;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Fleet.Inventory.Features.Devices;

/// <summary>Lists devices in the order in which they were registered.</summary>
internal static class ListDevices
{
    public static void MapListDevices(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/devices", HandleAsync).WithName(nameof(ListDevices)).WithSummary("Lists devices")
            .RequireRole(Roles.Staff).ProducesValidationProblem();

    private static async Task<Ok<ListView<DeviceView>>> HandleAsync(
        [AsParameters] Filter filter, [AsParameters] Paging paging, IDocumentStore store, CancellationToken ct)
    {
        var page = await store.QueryAsync(paging.Of(new Query<Device> { Where = [.. filter.Conditions()] }), ct);
        var names = await PeopleNames.OfAsync(store, page.Items.Select(d => d.State.Stands().HolderId), ct);
        return TypedResults.Ok(ListView<DeviceView>.Of(page, d => DeviceView.Of(d.State, names)));
    }

    internal sealed record Filter(
        [property: Description("Only devices in this status: ordered, inStock, assigned, inRepair, lost, stolen, retired or disposed.")]
        [property: FromQuery(Name = "status")] string? Status,
        [property: Description("Only devices of this kind: laptop, desktop, dock, monitor, phone, tablet, headset, token or other.")]
        [property: FromQuery(Name = "kind")] string? Kind,
        [property: Description("Only devices that this person has (or had when they were lost).")]
        [property: FromQuery(Name = "holderId")] Guid? HolderId)
    {
        public IEnumerable<Condition<Device>> Conditions()
        {
            if (Status is not null) yield return DeviceDocument.Status.Is(Known<DeviceStatus>(Status, "status"));
            if (Kind is not null) yield return DeviceDocument.Kind.Is(Known<DeviceKind>(Kind, "kind"));
            if (HolderId is { } holder) yield return DeviceDocument.HolderId.Is(holder);
        }

        // The framework would read enums in the code's spelling, and any number as one.
        private static string Known<TEnum>(string word, string field) where TEnum : struct, Enum
        {
            var words = Enum.GetValues<TEnum>().Select(Events.Word).ToList();
            return words.Contains(word) ? word : throw new BadRequestException(field, $"Must be one of {string.Join(", ", words)}.");
        }
    }
}
