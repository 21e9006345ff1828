using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace Fleet.Platform.Http;

/// <summary>
/// A JSON request body, read and checked. Unlike the framework's own binding, which stops at the first wrong value, it names every field that
/// has a wrong type, is unknown, or breaks its validation attributes, in one 400 <c>validation-failed</c>. A parameter that may be null is null when nothing was sent.
/// </summary>
public sealed class Body<T> : IEndpointParameterMetadataProvider where T : class
{
    private Body(T value) => Value = value;

    /// <summary>The body; its validation attributes hold.</summary>
    public T Value { get; }

    public static async ValueTask<Body<T>?> BindAsync(HttpContext http, ParameterInfo parameter)
    {
        if (http.Request is { ContentType: null, ContentLength: null or 0 } && IsOptional(parameter)) return null;
        if (!http.Request.HasJsonContentType() || (http.Request.GetTypedHeaders().ContentType?.Encoding is { } encoding && encoding is not UTF8Encoding))
            throw new BadHttpRequestException("Send a JSON body in UTF-8 (Content-Type: application/json).", StatusCodes.Status415UnsupportedMediaType);

        using var bytes = new MemoryStream();
        await http.Request.Body.CopyToAsync(bytes, http.RequestAborted);
        return new Body<T>(JsonBody.Read<T>(bytes.GetBuffer().AsMemory(0, (int)bytes.Length), http.RequestServices));
    }

    static void IEndpointParameterMetadataProvider.PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(IsOptional(parameter)
            // A request without a body has no type, and one without a type goes to the route that takes any, were it only the one that refuses.
            ? new AcceptsMetadata(["application/json", Body.AnyType], typeof(T), isOptional: true)
            : new AcceptsMetadata(["application/json"], typeof(T)));

    private static bool IsOptional(ParameterInfo parameter) => new NullabilityInfoContext().Create(parameter).ReadState == NullabilityState.Nullable;
}

internal static class Body
{
    /// <summary>What an optional body says it takes, for the routing's sake; it takes JSON.</summary>
    public const string AnyType = "*/*";
}

/// <summary>The body is wrong in the named fields; becomes a 400 problem that names them all.</summary>
/// <param name="errors">By the path of the field.</param>
/// <param name="code">What all of them have in common.</param>
public sealed class InvalidBodyException(IReadOnlyDictionary<string, string[]> errors, string code) : BadHttpRequestException("See errors for each wrong field.")
{
    public IReadOnlyDictionary<string, string[]> Errors { get; } = errors;

    public string Code { get; } = code;
}

/// <summary>Reads JSON into a record and collects everything that is wrong with it.</summary>
internal static class JsonBody
{
    /// <summary>Throws <see cref="InvalidBodyException"/> with every wrong field.</summary>
    /// <param name="json">As it was sent.</param>
    /// <param name="services">What rules ask that depend on the time.</param>
    public static T Read<T>(ReadOnlyMemory<byte> json, IServiceProvider? services = null) where T : class
    {
        var errors = new Mistakes();
        JsonText.Check(json.Span, (path, error) => errors.Add(path, error));
        errors.ThrowIfAny();

        var root = JsonNode.Parse(JsonText.WithoutMark(json.Span));
        RemoveWrong(root, typeof(T), "", errors, out var rootIsWrong);
        T? value = null;
        if (!rootIsWrong) value = root.Deserialize<T>(FleetJson.Options);
        if (value is null) errors.Add("$", "Must be an object.");
        else Check(value, "", errors, services);
        errors.ThrowIfAny();
        return value!;
    }

