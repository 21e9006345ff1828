using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Fleet.Platform.Http;

/// <summary>Which members of a record are always there. Bodies are checked by it, and OpenAPI says it.</summary>
internal static class Members
{
    private static readonly ConcurrentDictionary<JsonPropertyInfo, (bool MayBeNull, bool HasDefault)> Seen = [];

    /// <summary>The type without the wrapping that says it may be missing.</summary>
    public static Type Plain(Type type)
    {
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Given<>)) type = type.GetGenericArguments()[0];
        return Nullable.GetUnderlyingType(type) ?? type;
    }

    /// <summary>In a request: whether it must be there although no attribute says so, because it can neither be null nor has it a default (a number's is zero).</summary>
    public static bool MustBeGiven(JsonPropertyInfo member) =>
        !member.PropertyType.IsValueType && Look(member) is (false, false) && !Has<RequiredAttribute>(member);

    /// <summary>Whether its type says that it may be null.</summary>
    public static bool MayBeNull(JsonPropertyInfo member) => Look(member).MayBeNull;

    /// <summary>In a request: whether it must be there.</summary>
    public static bool IsRequiredInRequest(JsonPropertyInfo member) => MustBeGiven(member) || Has<RequiredAttribute>(member);

    /// <summary>In an answer: whether it is always there. Nulls are left out, unless the member says otherwise.</summary>
    public static bool IsAlwaysAnswered(JsonPropertyInfo member) => !Look(member).MayBeNull || IsWrittenAsNull(member);

    /// <summary>In an answer: whether null is written rather than left out.</summary>
    public static bool IsWrittenAsNull(JsonPropertyInfo member) => Attribute<JsonIgnoreAttribute>(member)?.Condition == JsonIgnoreCondition.Never && Look(member).MayBeNull;

    private static bool Has<T>(JsonPropertyInfo member) where T : Attribute => Attribute<T>(member) is not null;

    private static T? Attribute<T>(JsonPropertyInfo member) where T : Attribute =>
        member.AttributeProvider?.GetCustomAttributes(typeof(T), inherit: true).OfType<T>().FirstOrDefault();

    private static (bool MayBeNull, bool HasDefault) Look(JsonPropertyInfo member) => Seen.GetOrAdd(member, m =>
    {
        if (m.AttributeProvider is not PropertyInfo property) return (true, true);
        var mayBeNull = property.PropertyType.IsValueType
            ? Plain(property.PropertyType) != property.PropertyType
            : new NullabilityInfoContext().Create(property).ReadState != NullabilityState.NotNull;
        // A member that no constructor takes keeps what its type gives it.
        var parameter = property.DeclaringType!.GetConstructors().SelectMany(c => c.GetParameters())
            .FirstOrDefault(p => p.ParameterType == property.PropertyType && string.Equals(p.Name, property.Name, StringComparison.OrdinalIgnoreCase));
        var hasDefault = parameter is not { HasDefaultValue: false };
        return (mayBeNull, hasDefault);
    });
}
