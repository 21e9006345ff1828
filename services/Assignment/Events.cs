using System.Text.Json;
using Fleet.Assignment.Domain;
using Fleet.Contracts;
using Fleet.Platform.Http;
using Fleet.Platform.Store;

namespace Fleet.Assignment;

/// <summary>Between what acts (a caller, a kept act) and the events that tell of it. Each noun's own events are beside it.</summary>
internal static class Events
{
    public static Cause At(this Caller caller, DateTimeOffset now) => caller.Acting().At(now);

    /// <summary>The caller, to be kept with an act that somebody else may have to finish.</summary>
    public static ActedBy Acting(this Caller caller) => new(caller.Subject, caller.ActingRole, caller.PersonId, caller.CorrelationId);

    public static Cause At(this ActedBy by, DateTimeOffset now) =>
        new(new Actor { Subject = by.Subject, Role = by.Role, PersonId = by.PersonId }, by.CorrelationId, now);

    public static PendingEvent Pending(this IFleetEvent fact) => new(fact.Meta.EventId, fact.Meta.CorrelationId, fact.Meta.RecordedAt, fact);

    /// <summary>The meta data of the next event of a document.</summary>
    public static EventMeta MetaOfNext<T>(this Cause cause, Document<T> found, DateTimeOffset effectiveAt, int further = 0) where T : class =>
        cause.Meta(Guid.Parse(found.Id), found.Version + 1, found.Events + 1 + further, effectiveAt, found.ToldAt);

    /// <summary>An enum's name as it goes over the wire.</summary>
    public static string Wire<T>(this T value) where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}

/// <summary>Shared words and the domain's enums.</summary>
internal static class Enums
{
    /// <summary>The enum's own name for a shared word, which is how fields spell it.</summary>
    public static string Name<T>(string word) where T : struct, Enum => Enum.Parse<T>(word, ignoreCase: true).ToString();
}
