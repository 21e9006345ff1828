using System.Security.Claims;
using Fleet.Platform.Security;
using Fleet.Portal.Features.Accesses;
using Fleet.Portal.Features.Handovers;
using Fleet.Portal.Web;
using Fleet.Portal.Wording;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Portal.Features.Me;

/// <summary>What the signed-in person has, what waits for their word, and their VPN.</summary>
internal static class ShowMe
{
    public static void MapShowMe(this IEndpointRouteBuilder routes) => routes.MapGet("/me", Handle).WithName(nameof(ShowMe)).RequireRole(Own.Roles);

    private static async Task<Results<RazorComponentResult<MePage>, ProblemHttpResult>> Handle(ClaimsPrincipal user, string? done, Own own, CancellationToken ct)
    {
        if (Own.PersonOf(user) is not { } person) return Page(new MeModel(null, null, null));
        var (handovers, accesses) = (own.HandoversAsync(person, ct), own.AccessesAsync(person, ct));
        await Task.WhenAll(handovers, accesses);
        if ((await handovers).IsAboutTheCaller) return Refusals.Of((await handovers).Status);
        return Page(new MeModel((await handovers).Value, (await accesses).Value?.Items, Words.Find($"Me.Done.{done}") is null ? null : $"Me.Done.{done}") { IsSomebody = true });
    }

    private static RazorComponentResult<MePage> Page(MeModel model) => new(new { Model = model });
}

/// <summary>What the page shows.</summary>
/// <param name="Handovers">Null: assignment does not answer.</param>
/// <param name="Accesses">Null: provisioning does not answer.</param>
/// <param name="Done">The key of the text that says what was done just now.</param>
public sealed record MeModel(Listed<Handover>? Handovers, IReadOnlyList<Access>? Accesses, string? Done)
{
    /// <summary>Whether the account belongs to a person.</summary>
    public bool IsSomebody { get; init; }

    /// <summary>What waits for the receiver's word.</summary>
    public IEnumerable<Handover> ToConfirm() => Handovers is null ? [] : Own.ToConfirm(Handovers);
}
