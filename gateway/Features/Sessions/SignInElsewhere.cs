using Fleet.Gateway.Domain;
using Fleet.Gateway.Security;

namespace Fleet.Gateway.Features.Sessions;

/// <summary>Sends a person to the identity provider to sign in there: 302; 303 back to the sign-in page when it cannot be reached, or refuses (<c>provider-away</c>, <c>provider-refused</c>). Only where one is configured.</summary>
internal static class SignInElsewhere
{
    public static void MapSignInElsewhere(this IEndpointRouteBuilder routes) => routes.MapGet("/oidc", Handle).WithName(nameof(SignInElsewhere)).AllowAnonymous()
        .Produces(StatusCodes.Status302Found).Produces(StatusCodes.Status303SeeOther).ExcludeFromDescription();

    private static async Task Handle(string? returnUrl, HttpContext http, Provider provider)
    {
        if (await provider.SendAsync(http, returnUrl) is { } error) await new SeeOther(LocalUrl.PageFor(SignIn.Page, returnUrl, error)).ExecuteAsync(http);
    }
}
