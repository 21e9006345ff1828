using System.Buffers.Text;
using System.Security.Cryptography;
using Fleet.Gateway.Security;
using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Scalar.AspNetCore;

namespace Fleet.Gateway.Features;

/// <summary>Shows the OpenAPI documents of all services as pages at <c>/openapi</c>, to whoever is signed in. Everything it loads comes from here.</summary>
internal static class ShowApi
{
    private static readonly string[] Services = ["inventory", "assignment", "provisioning", "audit", "gateway"];

    /// <summary>Only a script can draw these pages; without one there are the documents.</summary>
    private static readonly string WithoutScript =
        $"<noscript><main lang=\"en\"><h1>Fleet</h1><p>These pages need JavaScript. The OpenAPI documents themselves:</p><ul>{string.Concat(Services.Select(s => $"<li><a href=\"/openapi/{s}.json\">{s}</a></li>"))}</ul></main></noscript>";

    public static void MapShowApi(this IEndpointRouteBuilder routes) => routes
        .MapScalarApiReference("/openapi", (options, http) =>
        {
            var nonce = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
            http.Items[ScalarOptions.NonceHttpContextItemKey] = nonce;
            options.WithTitle("Fleet").WithNonce(nonce);
            // Its own fonts, statistics and assistants would be asked for from other hosts.
            options.DisableDefaultFonts().DisableTelemetry().DisableAgent().DisableMcp().HideDeveloperTools();
            foreach (var service in Services) options.AddDocument(service, $"Fleet {service}", $"/openapi/{service}.json");
            // Its page does not say in which language it is.
            options.AddHeadContent($"<script nonce=\"{nonce}\">document.documentElement.lang = 'en'</script>");
            options.AddHeaderContent(WithoutScript);
        })
        .WithMetadata(new Callers.Page(), new AnyQuery()).RequireRole([.. Roles.All]).Add(endpoint =>
        {
            if (endpoint.RequestDelegate is not { } show) return;
            endpoint.RequestDelegate = http =>
            {
                // The page's own script and no other; its styles are written into the page as it is drawn.
                http.Response.OnStarting(() =>
                {
                    var nonce = http.Items[ScalarOptions.NonceHttpContextItemKey];
                    http.Response.Headers.ContentSecurityPolicy =
                        $"default-src 'self'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
                    return Task.CompletedTask;
                });
                return show(http);
            };
        });
}
