using System.Text;
using Fleet.Platform.Security;
using Fleet.Portal.Features.Accesses;
using Fleet.Portal.Parts;
using Fleet.Portal.Web;
using Fleet.Portal.Wording;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Portal.Features.Me;

/// <summary>
/// One's own VPN access: its key is made on the device (by the page's script, or by <c>wg</c>), its public half enrolled here, and the configuration
/// shown. The private half never leaves the browser.
/// </summary>
internal static class SetUpVpn
{
    private const string Path = "/me/vpn/{id:guid}";
    private static readonly string[] Fields = ["publicKey"];
    private static readonly Dictionary<string, string> FieldOfCode = new() { ["public-key-in-use"] = "publicKey" };

    public static void MapSetUpVpn(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, ShowAsync).WithName(nameof(SetUpVpn)).RequireRole(Own.Roles);
        routes.MapPost(Path, HandleAsync).WithName($"{nameof(SetUpVpn)}Sent").RequireRole(Own.Roles);
        routes.MapGet($"{Path}/config", DownloadAsync).WithName($"{nameof(SetUpVpn)}Config").RequireRole(Own.Roles);
    }

    private static async Task<Results<RazorComponentResult<VpnPage>, ProblemHttpResult>> ShowAsync(Guid id, string? done, FleetApi api, CancellationToken ct)
    {
        var access = await api.GetAsync<Access>(Ask(id), ct);
        return access.Value is { } found ? Page(new VpnModel(id, found, "", ActKey.New(), []) { IsDone = done is not null }, StatusCodes.Status200OK) : Refusals.Of(access.Status);
    }

    private static async Task<Results<RedirectHttpResult, RazorComponentResult<VpnPage>, ProblemHttpResult>> HandleAsync(
        Guid id, HttpRequest request, FleetApi api, Words words, CancellationToken ct)
    {
        if (await Forms.ReadAsync(request, ct) is not { } sent || ActKey.Of(sent) is not { } key) return Refusals.Of(StatusCodes.Status400BadRequest);
        var typed = sent.Text("publicKey");
        var answer = await api.PostAsync<Access>($"{Ask(id)}/key", new NewKey(Forms.OrNull(typed)), key, ct);
        if (answer.Value is not null) return TypedResults.LocalRedirect($"/me/vpn/{id}?done=registered");
        if (answer.IsAboutTheCaller || answer.Status == StatusCodes.Status404NotFound) return Refusals.Of(answer.Status);
        var access = await api.GetAsync<Access>(Ask(id), ct);
        return Page(new VpnModel(id, access.Value, typed, ActKey.After(answer.Status, key), FormErrors.Of(answer.Status, answer.Problem, words, Fields, FieldOfCode)), answer.Status);
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> DownloadAsync(Guid id, FleetApi api, CancellationToken ct)
    {
        var config = await api.TextAsync($"{Ask(id)}/config", ct);
        return config.Value is { } text ? TypedResults.File(Encoding.UTF8.GetBytes(text), "text/plain; charset=utf-8", VpnModel.FileName) : Refusals.Of(config.Status);
    }

    private static string Ask(Guid id) => $"api/provisioning/accesses/{id}";

    private static RazorComponentResult<VpnPage> Page(VpnModel model, int status) => new(new { Model = model }) { StatusCode = status };
}

/// <summary>What the page shows.</summary>
/// <param name="Access">Null: provisioning does not answer.</param>
/// <param name="Typed">The public key as it was typed.</param>
public sealed record VpnModel(Guid Id, Access? Access, string Typed, string Key, IReadOnlyList<FormError> Errors)
{
    /// <summary>What the configuration is saved as; the programs take a tunnel's name from it.</summary>
    public const string FileName = "fleet.conf";

    /// <summary>Whether the key was enrolled just now.</summary>
    public bool IsDone { get; init; }
}
