using System.Text.Json;
using Fleet.Contracts;
using Fleet.Platform.Http;
using Fleet.Platform.Store;

namespace Fleet.Provisioning;

/// <summary>How this service makes events: who acts, and what is stored to be published.</summary>
internal static class Events
{
    public const string Service = "provisioning";

    public static Cause Acting(this Caller caller, DateTimeOffset now) =>
        new(new Actor { Subject = caller.Subject, Role = caller.ActingRole, PersonId = caller.PersonId }, caller.CorrelationId, now);

    public static PendingEvent Pending(this IFleetEvent fact) => new(fact.Meta.EventId, fact.Meta.CorrelationId, fact.Meta.RecordedAt, fact);

    /// <summary>A state in the words of the wire.</summary>
    public static string Word<TEnum>(TEnum value) where TEnum : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
