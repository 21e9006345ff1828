using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;

namespace Fleet.Gateway.Security;

/// <summary>
/// The framework's handler, where an endpoint has let the request through. By itself it answers before anything else is asked: whoever sent it the same answer again and again
/// would make the gateway ask the provider as often, whatever the limits say.
/// </summary>
internal sealed class ProviderHandler(IOptionsMonitor<OpenIdConnectOptions> options, ILoggerFactory logger, HtmlEncoder htmlEncoder, UrlEncoder encoder)
    : OpenIdConnectHandler(options, logger, htmlEncoder, encoder)
{
    private static readonly object LetThrough = new();

    /// <summary>False: this is not one of its paths.</summary>
    public Task<bool> HandleNowAsync()
    {
        Context.Items[LetThrough] = true;
        return HandleRequestAsync();
    }

    public override Task<bool> HandleRequestAsync() => Context.Items.ContainsKey(LetThrough) ? base.HandleRequestAsync() : Task.FromResult(false);
}
