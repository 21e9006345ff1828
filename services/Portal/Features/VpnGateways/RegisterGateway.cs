using Fleet.Platform.Security;
using Fleet.Portal.Features.Accesses;
using Fleet.Portal.Parts;
using Fleet.Portal.Web;
using Fleet.Portal.Wording;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Portal.Features.VpnGateways;

/// <summary>Registers a VPN gateway.</summary>
internal static class RegisterGateway
{
    private static readonly Dictionary<string, string> FieldOfCode = new()
    {
        ["gateway-name-taken"] = "name",
        ["network-overlaps"] = "network",
        ["public-key-in-use"] = "publicKey",
    };

    public static void MapRegisterGateway(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/vpn-gateways/register", Show).WithName(nameof(RegisterGateway)).RequireRole(AccessActs.Roles);
        routes.MapPost("/vpn-gateways/register", HandleAsync).WithName($"{nameof(RegisterGateway)}Sent").RequireRole(AccessActs.Roles);
    }

    private static RazorComponentResult<RegisterGatewayPage> Show() => Page(new GatewayForm { Key = ActKey.New() }, [], StatusCodes.Status200OK);

    private static async Task<Results<RedirectHttpResult, RazorComponentResult<RegisterGatewayPage>, ProblemHttpResult>> HandleAsync(
        HttpRequest request, FleetApi api, Words words, CancellationToken ct)
    {
        if (await Forms.ReadAsync(request, ct) is not { } sent || ActKey.Of(sent) is not { } key) return Refusals.Of(StatusCodes.Status400BadRequest);
        var form = GatewayForm.Of(sent) with { Key = key };

        var answer = await api.PostAsync<VpnGateway>("api/provisioning/gateways", form.Body(), key, ct);
        if (answer.Value is { } gateway) return TypedResults.LocalRedirect($"/vpn-gateways/{gateway.Id}?done=registered");
        if (answer.IsAboutTheCaller) return Refusals.Of(answer.Status);
        return Page(form with { Key = ActKey.After(answer.Status, key) }, FormErrors.Of(answer.Status, answer.Problem, words, GatewayForm.Fields, FieldOfCode), answer.Status);
    }

    private static RazorComponentResult<RegisterGatewayPage> Page(GatewayForm form, IReadOnlyList<FormError> errors, int status) =>
        new(new { Form = form, Errors = errors }) { StatusCode = status };
}

/// <summary>The form as it was typed.</summary>
public sealed record GatewayForm
{
    private static readonly char[] Separators = [',', ' ', ';', '\t'];

    public static IReadOnlyList<string> Fields { get; } = ["name", "endpoint", "publicKey", "network", "dns", "allowedIps"];

    public string Key { get; init; } = "";
    public string Name { get; init; } = "";
    public string Endpoint { get; init; } = "";
    public string PublicKey { get; init; } = "";
    public string Network { get; init; } = "";
    public string Dns { get; init; } = "";
    public string AllowedIps { get; init; } = "";

    public static GatewayForm Of(IFormCollection form) => new()
    {
        Name = form.Text("name"),
        Endpoint = form.Text("endpoint"),
        PublicKey = form.Text("publicKey"),
        Network = form.Text("network"),
        Dns = form.Text("dns"),
        AllowedIps = form.Text("allowedIps"),
    };

    /// <summary>What provisioning is sent. What was left empty is left out, so that it is provisioning that says what is missing.</summary>
    public NewGateway Body() => new(Forms.OrNull(Name), Forms.OrNull(Endpoint), Forms.OrNull(PublicKey), Forms.OrNull(Network), Several(Dns), Several(AllowedIps));

    private static string[]? Several(string text) => text.Split(Separators, StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } several ? several : null;
}

/// <summary>The body of a registration.</summary>
public sealed record NewGateway(string? Name, string? Endpoint, string? PublicKey, string? Network, IReadOnlyList<string>? Dns, IReadOnlyList<string>? AllowedIps);
