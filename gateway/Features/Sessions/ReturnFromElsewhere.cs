using Fleet.Gateway.Security;
using Fleet.Platform.Http;
using Microsoft.AspNetCore.Authentication;

namespace Fleet.Gateway.Features.Sessions;

/// <summary>Takes people back from the identity provider: signed in there, or signed out. 303 to where they wanted to go, or to the sign-in page with the reason.</summary>
internal static class ReturnFromElsewhere
{
    public static void MapReturnFromElsewhere(this IEndpointRouteBuilder routes)
    {
        foreach (var path in (string[])["/oidc/callback", "/oidc/signed-out"])
            // The query is the provider's; what fails is told to a person.
            routes.MapGet(path, Handle).AllowAnonymous().WithMetadata(new AnyQuery(), new Callers.Page()).ExcludeFromDescription();
    }

    private static async Task Handle(HttpContext http, IAuthenticationHandlerProvider handlers)
    {
        var handler = (ProviderHandler)(await handlers.GetHandlerAsync(http, Provider.Scheme))!;
        if (!await handler.HandleNowAsync()) await Problems.NotFound("resource").ExecuteAsync(http);
    }
}
