using Fleet.Platform.Security;
using Fleet.Portal.Domain;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Portal.Features.Accounts;

/// <summary>Shows the sign-in form. The gateway takes what is typed; passwords never come here.</summary>
internal static class SignIn
{
    private static readonly string?[] Errors =
    [
        "credentials", "locked", "disabled", "expired",
        "provider-away", "provider-refused", "no-user-name", "groups-elsewhere", "no-role", "no-factor", "account-exists-locally",
    ];

    public static void MapSignIn(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/sign-in", Handle).WithName(nameof(SignIn)).AllowAnonymous();

    private static RazorComponentResult<SignInPage> Handle(string? returnUrl, string? error, HttpRequest request) =>
        new(new { ReturnUrl = Links.Local(returnUrl), Error = Errors.Contains(error) ? error : null, Provider = ProviderName.Of(request) });
}
