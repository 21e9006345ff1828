using System.ComponentModel;
using Fleet.Inventory.Domain;
using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Fleet.Platform.Store;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Fleet.Inventory.Features;

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
        return TypedResults.Ok(ListView<DeviceView>.Of(page, d => DeviceView.Of(d.State)));
    }

    internal sealed record Filter(
        [property: Description("Only devices in this status.")] [FromQuery(Name = "status")] DeviceStatus? Status,
        [property: Description("Only devices of this kind.")] [FromQuery(Name = "kind")] DeviceKind? Kind,
        [property: Description("Only devices that this person has (or had when they were lost).")] [FromQuery(Name = "holder")] Guid? Holder)
    {
        public IEnumerable<Condition<Device>> Conditions()
        {
            if (Status is { } status) yield return Documents.Status.Is(Documents.Word(Known(status, "status")));
            if (Kind is { } kind) yield return Documents.Kind.Is(Documents.Word(Known(kind, "kind")));
            if (Holder is { } holder) yield return Documents.Holder.Is(holder);
        }

        // The framework reads any number as an enum's value.
        private static TEnum Known<TEnum>(TEnum value, string field) where TEnum : struct, Enum =>
            Enum.IsDefined(value)
                ? value
                : throw new BadRequestException(field, $"Must be one of {string.Join(", ", Enum.GetValues<TEnum>().Select(Documents.Word))}.");
    }
}
