using System.ComponentModel.DataAnnotations;
using Fleet.Inventory.Domain;
using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Fleet.Platform.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Inventory.Features.Devices;

/// <summary>Registers a device: from then on it exists, in stock or ordered.</summary>
internal static class RegisterDevice
{
    public static void MapRegisterDevice(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/devices", HandleAsync).WithName(nameof(RegisterDevice)).WithSummary("Registers a device")
            .RequireRole(Roles.It, Roles.Admin).Idempotent<Device>()
            .ProducesValidationProblem().ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<Results<CreatedResource<DeviceView>, ProblemHttpResult>> HandleAsync(
        Body<Request> body, Caller caller, RequestOrigin origin, IDocumentStore store, TimeProvider time, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var request = body.Value;

        var device = Device.Register(
            Guid.CreateVersion7(), request.Description(), Guid.CreateVersion7(), request.Status ?? DeviceStatus.InStock, request.EffectiveAt ?? now, caller.Actor(), now);
        var registered = DeviceEvents.Registered(device, caller.Cause(now));
        var answer = new CreatedResource<DeviceView>($"/api/inventory/devices/{device.Id}", await DeviceView.OfAsync(device, store, ct));

        var result = await store.WriteAsync(Document<Device>.New(device.Id, device), [registered.Pending()], origin.For(answer), ct);
        return result.Outcome switch
        {
            WriteOutcome.Written => answer,
            WriteOutcome.DuplicateKey => DeviceBody.InUse(result, device.Description),
            _ => throw new InvalidOperationException($"The new id {device.Id} is taken."),
        };
    }

    /// <param name="AssetTag">What the label on it says; unique without regard to case and white space.</param>
    /// <param name="SerialNumber">The manufacturer's; unique without regard to case and white space.</param>
    /// <param name="Status">inStock (default) or ordered.</param>
    /// <param name="Location">Where it is kept.</param>
    /// <param name="EffectiveAt">When its history begins; now unless given.</param>
    internal sealed record Request(
        [property: Required, StringLength(DeviceBody.TagLength)]
        [property: RegularExpression(DeviceBody.TagPattern, ErrorMessage = DeviceBody.TagError)] string? AssetTag,
        [property: Required, StringLength(DeviceBody.TextLength)] string? SerialNumber,
        [property: Required] DeviceKind? Kind,
        [property: Required, StringLength(DeviceBody.TextLength)] string? Manufacturer,
        [property: Required, StringLength(DeviceBody.TextLength)] string? Model,
        [property: AllowedValues(null, DeviceStatus.InStock, DeviceStatus.Ordered, ErrorMessage = "A new device is inStock or ordered.")]
        DeviceStatus? Status = null,
        PurchaseBody? Purchase = null,
        [property: StringLength(DeviceBody.TextLength)] string? Location = null,
        [property: NotInFuture] DateTimeOffset? EffectiveAt = null)
    {
        public Description Description() => new(
            AssetTag!.Trim(),
            SerialNumber!.Trim(),
            Kind!.Value,
            Manufacturer!.Trim(),
            Model!.Trim(),
            PurchaseBody.Read(Purchase),
            DeviceBody.TextOrNull(Location));
    }
}
