using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using Fleet.Inventory.Domain;
using Fleet.Platform.Http;
using Fleet.Platform.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Inventory.Features.Devices;

/// <summary>What requests say about a device, in common.</summary>
internal static class DeviceBody
{
    public const int TagLength = 50;
    public const int TextLength = 100;

    /// <summary>The tag stands in paths and on labels.</summary>
    public const string TagPattern = @"^[^/\p{C}]*$";
    public const string TagError = "Must hold neither a slash nor control characters.";

    /// <summary>Another device has the tag or the serial number.</summary>
    public static ProblemHttpResult InUse(WriteResult refused, Description description) => refused.IsAboutTheTag()
        ? Problems.Conflict("asset-tag-in-use", $"Another device has the asset tag {description.AssetTag}.")
        : Problems.Conflict("serial-number-in-use", $"Another device has the serial number {description.SerialNumber}.");

    /// <summary>Nothing for what holds nothing readable.</summary>
    public static string? TextOrNull(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}

/// <summary>How a device was bought; everything may be missing, but a cost has its currency.</summary>
internal sealed record PurchaseBody(
    [property: StringLength(DeviceBody.TextLength)] string? OrderNumber = null,
    [property: StringLength(DeviceBody.TextLength)] string? Supplier = null,
    DateOnly? Date = null,
    CostBody? Cost = null,
    DateOnly? WarrantyEnds = null)
{
    [return: NotNullIfNotNull(nameof(body))]
    public static Purchase? Read(PurchaseBody? body) => body is null ? null : new Purchase(
        DeviceBody.TextOrNull(body.OrderNumber),
        DeviceBody.TextOrNull(body.Supplier),
        body.Date,
        body.Cost?.Read(),
        body.WarrantyEnds);
}

/// <param name="Amount">In units of the currency (euros, not cents).</param>
/// <param name="Currency">ISO 4217, such as EUR.</param>
internal sealed record CostBody(
    [property: Required, Range(0d, 1_000_000_000d, ErrorMessage = "Must be 0 to 1000000000.")] decimal? Amount,
    [property: Required, RegularExpression("[A-Z]{3}", ErrorMessage = "Must be three capital letters (ISO 4217), such as EUR.")] string? Currency)
{
    public Money Read() => new(Amount!.Value, Currency!);
}
