using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.Primitives;

namespace Fleet.Platform.Http;

/// <summary>The parameters an endpoint takes, where its handler's own parameters do not say (a declared list, a handler that reads the query itself).</summary>
public sealed record KnownParameters(IReadOnlyList<QueryParameter> All);

/// <summary>Marks an endpoint whose query is nobody's business but its own (a page with scripts that keep their state there).</summary>
public sealed record AnyQuery;

/// <summary>In an ordinary handler's parameter: the words it may be, in any case. The handler gets it as it was sent; <see cref="Choice"/> reads it.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public sealed class WordsAttribute(params string[] words) : Attribute
{
    public IReadOnlyList<string> Words { get; } = words;

    /// <summary>Whether several may be given, separated by commas.</summary>
    public bool Several { get; init; }
}

/// <summary>
/// Checks the query before any endpoint sees it: what is unknown, repeated or cannot be read is a 400 that names the parameter, says in plain words
/// what it must be and lists the ones there are. A filter that was mistyped must not answer everything.
/// </summary>
internal static class QueryCheck
{
    private static readonly ConditionalWeakTable<Endpoint, IReadOnlyList<QueryParameter>?> Known = [];

    public static Task Handle(HttpContext http, RequestDelegate next) =>
        http.GetEndpoint() is { } endpoint && Known.GetValue(endpoint, ParametersOf) is { } parameters && Refuse(http.Request, parameters) is { } refusal
            ? refusal.ExecuteAsync(http)
            : next(http);

    private static IReadOnlyList<QueryParameter>? ParametersOf(Endpoint endpoint)
    {
        IReadOnlyList<RoutePatternParameterPart> path = (endpoint as RouteEndpoint)?.RoutePattern.Parameters ?? [];
        // What takes any path refuses it, or passes it on to somebody who knows.
        return path.Any(p => p.IsCatchAll) ? null : ParametersOf([.. endpoint.Metadata], path.Select(p => p.Name).ToHashSet(StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>What an endpoint takes; null: it does not say (a forwarded path, a file).</summary>
    /// <param name="metadata">The endpoint's.</param>
    /// <param name="inPath">Names of the parameters that stand in its path.</param>
    internal static IReadOnlyList<QueryParameter>? ParametersOf(IReadOnlyCollection<object> metadata, IReadOnlySet<string> inPath)
    {
        if (metadata.OfType<AnyQuery>().Any()) return null;
        if (metadata.OfType<KnownParameters>().LastOrDefault() is { } declared) return declared.All;
        return metadata.OfType<MethodInfo>().LastOrDefault() is { } handler ? [.. handler.GetParameters().SelectMany(p => Of(p, p.Name!, p.ParameterType, inPath))] : null;
    }

    private static ProblemHttpResult? Refuse(HttpRequest request, IReadOnlyList<QueryParameter> parameters)
    {
        var errors = new SortedDictionary<string, string[]>(StringComparer.Ordinal);
        FindUnreadable(request, errors);
        if (errors.Count > 0) return Problems.Invalid(errors);
        if (request.Query.Count == 0) return null;
        var code = "validation-failed";
        foreach (var (name, values) in request.Query)
        {
            var parameter = parameters.FirstOrDefault(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
            if (parameter is null)
            {
                if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method)) continue;
                errors[Characters.MistakeIn(name) is null ? name : "?"] = [$"There is no such parameter. {Listing(parameters)}"];
                code = "unknown-parameter";
            }
            else if (values.Count > 1)
            {
                errors[parameter.Name] = [$"Must be given once{(parameter.Several ? "; separate several values by commas" : "")}. {Listing(parameters)}"];
                if (code != "unknown-parameter") code = "repeated-parameter";
            }
            else if (MistakeIn(parameter, values) is { } mistake)
            {
                errors[parameter.Name] = [mistake];
            }
        }

        return errors.Count == 0 ? null : Problems.Invalid(errors, code);
    }

    /// <summary>What is no UTF-8 behind its percent signs would be read as something else than was sent.</summary>
    private static void FindUnreadable(HttpRequest request, SortedDictionary<string, string[]> errors)
    {
        const string Message = "Holds bytes that are no UTF-8.";
        if (request.Query.Count == 0 && !request.Path.Value!.AsSpan().ContainsAnyExceptInRange('&', '~')) return;

        var target = request.HttpContext.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        var (path, query) = target.IndexOf('?', StringComparison.Ordinal) is var mark and >= 0 ? (target[..mark], target[(mark + 1)..]) : (target, "");
        if (!IsText(path) || Characters.MistakeIn(request.Path.Value) is not null) errors["path"] = [Message];
        foreach (var part in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var name = part.Split('=', 2)[0];
            if (!IsText(part)) errors[IsText(name) ? Uri.UnescapeDataString(name) : "?"] = [Message];
        }
    }

    private static bool IsText(string escaped)
    {
        if (!escaped.Contains('%', StringComparison.Ordinal)) return true;
        var bytes = new List<byte>(escaped.Length);
        for (var i = 0; i < escaped.Length; i++)
        {
            if (escaped[i] != '%')
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(escaped, i, 1));
            }
            else if (byte.TryParse(escaped.AsSpan(Math.Min(i + 1, escaped.Length), Math.Min(2, escaped.Length - i - 1)), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var one)
                && i + 2 < escaped.Length)
            {
                bytes.Add(one);
                i += 2;
            }
            else
            {
                return false;
            }
        }

        return Utf8.IsValid(CollectionsMarshal.AsSpan(bytes));
    }

