using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Fleet.Contracts;
using Fleet.Platform;
using MassTransit;

namespace Fleet.Tests.Contract;

/// <summary>What stands on the wire, and that the services fill it. The files: <see cref="Golden"/>. What happens before: <see cref="Story"/>.</summary>
public sealed partial class EventContractTests(Publishers publishers) : IClassFixture<Publishers>
{
    // Whoever begins to fill one of these takes it off the list.
    private static readonly string[] FilledByNobodyYet =
    [
        // Nobody can act as another's deputy yet.
        "Actor.OnBehalfOf",
    ];

    public static TheoryData<Type> Events => [.. typeof(IFleetEvent).Assembly.GetTypes().Where(t => t.IsClass && typeof(IFleetEvent).IsAssignableFrom(t)).OrderBy(t => t.Name)];

    public static TheoryData<Type> Records => [.. Events.SelectMany(e => RecordsOf(e.Data)).Distinct().OrderBy(t => t.Name)];

    [Theory, MemberData(nameof(Events))]
    public void Every_event_has_its_golden_json(Type type)
    {
        var told = publishers.Told(type);
        Golden.Lost(type, told).ShouldBeEmpty($"{type.Name} had these on the wire and has them no more. A member that is lost, renamed or of another kind breaks whoever is not updated yet.");
        Golden.Of(told).ShouldBe(Golden.Read(type));
    }

    [Theory, MemberData(nameof(Records))]
    public void Every_member_is_filled_by_the_service_that_publishes_it(Type record)
    {
        var filled = Published().SelectMany(fact => PartsOf(fact, record)).SelectMany(part => record.GetProperties().Where(p => IsFilled(p.GetValue(part)))).Select(p => p.Name).ToHashSet();
        var missing = record.GetProperties().Select(p => p.Name).Except(filled).Select(name => $"{record.Name}.{name}");
        missing.ShouldBe(FilledByNobodyYet.Where(m => m.StartsWith($"{record.Name}.", StringComparison.Ordinal)), "No service fills these in what happens in Story.cs.");
    }

    [Theory, MemberData(nameof(Records))]
    public void No_service_leaves_a_member_empty_that_is_not_optional(Type record)
    {
        var nullability = new NullabilityInfoContext();
        var always = record.GetProperties().Where(p => IsAlwaysSomething(p.PropertyType) && nullability.Create(p).ReadState == NullabilityState.NotNull).ToList();
        var empty = Published().SelectMany(fact => PartsOf(fact, record).SelectMany(part => always.Where(p => !IsFilled(p.GetValue(part))).Select(p => $"{fact.GetType().Name}: {record.Name}.{p.Name}")));
        empty.Distinct().ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Events))]
    public void Every_event_reads_back_what_it_wrote(Type type)
    {
        foreach (var message in Golden.Messages(type))
            JsonSerializer.Serialize(message.Deserialize(type, FleetJson.Options), type, FleetJson.Options).ShouldBe(message.ToJsonString());
    }

    [Theory, MemberData(nameof(Events))]
    public void Missing_and_unknown_members_do_not_stop_a_consumer(Type type)
    {
        foreach (var newer in Golden.Messages(type))
        {
            newer["addedLater"] = new JsonObject { ["a"] = 1 };
            newer.Deserialize(type, FleetJson.Options).ShouldNotBeNull();
        }

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
        foreach (var property in RecordsOf(type).Distinct().SelectMany(r => r.GetProperties()))
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

    /// <summary>Everything the services told, as a consumer reads it.</summary>
    private IEnumerable<IFleetEvent> Published() =>
        Events.SelectMany(e => publishers.Told(e.Data).Select(json => (IFleetEvent)JsonSerializer.Deserialize(json, e.Data, FleetJson.Options)!));

    /// <summary>The record and those in it.</summary>
    private static IEnumerable<Type> RecordsOf(Type type) =>
        type.Assembly == typeof(IFleetEvent).Assembly ? type.GetProperties().SelectMany(p => RecordsOf(ItemOf(p.PropertyType))).Prepend(type) : [];

    /// <summary>Every record of this type that is in another, or is it.</summary>
    private static IEnumerable<object> PartsOf(object? whole, Type record) => whole switch
    {
        null or string => [],
        IEnumerable items => items.Cast<object?>().SelectMany(item => PartsOf(item, record)),
        _ when whole.GetType() == record => [whole],
        _ when whole.GetType().Assembly == typeof(IFleetEvent).Assembly => whole.GetType().GetProperties().SelectMany(p => PartsOf(p.GetValue(whole), record)),
        _ => [],
    };

    private static Type ItemOf(Type type) => type.IsGenericType ? type.GetGenericArguments()[0] : type;

    /// <summary>Of these types nothing says that something is missing; of numbers and flags nothing may be the truth.</summary>
    private static bool IsAlwaysSomething(Type type) =>
        type == typeof(string) || type == typeof(Guid) || type == typeof(DateTimeOffset) || type == typeof(DateOnly) || type == typeof(long);

    private static bool IsFilled(object? value) => value switch
    {
        null or "" => false,
        string => true,
        IEnumerable items => items.Cast<object>().Any(),
        _ => !value.GetType().IsValueType || !value.Equals(Activator.CreateInstance(value.GetType())),
    };

    [GeneratedRegex(@"^fleet\.(inventory|assignment|provisioning|gateway)\.[a-z-]+\.v\d+$")]
    private static partial Regex Name();
}
