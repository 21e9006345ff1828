using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Fleet.Platform.Http;

/// <summary>The request's <c>If-Match</c>: which versions the client is willing to change. Source: RFC 9110, section 13.1.1.</summary>
public sealed class IfMatch
{
    private readonly IList<EntityTagHeaderValue> _tags;

    private IfMatch(IList<EntityTagHeaderValue> tags) => _tags = tags;

    /// <summary>Whether a resource at this version may be changed; when not, answer <see cref="Problems.VersionMismatch"/>.</summary>
    public bool Allows(long version) =>
        _tags.Count == 0 || _tags.Any(t => t.Tag == "*" || (!t.IsWeak && t.Tag == Answers.ETag(version)));

    public static ValueTask<IfMatch?> BindAsync(HttpContext http, ParameterInfo parameter) =>
        ValueTask.FromResult<IfMatch?>(new IfMatch(http.Request.GetTypedHeaders().IfMatch));
}
