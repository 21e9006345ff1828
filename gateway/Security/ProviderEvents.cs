using System.Buffers.Text;
using System.Text.Json;
using Fleet.Gateway.Domain;
using Fleet.Gateway.Features.Sessions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Fleet.Gateway.Security;

/// <summary>Where Fleet takes over from the framework's handler: who has come is known; or why nobody has.</summary>
internal sealed partial class ProviderEvents(ExternalArrival arrival, ILogger<ProviderEvents> logger) : OpenIdConnectEvents
{
    private const string UserInfo = "userInfo";

    public override Task UserInformationReceived(UserInformationReceivedContext context)
    {
        // Checked to be of the same subject before this is called.
        context.Properties!.SetParameter<JsonElement?>(UserInfo, context.User!.RootElement.Clone());
        return Task.CompletedTask;
    }

    public override async Task TicketReceived(TicketReceivedContext context)
    {
        context.HandleResponse();
        var properties = context.Properties!;
        var idToken = properties.GetTokenValue(OpenIdConnectParameterNames.IdToken)!;
        using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(idToken.Split('.')[1]));
        var answer = await arrival.LetInAsync(context.HttpContext, claims.RootElement, properties.GetParameter<JsonElement?>(UserInfo), idToken, context.ReturnUri, context.HttpContext.RequestAborted);
        await answer.ExecuteAsync(context.HttpContext);
    }

    public override Task RemoteFailure(RemoteFailureContext context)
    {
        context.HandleResponse();
        var isAway = context.Failure is { } failure && Chain(failure).Any(e => e is HttpRequestException { StatusCode: null } or OperationCanceledException or IOException);
        // Part of it may be what the browser sent.
        var reason = string.Concat((context.Failure?.Message ?? "").Where(c => !char.IsControl(c)).Take(500));
        LogRefused(reason);
        return new SeeOther(LocalUrl.PageFor(SignIn.Page, context.Properties?.RedirectUri, isAway ? Provider.Away : Provider.Refused)).ExecuteAsync(context.HttpContext);
    }

    public override Task RedirectToIdentityProviderForSignOut(RedirectContext context)
    {
        context.ProtocolMessage.IdTokenHint = Provider.HintOf(context.Properties);
        return Task.CompletedTask;
    }

    public override Task SignedOutCallbackRedirect(RemoteSignOutContext context)
    {
        context.HandleResponse();
        return new SeeOther(SignIn.Page).ExecuteAsync(context.HttpContext);
    }

    private static IEnumerable<Exception> Chain(Exception error)
    {
        for (var inner = error; inner is not null; inner = inner.InnerException) yield return inner;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Somebody came back from the identity provider and was not let in: {Reason}")]
    private partial void LogRefused(string reason);
}
