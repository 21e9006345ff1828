using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Fleet.Contracts;
using Fleet.Platform;
using MassTransit;

namespace Fleet.Tests.Contract;

/// <summary>What stands on the wire. A golden file may gain members; one that loses or renames a member breaks whoever is not updated yet.</summary>
public sealed partial class EventContractTests
{
    private static readonly JsonSerializerOptions Indented = new(FleetJson.Options) { WriteIndented = true };

    public static TheoryData<Type> Events => [.. typeof(IFleetEvent).Assembly.GetTypes().Where(t => t.IsClass && typeof(IFleetEvent).IsAssignableFrom(t)).OrderBy(t => t.Name)];

    [Theory, MemberData(nameof(Events))]
    public void Every_event_has_its_golden_json(Type type)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "../../../Golden", $"{EntityName(type)}.json");
        var json = JsonSerializer.Serialize(Sample.Of(type), Indented) + "\n";
        // After an addition: FLEET_WRITE_GOLDEN=1 writes the file anew; the change then shows in review.
        if (Environment.GetEnvironmentVariable("FLEET_WRITE_GOLDEN") == "1") File.WriteAllText(path, json);
        json.ShouldBe(File.ReadAllText(path));
    }

    [Theory, MemberData(nameof(Events))]
    public void Every_event_reads_back_what_it_wrote(Type type)
    {
        var json = JsonSerializer.Serialize(Sample.Of(type), FleetJson.Options);
        JsonSerializer.Serialize(JsonSerializer.Deserialize(json, type, FleetJson.Options), FleetJson.Options).ShouldBe(json);
    }

    [Theory, MemberData(nameof(Events))]
    public void Missing_and_unknown_members_do_not_stop_a_consumer(Type type)
    {
        var newer = JsonSerializer.SerializeToNode(Sample.Of(type), FleetJson.Options)!.AsObject();
        newer["addedLater"] = new JsonObject { ["a"] = 1 };
        JsonSerializer.Deserialize(newer, type, FleetJson.Options).ShouldNotBeNull();
        JsonSerializer.Deserialize("{}", type, FleetJson.Options).ShouldNotBeNull();
    }

    [Theory, MemberData(nameof(Events))]
    public void Every_event_has_a_versioned_name_that_is_its_urn_and_its_exchange(Type type)
    {
        EntityName(type).ShouldMatch(Name().ToString());
        MessageUrn.ForTypeString(type).ShouldBe($"urn:message:{EntityName(type)}");
        EntityName(type).ShouldEndWith($".{KebabCaseEndpointNameFormatter.Instance.SanitizeName(type.Name)}.v1");
    }

    [Theory, MemberData(nameof(Events))]
    public void Every_event_is_a_plain_record_of_optional_members(Type type)
    {
        type.IsSealed.ShouldBeTrue();
        foreach (var property in Members(type, []))
        {
            property.SetMethod.ShouldNotBeNull($"{property.Name} needs an init accessor.");
            property.GetCustomAttributes().ShouldNotContain(a => a.GetType().Name == "RequiredMemberAttribute", property.Name);
            (Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType).IsEnum.ShouldBeFalse($"{property.Name} is an enum; say it in a string.");
        }
    }

    [Fact]
    public void Every_event_is_delivered_to_somebody_and_always_to_the_audit_log() =>
        Events.Select(e => e.Data).ShouldAllBe(type => Deliveries.Queues.ContainsKey(type) && Deliveries.Queues[type].Contains("audit-record-entry"));

    private static string EntityName(Type type) => type.GetCustomAttribute<EntityNameAttribute>()!.EntityName;

    private static IEnumerable<PropertyInfo> Members(Type type, HashSet<Type> seen)
    {
        if (type.Assembly != typeof(IFleetEvent).Assembly || !seen.Add(type)) return [];
        return type.GetProperties().SelectMany(p =>
            Members(p.PropertyType.IsGenericType ? p.PropertyType.GetGenericArguments()[0] : p.PropertyType, seen).Prepend(p));
    }

    [GeneratedRegex(@"^fleet\.(inventory|assignment|provisioning|gateway)\.[a-z-]+\.v\d+$")]
    private static partial Regex Name();
}
