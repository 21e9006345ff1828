using Fleet.Platform.Security;
using Fleet.Portal.Parts;
using Fleet.Portal.Web;
using Fleet.Portal.Wording;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Portal.Features.Accesses;

/// <summary>Registers the public key of somebody's VPN access, which makes it active.</summary>
internal static class RegisterKey
{
    private const string Path = "/accesses/{id:guid}/key";
    private static readonly string[] Fields = ["publicKey"];
    private static readonly Dictionary<string, string> FieldOfCode = new() { ["public-key-in-use"] = "publicKey" };

    public static void MapRegisterKey(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, ShowAsync).WithName(nameof(RegisterKey)).RequireRole(AccessActs.Roles);
        routes.MapPost(Path, HandleAsync).WithName($"{nameof(RegisterKey)}Sent").RequireRole(AccessActs.Roles);
    }

    private static async Task<Results<RazorComponentResult<RegisterKeyPage>, RedirectHttpResult, ProblemHttpResult>> ShowAsync(Guid id, FleetApi api, CancellationToken ct)
    {
        var access = await AccessActs.ReadAsync(api, id, ct);
        if (access.Value is null) return Refusals.Of(access.Status);
        // It got one, or ended, since the reader saw the button.
        if (access.Value.State != "requested") return TypedResults.LocalRedirect($"/accesses/{id}");
        return Page(new(id, access.Value.Person?.Name ?? "", "", ActKey.New(), []), StatusCodes.Status200OK);
    }

    private static async Task<Results<RedirectHttpResult, RazorComponentResult<RegisterKeyPage>, ProblemHttpResult>> HandleAsync(
        Guid id, HttpRequest request, FleetApi api, Words words, CancellationToken ct)
    {
        if (await Forms.ReadAsync(request, ct) is not { } form || ActKey.Of(form) is not { } key) return Refusals.Of(StatusCodes.Status400BadRequest);
        var publicKey = form.Text("publicKey");
        var answer = await api.PostAsync<Access>($"api/provisioning/accesses/{id}/key", new NewKey(Forms.OrNull(publicKey)), key, ct);
        if (answer.Value is not null) return TypedResults.LocalRedirect(AccessActs.Done(id, "registered"));
        if (answer.IsAboutTheCaller || answer.Status == StatusCodes.Status404NotFound) return Refusals.Of(answer.Status);
        var errors = FormErrors.Of(answer.Status, answer.Problem, words, Fields, FieldOfCode);
        return Page(new(id, form.Text("person"), publicKey, ActKey.After(answer.Status, key), errors), answer.Status);
    }

    private static RazorComponentResult<RegisterKeyPage> Page(RegisterKeyModel model, int status) => new(new { Model = model }) { StatusCode = status };
}

/// <summary>What the page shows; the form carries it, so that it can be shown again while provisioning is away.</summary>
/// <param name="Person">Whose access it is, or nothing while that is not known.</param>
/// <param name="PublicKey">As typed.</param>
public sealed record RegisterKeyModel(Guid Id, string Person, string PublicKey, string Key, IReadOnlyList<FormError> Errors);
