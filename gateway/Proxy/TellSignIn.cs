using Fleet.Platform.Security;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace Fleet.Gateway.Proxy;

/// <summary>Tells the sign-in page, and no other, what the identity provider is called, where there is one.</summary>
internal static class TellSignIn
{
    /// <summary>The page's route.</summary>
    public const string Route = $"open {Features.Sessions.SignIn.Page}";

    public static void Describe(TransformBuilderContext context)
    {
        if (context.Route.RouteId != Route || context.Services.GetRequiredService<IOptions<GatewayOptions>>().Value.OpenIdConnect is not { } provider) return;
        context.AddRequestTransform(transform =>
        {
            transform.ProxyRequest.Headers.Add(ProviderName.Header, ProviderName.ToHeader(provider.Name));
            return ValueTask.CompletedTask;
        });
    }
}
