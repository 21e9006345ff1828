using System.Net;
using System.Reflection;
using Fleet.Gateway.Proxy;
using Microsoft.AspNetCore.Http.Metadata;

namespace Fleet.Gateway.Features.Sessions;

/// <summary>The answer to a form that leads to another site. No redirect: browsers count where a form's answer leads as the form's own target, which is this site and no other.</summary>
/// <param name="Url">Where to.</param>
internal sealed record LeavePage(string Url) : IResult, IEndpointMetadataProvider
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = StatusCodes.Status200OK;
        response.Headers["Refresh"] = $"0; url={Url}";
        response.Headers.CacheControl = "no-store";
        var link = WebUtility.HtmlEncode(Url);
        return BilingualPage.WriteAsync(
            response, "Abmelden", $"<p>Sie sind bei Fleet abgemeldet. <a href=\"{link}\">Auch beim Anmeldedienst abmelden</a></p>",
            $"<p>You are signed out of Fleet. <a href=\"{link}\">Sign out of the identity provider, too</a></p>", httpContext.RequestAborted);
    }

    static void IEndpointMetadataProvider.PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(string), ["text/html"]));
}
