using System.ComponentModel.DataAnnotations;
using Fleet.Inventory.Domain;
using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Fleet.Platform.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Inventory.Features.Devices;

/// <summary>Corrects what is written down about a device.</summary>
internal static class ChangeDevice
{
    public static void MapChangeDevice(this IEndpointRouteBuilder routes) =>
        routes.MapPatch("/devices/{id:guid}", HandleAsync).WithName(nameof(ChangeDevice)).WithSummary("Changes a device's description")
            .RequireRole(Roles.It, Roles.Admin)
            .ProducesValidationProblem().ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status412PreconditionFailed);

    private static async Task<Results<Resource<DeviceView>, ProblemHttpResult>> HandleAsync(
        Guid id, Body<Request> body, Caller caller, IfMatch ifMatch, IDocumentStore store, TimeProvider time, CancellationToken ct)
    {
        while (true)
        {
            if (await store.FindAsync<Device>(id, ct) is not { } found) return Problems.NotFound("device");
            if (!ifMatch.Allows(found.Version)) return Problems.VersionMismatch();

            var (verdict, device) = found.State.Describe(body.Value.Over(found.State.Description));
            if (verdict == Verdict.KindFixedWhileAssigned)
                return Problems.Conflict("kind-fixed-while-assigned", "Somebody has the device; take it back before you change its kind.");
            if (device == found.State) return await DeviceView.OfAsync(found, store, ct);

            var changed = DeviceEvents.Changed(found, device, caller.Cause(time.GetUtcNow()));
            var result = await store.WriteAsync(found.With(device), [changed.Pending()], ct);
            if (result.IsWritten) return await DeviceView.OfAsync(found.With(device) with { Version = found.Version + 1 }, store, ct);
            if (result.Outcome == WriteOutcome.DuplicateKey) return DeviceBody.InUse(result, device.Description);
        }
    }

    /// <summary>What is left out stays as it is.</summary>
    /// <param name="Purchase">Of it, too, what is left out stays; null takes all of it away.</param>
    /// <param name="Location">Null or an empty text takes it away.</param>
    internal sealed record Request(
        [property: NotBlank, StringLength(DeviceBody.TagLength)]
        [property: RegularExpression(DeviceBody.TagPattern, ErrorMessage = DeviceBody.TagError)] string? AssetTag = null,
        [property: NotBlank, StringLength(DeviceBody.TextLength)] string? SerialNumber = null,
        DeviceKind? Kind = null,
        [property: NotBlank, StringLength(DeviceBody.TextLength)] string? Manufacturer = null,
        [property: NotBlank, StringLength(DeviceBody.TextLength)] string? Model = null,
        Given<PurchaseChange?> Purchase = default,
        [property: StringLength(DeviceBody.TextLength)] Given<string?> Location = default)
    {
        public Description Over(Description description) => description with
        {
            AssetTag = AssetTag?.Trim() ?? description.AssetTag,
            SerialNumber = SerialNumber?.Trim() ?? description.SerialNumber,
            Kind = Kind ?? description.Kind,
            Manufacturer = Manufacturer?.Trim() ?? description.Manufacturer,
            Model = Model?.Trim() ?? description.Model,
            Purchase = Purchase.IsGiven ? Purchase.Value?.Over(description.Purchase ?? new Purchase()) : description.Purchase,
            Location = DeviceBody.TextOrNull(Location.Or(description.Location)),
        };
    }

    /// <summary>What is left out stays as it is; null takes it away.</summary>
    internal sealed record PurchaseChange(
        [property: StringLength(DeviceBody.TextLength)] Given<string?> OrderNumber = default,
        [property: StringLength(DeviceBody.TextLength)] Given<string?> Supplier = default,
        Given<DateOnly?> Date = default,
        Given<CostBody?> Cost = default,
        Given<DateOnly?> WarrantyEnds = default)
    {
        public Purchase Over(Purchase purchase) => purchase with
        {
            OrderNumber = DeviceBody.TextOrNull(OrderNumber.Or(purchase.OrderNumber)),
            Supplier = DeviceBody.TextOrNull(Supplier.Or(purchase.Supplier)),
            Date = Date.Or(purchase.Date),
            Cost = Cost.IsGiven ? Cost.Value?.Read() : purchase.Cost,
            WarrantyEnds = WarrantyEnds.Or(purchase.WarrantyEnds),
        };
    }
}
