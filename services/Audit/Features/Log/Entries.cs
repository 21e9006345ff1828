using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Fleet.Audit.Domain;
using Fleet.Contracts;

namespace Fleet.Audit.Features.Log;

/// <summary>Writes events as log entries, with whatever names a person put apart from the rest, and reads them back.</summary>
internal static class Entries
{
    /// <summary>What identifies a person by itself. Ids stay: they lead to nobody once these are gone.</summary>
    private static readonly Dictionary<Type, string[]> PersonalProperties = new()
    {
        [typeof(PersonState)] = [nameof(PersonState.PersonnelNumber), nameof(PersonState.UserName), nameof(PersonState.GivenName), nameof(PersonState.FamilyName), nameof(PersonState.Email)],
        [typeof(AccountState)] = [nameof(AccountState.Subject), nameof(AccountState.Name)],
    };

    private static readonly JsonSerializerOptions DataJson = Canonical((owner, property) => property != nameof(IFleetEvent.Meta) && !IsPersonal(owner, property));

    private static readonly JsonSerializerOptions PersonalJson = Canonical(IsPersonal);

    /// <summary>The event as an entry that has no place in the log yet.</summary>
    public static LogEntry Of(IFleetEvent fact)
    {
        var meta = fact.Meta;
        if (meta.EventId == Guid.Empty) throw new ArgumentException("An event without an id cannot be told from others.", nameof(fact));

        var type = fact.GetType();
        var named = NamedIn(fact);
        var personal = named is null ? null : JsonSerializer.Serialize(named, named.GetType(), PersonalJson);
        var salt = personal is null ? null : RandomNumberGenerator.GetHexString(32, lowercase: true);
        return new LogEntry
        {
            EventId = meta.EventId,
            Type = type.Name,
            EntityKind = EventTypes.KindOf(type.Name),
            EntityId = meta.AggregateId,
            EntityVersion = meta.AggregateVersion,
            StreamNumber = meta.StreamNumber,
            PersonId = ConcernedIn(fact),
            EffectiveAt = meta.EffectiveAt.ToUniversalTime(),
            RecordedAt = meta.RecordedAt.ToUniversalTime(),
            ActorSubject = meta.Actor.Subject,
            ActorRole = meta.Actor.Role,
            ActorPersonId = meta.Actor.PersonId,
            ActorOnBehalfOf = meta.Actor.OnBehalfOf,
            CausedBy = meta.CausedBy,
            CorrelationId = meta.CorrelationId,
            Data = JsonSerializer.Serialize(fact, type, DataJson),
            Personal = personal,
            PersonalSalt = salt,
            PersonalHash = personal is null ? null : Chain.HashOfPersonal(salt, personal),
        };
    }

    /// <summary>The event's state without names.</summary>
    public static TEvent DataOf<TEvent>(LogEntry entry) => JsonSerializer.Deserialize<TEvent>(entry.Data, DataJson)!;

    /// <summary>The names that belong to the entry; empty ones when they are erased.</summary>
    public static PersonState NamesOf(LogEntry entry) =>
        entry.Personal is null ? new PersonState() : JsonSerializer.Deserialize<PersonState>(entry.Personal, PersonalJson)!;

    /// <summary>Whom the event names; all others hold ids only.</summary>
    private static object? NamedIn(IFleetEvent fact) => fact switch
    {
        PersonRegistered registered => registered.Person,
        PersonChanged changed => changed.Person,
        PersonLeft left => left.Person,
        AccountChanged changed => changed.Account,
        AccountRemoved removed => removed.Account,
        _ => null,
    };

    private static Guid? ConcernedIn(IFleetEvent fact) => fact switch
    {
        DeviceRegistered registered => registered.Device.HolderId,
        DeviceChanged changed => changed.Device.HolderId,
        DeviceStatusChanged changed => changed.Device.HolderId,
        DeviceIssued issued => HolderAt(issued.Custody, issued.Meta.EffectiveAt),
        DeviceReturned returned => HolderAt(returned.Custody, returned.Meta.EffectiveAt),
        DeviceLossReported lost => HolderAt(lost.Custody, lost.Meta.EffectiveAt),
        DeviceFound found => HolderAt(found.Custody, found.Meta.EffectiveAt),
        CustodyCorrected corrected => corrected.Custody.Spells.FirstOrDefault(s => s.HandoverId == corrected.HandoverId)?.PersonId
            ?? HolderAt(corrected.Custody, corrected.Meta.EffectiveAt),
        HandoverAccepted accepted => accepted.Handover.PersonId,
        CaseOpened opened => opened.Case.PersonId,
        CaseProgressed progressed => progressed.Case.PersonId,
        CaseClosed closed => closed.Case.PersonId,
        VpnAccessRequested requested => requested.Access.PersonId,
        VpnAccessActivated activated => activated.Access.PersonId,
        VpnAccessRevoked revoked => revoked.Access.PersonId,
        AccountChanged changed => changed.Account.PersonId,
        AccountRemoved removed => removed.Account.PersonId,
        _ => null,
    };

    /// <summary>Who had the device from then on; when nobody, who had it until then: a return concerns whoever gave it back.</summary>
    private static Guid? HolderAt(CustodyState custody, DateTimeOffset at)
    {
        var current = custody.Spells.Count - 1;
        while (current >= 0 && custody.Spells[current].From > at) current--;
        if (current < 0) return null;
        return custody.Spells[current].PersonId ?? (current > 0 ? custody.Spells[current - 1].PersonId : null);
    }

    private static bool IsPersonal(Type owner, string property) =>
        PersonalProperties.TryGetValue(owner, out var personal) && personal.Contains(property);

    /// <summary>JSON with ordinally sorted keys, holding the properties asked for. The rules stand at <see cref="Chain"/>.</summary>
    private static JsonSerializerOptions Canonical(Func<Type, string, bool> holds)
    {
        var resolver = new DefaultJsonTypeInfoResolver();
        resolver.Modifiers.Add(type =>
        {
            if (type.Kind != JsonTypeInfoKind.Object) return;
            var kept = type.Properties
                .Where(p => p.AttributeProvider is System.Reflection.MemberInfo member && holds(type.Type, member.Name))
                .OrderBy(p => p.Name, StringComparer.Ordinal).ToList();
            type.Properties.Clear();
            foreach (var property in kept) type.Properties.Add(property);
        });
        return new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            TypeInfoResolver = resolver,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
    }
}
