using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace Fleet.Platform.Http;

/// <summary>
/// A JSON request body, read and checked. Unlike the framework's own binding, which stops at the first wrong value, it names every field that
/// has a wrong type, is unknown, or breaks its validation attributes, in one 400 <c>validation-failed</c>.
/// </summary>
public sealed class Body<T> : IEndpointParameterMetadataProvider where T : class
{
    private Body(T value) => Value = value;

    /// <summary>The body; its validation attributes hold.</summary>
    public T Value { get; }

    public static async ValueTask<Body<T>?> BindAsync(HttpContext http, ParameterInfo parameter)
    {
        if (!http.Request.HasJsonContentType())
            throw new BadHttpRequestException("Send a JSON body (Content-Type: application/json).", StatusCodes.Status415UnsupportedMediaType);

        JsonNode? root;
        try
        {
            root = await JsonNode.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted);
        }
        catch (JsonException error)
        {
            throw new InvalidBodyException(new() { ["$"] = [$"Not valid JSON (line {error.LineNumber + 1}, position {error.BytePositionInLine + 1})."] });
        }

        return new Body<T>(JsonBody.Read<T>(root));
    }

    static void IEndpointParameterMetadataProvider.PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(["application/json"], typeof(T)));
}

/// <summary>The body is wrong in the named fields; becomes a 400 problem that names them all.</summary>
public sealed class InvalidBodyException(Dictionary<string, string[]> errors) : BadHttpRequestException("See errors for each wrong field.")
{
    public IReadOnlyDictionary<string, string[]> Errors { get; } = errors;
}

/// <summary>Reads JSON into a record and collects everything that is wrong with it.</summary>
internal static class JsonBody
{
    /// <summary>Throws <see cref="InvalidBodyException"/> with every wrong field.</summary>
    public static T Read<T>(JsonNode? root) where T : class
    {
        var errors = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        RemoveWrong(root, typeof(T), "", errors, out var rootIsWrong);
        T? value = null;
        if (!rootIsWrong) value = root.Deserialize<T>(FleetJson.Options);
        if (value is null) Add(errors, "$", "Must be an object.");
        else Check(value, "", errors);

        return errors.Count == 0 ? value! : throw new InvalidBodyException(errors.ToDictionary(e => e.Key, e => e.Value.ToArray()));
    }

    /// <summary>Takes out of the tree what cannot be read as the wanted type, noting each, so that the rest can be read and checked too.</summary>
    private static void RemoveWrong(JsonNode? node, Type type, string path, SortedDictionary<string, List<string>> errors, out bool isWrong)
    {
        isWrong = false;
        if (node is null) return;

        var info = FleetJson.Options.GetTypeInfo(Nullable.GetUnderlyingType(type) ?? type);
        if (info.Kind == JsonTypeInfoKind.Object && node is JsonObject fields)
        {
            foreach (var (name, child) in fields.ToList())
            {
                var fieldPath = path.Length == 0 ? name : $"{path}.{name}";
                if (info.Properties.FirstOrDefault(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is not { } property)
                {
                    Add(errors, fieldPath, "There is no such field.");
                    continue;
                }

                RemoveWrong(child, property.PropertyType, fieldPath, errors, out var childIsWrong);
                if (childIsWrong) fields.Remove(name);
            }
        }
        else if (info.Kind == JsonTypeInfoKind.Enumerable && node is JsonArray items)
        {
            for (var i = 0; i < items.Count; i++)
            {
                RemoveWrong(items[i], info.ElementType!, $"{path}[{i}]", errors, out var itemIsWrong);
                if (itemIsWrong) items[i] = null;
            }
        }
        else
        {
            try
            {
                _ = node.Deserialize(info);
            }
            catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
            {
                Add(errors, path.Length == 0 ? "$" : path, $"Must be {Describe(info)}.");
                isWrong = true;
            }
        }
    }

    private static void Check(object value, string path, SortedDictionary<string, List<string>> errors)
    {
        foreach (var property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetIndexParameters().Length > 0) continue;
            var name = JsonNamingPolicy.CamelCase.ConvertName(property.Name);
            var fieldPath = path.Length == 0 ? name : $"{path}.{name}";
            var field = property.GetValue(value);
            // A field of a wrong type was taken out above; that it is missing now is not another mistake.
            if (!errors.Keys.Any(k => k == fieldPath || k.StartsWith(fieldPath + "[", StringComparison.Ordinal)))
            {
                var results = new List<ValidationResult>();
                Validator.TryValidateValue(
                    field!, new ValidationContext(value) { MemberName = property.Name, DisplayName = name }, results, property.GetCustomAttributes<ValidationAttribute>());
                foreach (var result in results) Add(errors, fieldPath, result.ErrorMessage ?? "Is not valid.");
            }

            if (field is IEnumerable items and not string)
            {
                var i = 0;
                foreach (var item in items)
                {
                    if (item is null && !errors.ContainsKey($"{fieldPath}[{i}]")) Add(errors, $"{fieldPath}[{i}]", "Must not be null.");
                    if (item is not null && IsNested(item.GetType())) Check(item, $"{fieldPath}[{i}]", errors);
                    i++;
                }
            }
            else if (field is not null && IsNested(field.GetType()))
            {
                Check(field, fieldPath, errors);
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
        var t when t == typeof(DateOnly) => "a day (YYYY-MM-DD)",
        var t when t == typeof(DateTimeOffset) => "an instant (RFC 3339, such as 2020-02-28T10:00:00Z)",
        var t when t == typeof(int) || t == typeof(long) => "a whole number",
        var t when t == typeof(decimal) || t == typeof(double) => "a number",
        _ when info.Kind == JsonTypeInfoKind.Enumerable => "a list",
        _ => "an object",
    };

    private static void Add(SortedDictionary<string, List<string>> errors, string path, string error)
    {
        if (errors.TryGetValue(path, out var list)) list.Add(error);
        else errors[path] = [error];
    }
}
