using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fleet.Portal.Web;

/// <summary>What a service said: a value, or why there is none.</summary>
/// <param name="Status">200 or 201; 4xx as the service refused; 503 when it could not be asked or did not answer properly.</param>
/// <param name="Value">Only with 200 and 201.</param>
/// <param name="Problem">What is wrong, with any other.</param>
internal sealed record Answer<T>(int Status, T? Value, Problem Problem) where T : class
{
    /// <summary>The version of what was read (RFC 9110, section 8.8.3); null: it carries none.</summary>
    public string? ETag { get; init; }

    /// <summary>Whether it is about who asks: nothing in a form would mend it.</summary>
    public bool IsAboutTheCaller => Status is StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden;

    public static Answer<T> Of(int status, T value) => new(status, value, Problem.None);

    public static Answer<T> Refused(int status, Problem? problem = null) => new(status, null, problem ?? Problem.None);
}

/// <summary>A service's refusal (RFC 9457).</summary>
/// <param name="Code">Stable, by which the portal finds its own words.</param>
/// <param name="Errors">The fields that were refused, with the service's (English) words.</param>
public sealed record Problem(string? Code = null, IReadOnlyDictionary<string, string[]>? Errors = null)
{
    public static Problem None { get; } = new();

    /// <summary>What else the refusal names: the holder, the allowed states.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; init; }

    /// <summary>A named text of the refusal, or null.</summary>
    public string? Named(string name) => More?.GetValueOrDefault(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}

/// <summary>The answer of what was taken away.</summary>
public sealed record Gone;

/// <summary>One page of a list.</summary>
/// <param name="Next">The cursor of the next page; null: this is the last.</param>
public sealed record Listed<T>(IReadOnlyList<T> Items, string? Next)
{
    /// <summary>The first, where there is one.</summary>
    public T? First() => Items is [var first, ..] ? first : default;

    /// <summary>How many meet the condition; null: there are more than were read.</summary>
    public int? CountAll(Func<T, bool> condition) => Next is null ? Items.Count(condition) : null;
}
