using System.Text.Json;
using Fleet.Contracts;
using Fleet.Platform.Http;
using Fleet.Platform.Store;

namespace Fleet.Inventory;

/// <summary>Between the domain's words and the wire's.</summary>
internal static class Events
{
    /// <summary>The service's name in what it does by itself.</summary>
    public const string Service = "inventory";

    /// <summary>Who decides.</summary>
    public static Domain.Actor Actor(this Caller caller) => new(caller.Subject, caller.ActingRole, caller.PersonId);

    /// <summary>Who acted, as an event says.</summary>
    public static Domain.Actor Actor(this EventMeta meta) => new(meta.Actor.Subject, meta.Actor.Role, meta.Actor.PersonId, meta.Actor.OnBehalfOf);

    /// <summary>Somebody decides within a request.</summary>
    public static Cause Cause(this Caller caller, DateTimeOffset now) =>
        new(new Actor { Subject = caller.Subject, Role = caller.ActingRole, PersonId = caller.PersonId }, caller.CorrelationId, now);

    /// <summary>To be published with the write that makes it true.</summary>
    public static PendingEvent Pending(this IFleetEvent fact) => new(fact.Meta.EventId, fact.Meta.CorrelationId, fact.Meta.RecordedAt, fact);

    /// <summary>An enum's value as it is written everywhere outside: camelCase.</summary>
    public static string Word<TEnum>(TEnum value) where TEnum : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
