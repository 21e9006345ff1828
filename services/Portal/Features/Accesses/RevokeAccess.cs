using Fleet.Platform.Security;
using Fleet.Portal.Parts;
using Fleet.Portal.Web;
using Fleet.Portal.Wording;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Portal.Features.Accesses;

/// <summary>Ends a VPN access. The page says what follows; the form says why and confirms it.</summary>
internal static class RevokeAccess
{
    private const string Path = "/accesses/{id:guid}/revoke";
    private static readonly string[] Fields = ["reason"];
    private static readonly Dictionary<string, string> FieldOfCode = [];

    public static void MapRevokeAccess(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, ShowAsync).WithName(nameof(RevokeAccess)).RequireRole(AccessActs.Roles);
        routes.MapPost(Path, HandleAsync).WithName($"{nameof(RevokeAccess)}Sent").RequireRole(AccessActs.Roles);
    }

    private static async Task<Results<RazorComponentResult<RevokeAccessPage>, RedirectHttpResult, ProblemHttpResult>> ShowAsync(Guid id, FleetApi api, CancellationToken ct)
    {
        var access = await AccessActs.ReadAsync(api, id, ct);
        if (access.Value is null) return Refusals.Of(access.Status);
        // It has ended since the reader saw the button.
        if (!access.Value.IsLive()) return TypedResults.LocalRedirect($"/accesses/{id}");
        return Page(new(id, access.Value.Person?.Name ?? "", "", ActKey.New(), []), StatusCodes.Status200OK);
    }

    private static async Task<Results<RedirectHttpResult, RazorComponentResult<RevokeAccessPage>, ProblemHttpResult>> HandleAsync(
        Guid id, HttpRequest request, FleetApi api, Words words, CancellationToken ct)
    {
        if (await Forms.ReadAsync(request, ct) is not { } form || ActKey.Of(form) is not { } key) return Refusals.Of(StatusCodes.Status400BadRequest);
        var reason = form.Text("reason");
        var answer = await api.PostAsync<Access>($"api/provisioning/accesses/{id}/revoke", new Revocation(Forms.OrNull(reason)), key, ct);
        if (answer.Value is not null) return TypedResults.LocalRedirect(AccessActs.Done(id, "revoked"));
        if (answer.IsAboutTheCaller || answer.Status == StatusCodes.Status404NotFound) return Refusals.Of(answer.Status);
        var errors = FormErrors.Of(answer.Status, answer.Problem, words, Fields, FieldOfCode);
        return Page(new(id, form.Text("person"), reason, ActKey.After(answer.Status, key), errors), answer.Status);
    }

    private static RazorComponentResult<RevokeAccessPage> Page(RevokeAccessModel model, int status) => new(new { Model = model }) { StatusCode = status };
}

/// <summary>The body of the act.</summary>
public sealed record Revocation(string? Reason);

/// <summary>What the page shows; the form carries it, so that it can be shown again while provisioning is away.</summary>
/// <param name="Person">Whose access it is, or nothing while that is not known.</param>
/// <param name="Reason">As typed.</param>
public sealed record RevokeAccessModel(Guid Id, string Person, string Reason, string Key, IReadOnlyList<FormError> Errors);
