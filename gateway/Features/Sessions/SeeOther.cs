using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;

namespace Fleet.Gateway.Features.Sessions;

/// <summary>The answer to a form: look there. Source: RFC 9110, section 15.4.4.</summary>
/// <param name="LocalUrl">A path of this installation.</param>
internal sealed record SeeOther(string LocalUrl) : IResult, IEndpointMetadataProvider
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = LocalUrl;
        return Task.CompletedTask;
    }

    static void IEndpointMetadataProvider.PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status303SeeOther));
}
