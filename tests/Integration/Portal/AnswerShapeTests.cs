using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fleet.Portal.Domain;
using Fleet.Portal.Web;
using Fleet.Tests.Integration.Audit;

namespace Fleet.Tests.Integration.Portal;

/// <summary>
/// Pages read what the services describe: each record that the portal reads is compared with the service's own OpenAPI document, and each parameter
/// that it sends is one the service knows.
/// </summary>
public sealed class AnswerShapeTests(AuditFixture audit) : IClassFixture<AuditFixture>
{
    private static readonly Selection Everything = new(new DateOnly(2020, 5, 9))
    {
        Unit = Guid.CreateVersion7(),
        KnownAt = new DateTimeOffset(2020, 5, 8, 0, 0, 0, TimeSpan.Zero),
        People = new PeopleFilter(Equipment.Laptop, Equipment.Both, Eligible: true),
    };

    /// <summary>Every question of the portal, in full, and what it reads the answer as.</summary>
    private static readonly IReadOnlyList<(string Address, Type Answer)> Questions =
    [
        (Links.AuditCoverage(Everything, perUnit: true, onlyUnit: true), typeof(Coverage)),
        (Links.AuditSeries(Everything), typeof(CoverageSeries)),
        (Links.AuditPeople(Everything, "cursor", 100), typeof(PeopleList)),
    ];

    [Fact]
    public void Every_record_that_the_portal_reads_is_compared()
    {
        var read = typeof(AuditClient).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Select(m => m.ReturnType.GetGenericArguments()[0].GetGenericArguments()[0]).Distinct();

        read.ShouldBe(Questions.Select(q => q.Answer), ignoreOrder: true);
    }

    [Fact]
    public async Task What_the_portal_reads_is_what_the_services_describe()
    {
        var document = await DocumentAsync();
        var differences = new List<string>();

        foreach (var (address, answer) in Questions)
        {
            var schema = Operation(document, address)["responses"]!["200"]!["content"]!["application/json"]!["schema"]!;
            Compare(document, schema, answer, answer.Name, differences);
        }

        differences.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_the_portal_asks_with_is_what_the_services_know()
    {
        var document = await DocumentAsync();

        foreach (var (address, _) in Questions)
        {
            var known = Operation(document, address)["parameters"]!.AsArray().Select(p => (string)p!["name"]!);
            var sent = address[(address.IndexOf('?', StringComparison.Ordinal) + 1)..].Split('&').Select(p => p[..p.IndexOf('=', StringComparison.Ordinal)]);
            sent.ShouldBeSubsetOf(known, address);
        }
    }

    private async Task<JsonNode> DocumentAsync()
    {
        using var client = new HttpClient { BaseAddress = audit.Address };
        return (await client.GetFromJsonAsync<JsonNode>("/openapi/audit.json"))!;
    }

    private static JsonNode Operation(JsonNode document, string address)
    {
        var path = $"/{address.Split('?')[0]}";
        return document["paths"]![path]?["get"] ?? throw new InvalidOperationException($"The service describes no GET {path}.");
    }

    /// <summary>Every member that is read is described, with the same type; what may be missing or null is read as such, and nothing else is.</summary>
    private static void Compare(JsonNode document, JsonNode described, Type type, string path, List<string> differences)
    {
        var (schema, _) = Resolve(document, described);
        var required = schema["required"]?.AsArray().Select(r => (string)r!).ToHashSet() ?? [];
        var nullability = new NullabilityInfoContext();
        foreach (var member in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var name = JsonNamingPolicy.CamelCase.ConvertName(member.Name);
            var at = $"{path}.{name}";
            if (schema["properties"]?[name] is not { } property)
            {
                differences.Add($"{at} is not described.");
                continue;
            }

            var (value, isNullable) = Resolve(document, property);
            var mayBeMissing = isNullable || !required.Contains(name);
            var readsNull = nullability.Create(member).ReadState == NullabilityState.Nullable;
            if (mayBeMissing != readsNull) differences.Add($"{at} {(mayBeMissing ? "may be missing" : "is always there")} and is read as if it {(readsNull ? "might be missing" : "were always there")}.");

            var read = Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType;
            var item = read == typeof(string) ? null : read.GetInterfaces().Append(read)
                .FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEnumerable<>))?.GetGenericArguments()[0];
            if (Kind(value) is var kind && kind != Kind(read, item)) differences.Add($"{at} is a {kind} and is read as a {Kind(read, item)}.");
            else if (item is not null && Kind(item, null) == "object") Compare(document, value["items"]!, item, $"{at}[]", differences);
            else if (item is null && kind == "object") Compare(document, value, read, at, differences);
        }
    }

    /// <summary>A schema behind its references, and whether null is one of its values.</summary>
    private static (JsonNode Schema, bool IsNullable) Resolve(JsonNode document, JsonNode schema)
    {
        var isNullable = Types(schema).Contains("null");
        if ((schema["oneOf"] ?? schema["anyOf"]) is JsonArray choices)
        {
            isNullable = choices.Any(c => Types(c!).Contains("null"));
            schema = choices.Single(c => !Types(c!).Contains("null"))!;
        }

        if ((string?)schema["$ref"] is not { } reference) return (schema, isNullable);
        var (behind, behindIsNullable) = Resolve(document, document["components"]!["schemas"]![reference.Split('/')[^1]]!);
        return (behind, isNullable || behindIsNullable);
    }

    private static string Kind(JsonNode schema)
    {
        var types = Types(schema).Where(t => t != "null").ToList();
        // A number may be described as one that might also come as a text.
        var type = types.FirstOrDefault(t => t is "integer" or "number") ?? types.SingleOrDefault() ?? "nothing";
        return type == "string" && (string?)schema["format"] is { } format ? format : type;
    }

    private static string Kind(Type type, Type? item) =>
        item is not null ? "array"
        : type == typeof(string) ? "string"
        : type == typeof(bool) ? "boolean"
        : type == typeof(int) || type == typeof(long) ? "integer"
        : type == typeof(decimal) ? "number"
        : type == typeof(Guid) ? "uuid"
        : type == typeof(DateOnly) ? "date"
        : type == typeof(DateTimeOffset) ? "date-time"
        : "object";

    private static IEnumerable<string> Types(JsonNode schema) => schema["type"] switch
    {
        JsonArray several => several.Select(t => (string)t!),
        { } one => [(string)one!],
        null => [],
    };
}
