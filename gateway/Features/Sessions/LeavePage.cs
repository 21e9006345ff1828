using System.Net;
using System.Reflection;
using System.Text;
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
        response.ContentType = "text/html; charset=utf-8";
        return response.WriteAsync(
            $"""
            <!DOCTYPE html>
            <html lang="de">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <meta name="color-scheme" content="light dark">
              <title>Abmelden · Fleet</title>
              <link rel="stylesheet" href="/css/fleet.css">
            </head>
            <body>
              <main class="narrow">
                <div class="card"><p>Sie sind bei Fleet abgemeldet. <a href="{WebUtility.HtmlEncode(Url)}">Auch beim Anmeldedienst abmelden</a></p></div>
                <div class="card" lang="en"><p>You are signed out of Fleet. <a href="{WebUtility.HtmlEncode(Url)}">Sign out of the identity provider, too</a></p></div>
              </main>
            </body>
            </html>
            """,
            Encoding.UTF8,
            httpContext.RequestAborted);
    }

    static void IEndpointMetadataProvider.PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(string), ["text/html"]));
}
