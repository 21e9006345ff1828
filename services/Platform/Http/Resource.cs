using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace Fleet.Platform.Http;

/// <summary>200 with a resource and its version as <c>ETag</c>.</summary>
public sealed record Resource<T>(T Value, long Version) : IResult, IAnswer, IEndpointMetadataProvider where T : class
{
    int IAnswer.StatusCode => StatusCodes.Status200OK;

    object IAnswer.Body => Value;

    string? IAnswer.Location => null;

    public Task ExecuteAsync(HttpContext httpContext) => Answers.WriteAsync(this, httpContext);

    static void IEndpointMetadataProvider.PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(T), ["application/json"]));
}

/// <summary>201 with the new resource, its <c>Location</c> and its version as <c>ETag</c>.</summary>
public sealed record CreatedResource<T>(string Location, T Value, long Version = 1) : IResult, IAnswer, IEndpointMetadataProvider where T : class
{
    int IAnswer.StatusCode => StatusCodes.Status201Created;

    object IAnswer.Body => Value;

    public Task ExecuteAsync(HttpContext httpContext) => Answers.WriteAsync(this, httpContext);

    static void IEndpointMetadataProvider.PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status201Created, typeof(T), ["application/json"]));
}

/// <summary>An answer that can be kept with the write it belongs to, and given again.</summary>
public interface IAnswer
{
    int StatusCode { get; }

    object Body { get; }

    string? Location { get; }

    long Version { get; }
}

internal static class Answers
{
    public static string ETag(long version) => $"\"{version}\"";

    public static async Task WriteAsync(IAnswer answer, HttpContext http)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(answer.Body, answer.Body.GetType(), FleetJson.Options);
        http.Response.StatusCode = answer.StatusCode;
        http.Response.Headers.ETag = ETag(answer.Version);
        if (answer.Location is not null) http.Response.Headers.Location = answer.Location;
        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }
}