    /// <summary>Takes out of the tree what cannot be read as the wanted type, noting each, so that the rest can be read and checked too.</summary>
    private static void RemoveWrong(JsonNode? node, Type type, string path, Mistakes errors, out bool isWrong)
    {
        isWrong = false;
        if (node is null) return;

        var info = FleetJson.Options.GetTypeInfo(Members.Plain(type));
        if (info.Kind == JsonTypeInfoKind.Object && node is JsonObject fields)
        {
            foreach (var (name, child) in fields.ToList())
            {
                var fieldPath = path.Length == 0 ? name : $"{path}.{name}";
                if (info.Properties.FirstOrDefault(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is not { } property)
                {
                    errors.Add(fieldPath, "There is no such field.");
                    continue;
                }

                RemoveWrong(child, property.PropertyType, fieldPath, errors, out var childIsWrong);
                if (child is null && !Members.MayBeNull(property))
                {
                    errors.Add(fieldPath, "Must not be null.");
                    childIsWrong = true;
                }

                if (childIsWrong) fields.Remove(name);
            }

            // A member that cannot be null is missed here, one with [Required] by its attribute below.
            foreach (var property in info.Properties.Where(p => Members.MustBeGiven(p)))
            {
                var fieldPath = path.Length == 0 ? property.Name : $"{path}.{property.Name}";
                if (!fields.Any(f => f.Key.Equals(property.Name, StringComparison.OrdinalIgnoreCase)) && !errors.Paths.Any(e => e.StartsWith(fieldPath, StringComparison.OrdinalIgnoreCase)))
                    errors.Add(fieldPath, "Is required.");
            }
        }
        else if (info.Kind == JsonTypeInfoKind.Enumerable && node is JsonArray items)
        {
            var element = info.ElementType!;
            var placeholder = element.IsValueType && Nullable.GetUnderlyingType(element) is null ? Activator.CreateInstance(element) : null;
            for (var i = 0; i < items.Count; i++)
            {
                RemoveWrong(items[i], element, $"{path}[{i}]", errors, out var itemIsWrong);
                if (items[i] is null && placeholder is not null)
                {
                    errors.Add($"{path}[{i}]", "Must not be null.");
                    itemIsWrong = true;
                }

                if (itemIsWrong) items[i] = JsonSerializer.SerializeToNode(placeholder, FleetJson.Options);
            }
        }
        else
        {
            try
            {
                isWrong = node.Deserialize(info) switch
                {
                    DateOnly day => !FleetCalendar.Knows(day),
                    DateTimeOffset instant => !FleetCalendar.Knows(instant),
                    double number => !double.IsFinite(number),
                    // Several names, separated by commas, would be read as one.
                    Enum word => !Enum.IsDefined(word.GetType(), word) || node.GetValue<string>().Contains(',', StringComparison.Ordinal),
                    _ => false,
                };
            }
            catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException or OverflowException or ArgumentException)
            {
                isWrong = true;
            }

            if (isWrong) errors.Add(path.Length == 0 ? "$" : path, $"Must be {Describe(info)}.");
        }
    }

    private static void Check(object value, string path, Mistakes errors, IServiceProvider? services)
    {
        foreach (var property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetIndexParameters().Length > 0) continue;
            var name = JsonNamingPolicy.CamelCase.ConvertName(property.Name);
            var fieldPath = path.Length == 0 ? name : $"{path}.{name}";
            var field = property.GetValue(value);
            if (field is IGiven given)
            {
                if (!given.IsGiven) continue;
                field = given.Untyped;
            }

            var rules = property.GetCustomAttributes<ValidationAttribute>().ToList();
            var context = new ValidationContext(value, services, null) { MemberName = property.Name, DisplayName = name };
            // A field of a wrong type was taken out above; that it is missing now is not another mistake.
            if (!errors.Paths.Any(k => k == fieldPath || k.StartsWith(fieldPath + "[", StringComparison.Ordinal)))
                Rules.Check(field, rules.Where(r => r is not IRuleOfEachItem), context, fieldPath, errors);

            if (field is IEnumerable items and not string)
            {
                var i = 0;
                foreach (var item in items)
                {
                    var itemPath = $"{fieldPath}[{i++}]";
                    if (errors.Paths.Contains(itemPath)) continue;
                    if (item is null)
                    {
                        errors.Add(itemPath, "Must not be null.");
                        continue;
                    }

                    Rules.Check(item, rules.Where(r => r is IRuleOfEachItem), context, itemPath, errors);
                    if (IsNested(item.GetType())) Check(item, itemPath, errors, services);
                }
            }
            else if (field is not null && IsNested(field.GetType()))
            {
                Check(field, fieldPath, errors, services);
            }
        }
    }

    private static bool IsNested(Type type) => type.IsClass && type.Assembly != typeof(object).Assembly;

    private static string Describe(JsonTypeInfo info) => info.Type switch
    {
        { IsEnum: true } e => "one of " + string.Join(", ", Enum.GetNames(e).Select(JsonNamingPolicy.CamelCase.ConvertName)),
        var t when t == typeof(string) => "a text",
        var t when t == typeof(Guid) => "a UUID",
        var t when t == typeof(bool) => "true or false",
        var t when t == typeof(DateOnly) => Moments.ADay,
        var t when t == typeof(DateTimeOffset) => Moments.AnInstant,
        var t when t == typeof(int) || t == typeof(long) => "a whole number",
        var t when t == typeof(decimal) || t == typeof(double) => "a number",
        _ when info.Kind == JsonTypeInfoKind.Enumerable => "a list",
        _ => "an object",
    };
}