    private static string? MistakeIn(QueryParameter parameter, StringValues values) => parameter.MistakeIn(values.ToString());

    private static string Listing(IReadOnlyList<QueryParameter> parameters) =>
        parameters.Count == 0 ? "There are none here." : $"Known: {string.Join(", ", parameters.Select(p => p.Name))}.";

    private static IEnumerable<QueryParameter> Of(ICustomAttributeProvider source, string name, Type type, IReadOnlySet<string> inPath)
    {
        var attributes = source.GetCustomAttributes(inherit: true);
        if (attributes.OfType<Microsoft.AspNetCore.Http.AsParametersAttribute>().Any())
        {
            var constructor = type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).First();
            return constructor.GetParameters().Length > 0
                ? constructor.GetParameters().SelectMany(p => Of(type.GetProperty(p.Name!, BindingFlags.IgnoreCase | BindingFlags.Public | BindingFlags.Instance) is { } property ? new Both(p, property) : p, p.Name!, p.ParameterType, inPath))
                : type.GetProperties().SelectMany(p => Of(p, p.Name, p.PropertyType, inPath));
        }

        var query = attributes.OfType<IFromQueryMetadata>().FirstOrDefault();
        if (query is null && (inPath.Contains(name) || KindOf(type) is null || attributes.Any(IsFromElsewhere))) return [];
        var words = attributes.OfType<WordsAttribute>().FirstOrDefault();
        var underlying = Nullable.GetUnderlyingType(type) ?? type;
        return
        [
            new QueryParameter(
                query?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(name),
                words is not null ? ValueKind.Word : KindOf(type) ?? ValueKind.Free,
                attributes.OfType<DescriptionAttribute>().FirstOrDefault()?.Description)
            {
                Words = words?.Words ?? (underlying.IsEnum ? [.. Enum.GetNames(underlying).Select(JsonNamingPolicy.CamelCase.ConvertName)] : []),
                Several = words?.Several ?? false,
            },
        ];
    }

    private static bool IsFromElsewhere(object attribute) =>
        attribute is IFromRouteMetadata or IFromHeaderMetadata or IFromBodyMetadata or IFromServiceMetadata or IFromFormMetadata;

    private static ValueKind? KindOf(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var t when t == typeof(string) => ValueKind.Free,
        var t when t == typeof(Guid) => ValueKind.Id,
        var t when t == typeof(bool) => ValueKind.Flag,
        var t when t == typeof(int) || t == typeof(long) => ValueKind.Number,
        var t when t == typeof(decimal) || t == typeof(double) => ValueKind.Amount,
        var t when t == typeof(DateOnly) => ValueKind.Day,
        var t when t == typeof(DateTimeOffset) => ValueKind.Instant,
        { IsEnum: true } => ValueKind.Word,
        _ => null,
    };

    /// <summary>A record's constructor parameter and its property: attributes may stand on either.</summary>
    private sealed class Both(ParameterInfo parameter, PropertyInfo property) : ICustomAttributeProvider
    {
        public object[] GetCustomAttributes(bool inherit) => [.. parameter.GetCustomAttributes(inherit), .. property.GetCustomAttributes(inherit)];

        public object[] GetCustomAttributes(Type attributeType, bool inherit) => [.. GetCustomAttributes(inherit).Where(attributeType.IsInstanceOfType)];

        public bool IsDefined(Type attributeType, bool inherit) => GetCustomAttributes(attributeType, inherit).Length > 0;
    }
}
