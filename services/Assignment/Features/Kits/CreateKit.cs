using System.ComponentModel.DataAnnotations;
using Fleet.Assignment.Domain;
using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Fleet.Platform.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Assignment.Features.Kits;

/// <summary>Defines what people of some function get. 409 <c>kit-name-in-use</c>.</summary>
internal static class CreateKit
{
    public static void MapCreateKit(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/kits", Handle).WithName(nameof(CreateKit)).RequireRole(Roles.It, Roles.Hr, Roles.Admin).Idempotent<Kit>();

    private static async Task<Results<CreatedResource<KitView>, ProblemHttpResult>> Handle(
        Body<NewKit> body, RequestOrigin origin, IDocumentStore store, TimeProvider time, CancellationToken ct)
    {
        var items = body.Value.Items!.Select(i => new KitItem(i.Kind!.Value, i.Name?.Trim(), i.Count ?? 1, i.Optional ?? false));
        var kit = new Kit(Guid.CreateVersion7(time.GetUtcNow()), body.Value.Name!.Trim(), [.. items]);
        var answer = new CreatedResource<KitView>($"/api/assignment/kits/{kit.KitId}", KitView.Of(kit));
        var result = await store.WriteAsync(Document<Kit>.New(kit.KitId, kit), [], origin.For(answer), ct);
        return result.IsWritten ? answer : Problems.Conflict("kit-name-in-use", $"There is a kit named {kit.Name} already.");
    }

    /// <param name="Name">What it is called; unique, without regard to case.</param>
    /// <param name="Items">What is in it.</param>
    internal sealed record NewKit([property: Required, StringLength(100)] string? Name, [property: Required, MaxLength(50)] IReadOnlyList<NewKitItem>? Items);

    /// <param name="Kind">What is needed.</param>
    /// <param name="Name">Which one, for people to read.</param>
    /// <param name="Count">How many, 1 to 100; default 1.</param>
    /// <param name="Optional">Whether a person is ready without it; default false.</param>
    internal sealed record NewKitItem(
        [property: Required] ItemKind? Kind, [property: StringLength(100)] string? Name, [property: Range(1, 100)] int? Count, bool? Optional);
}
