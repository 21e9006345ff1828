using System.Text.Json;
using Fleet.Audit.Domain;

namespace Fleet.Audit.Features.Log;

/// <summary>An entry of the log as callers see it: everything its hash is computed from, and the names that belong to it.</summary>
/// <param name="Sequence">Place in the log, from 1.</param>
/// <param name="Id">The event's id.</param>
/// <param name="Type">The event's name.</param>
/// <param name="EffectiveAt">When it became true.</param>
/// <param name="StreamNumber">Which event of its entity this is, from 1 without gaps; a device and its custody are numbered each for itself.</param>
/// <param name="RecordedAt">When Fleet learned it, by the clock of the service that told of it.</param>
/// <param name="LoggedAt">When the log learned it: later than every entry before.</param>
/// <param name="CausedBy">Id of the event that this one echoes.</param>
/// <param name="PersonId">The person it concerns, when that is not the entity.</param>
/// <param name="CorrelationId">Shared by everything that one request caused.</param>
/// <param name="Data">What happened: the entity's state after it, without names.</param>
/// <param name="Personal">Names; absent when there are none or they are erased.</param>
/// <param name="PersonalSalt">Goes before the personal data when their hash is computed.</param>
internal sealed record LogEntryView(
    long Sequence, Guid Id, string Type, EntityView Entity, long StreamNumber, DateTimeOffset EffectiveAt, DateTimeOffset RecordedAt, DateTimeOffset LoggedAt, ActorView Actor, Guid? PersonId,
    Guid? CausedBy, Guid CorrelationId,
    JsonElement Data, JsonElement? Personal, string? PersonalSalt, string? PersonalHash, string PreviousHash, string Hash)
{
    public static LogEntryView Of(LogEntry entry) => new(
        entry.Sequence, entry.EventId, entry.Type, new EntityView(entry.EntityKind, entry.EntityId, entry.EntityVersion), entry.StreamNumber,
        entry.EffectiveAt, entry.RecordedAt, entry.LoggedAt,
        new ActorView(entry.ActorSubject, entry.ActorRole, entry.ActorPersonId, entry.ActorOnBehalfOf), entry.PersonId, entry.CausedBy, entry.CorrelationId,
        JsonElement.Parse(entry.Data), entry.Personal is null ? null : JsonElement.Parse(entry.Personal), entry.PersonalSalt, entry.PersonalHash,
        entry.PreviousHash, entry.Hash);
}

/// <summary>What it happened to.</summary>
internal sealed record EntityView(string Kind, Guid Id, long Version);

/// <summary>Who did it, and in which role.</summary>
/// <param name="PersonId">The person, when the account is one's.</param>
/// <param name="OnBehalfOf">For whom they acted as a deputy.</param>
internal sealed record ActorView(string Subject, string Role, Guid? PersonId, Guid? OnBehalfOf);
