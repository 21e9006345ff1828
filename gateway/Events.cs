using Fleet.Contracts;
using Fleet.Gateway.Domain;
using Fleet.Platform.Http;
using Fleet.Platform.Store;

namespace Fleet.Gateway;

/// <summary>Who and what the gateway's events name as their cause.</summary>
internal static class Events
{
    /// <summary>The gateway's name, as queues and logs have it.</summary>
    public const string Service = "gateway";

    /// <summary>A signed-in caller does it.</summary>
    public static Cause At(this Caller caller, DateTimeOffset now) =>
        new(new Actor { Subject = caller.Subject, Role = caller.ActingRole, PersonId = caller.PersonId }, caller.CorrelationId, now);

    /// <summary>The account's owner does it, who is not signed in yet or may do nothing else.</summary>
    public static Cause At(this Account owner, HttpContext http, DateTimeOffset now) =>
        new(new Actor { Subject = owner.Subject, Role = owner.Roles is [var role, ..] ? role : "", PersonId = owner.PersonId }, CorrelationOf(http), now);

    public static PendingEvent Pending(this IFleetEvent fact) => new(fact.Meta.EventId, fact.Meta.CorrelationId, fact.Meta.RecordedAt, fact);

    private static Guid CorrelationOf(HttpContext http) => Guid.TryParse(http.Request.Headers[Caller.CorrelationHeader], out var id) ? id : Guid.CreateVersion7();
}
