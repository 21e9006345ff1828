using System.Text.Json;
using Fleet.Assignment.Domain;
using Fleet.Contracts;
using Fleet.Platform.Http;
using Fleet.Platform.Store;

namespace Fleet.Assignment;

/// <summary>From domain states to the events that tell others of them.</summary>
internal static class Facts
{
    public static Cause At(this Caller caller, DateTimeOffset now) => new(new Actor { Subject = caller.Subject, Role = caller.ActingRole }, caller.CorrelationId, now);

    public static PendingEvent Pending(this IFleetEvent fact) => new(fact.Meta.EventId, fact.Meta.CorrelationId, fact);

    /// <summary>An enum's name as it goes over the wire.</summary>
    public static string Wire<T>(this T value) where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    public static UnitState ToState(this Unit unit) => new()
    {
        UnitId = unit.UnitId,
        Kind = unit.Kind.Wire(),
        Periods = [.. unit.Periods.Select(p => new Contracts.UnitPeriod { From = p.From, Name = p.Name, ParentId = p.ParentId })],
    };

    public static PersonState ToState(this Person person) => new()
    {
        PersonId = person.PersonId,
        PersonnelNumber = person.PersonnelNumber,
        UserName = person.UserName,
        GivenName = person.GivenName,
        FamilyName = person.FamilyName,
        Email = person.Email,
        StartDate = person.StartDate,
        EndDate = person.EndDate,
        KitId = person.KitId,
        Placements = [.. person.Placements.Select(p => new PlacementPeriod { From = p.From, UnitId = p.UnitId, HomeOfficeEligible = p.HomeOfficeEligible })],
    };

    public static CustodyState ToState(this Custody custody) => new()
    {
        DeviceId = custody.DeviceId,
        AssetTag = custody.Device.AssetTag,
        Kind = custody.Device.Kind,
        Status = custody.Status.Wire(),
        Holder = custody.Holder is { } h ? new HolderState { PersonId = h.PersonId, Name = h.Name, UserName = h.UserName } : null,
        HandoverId = custody.HandoverId,
        VpnIncluded = custody.VpnIncluded,
    };

    public static HandoverState ToState(this Handover handover) => new()
    {
        HandoverId = handover.HandoverId,
        PersonId = handover.Receiver.PersonId,
        DeviceIds = [.. handover.Devices.Select(d => d.DeviceId)],
        DueBack = handover.DueBack,
        AcceptedAt = handover.AcceptedAt,
    };

    public static CaseState ToState(this JoinerCase joiner) => new()
    {
        CaseId = joiner.CaseId,
        PersonId = joiner.PersonId,
        Kind = "joiner",
        Status = joiner.Status.Wire(),
        Items = [.. joiner.Items.Select(i => new CaseItemState
        {
            Kind = i.Item.Kind.Wire(),
            Name = i.Item.Name,
            Count = i.Item.Count,
            Fulfilled = i.Fulfilled,
            Optional = !i.Item.IsAwaited,
        })],
    };

    /// <summary>The custody came back; <paramref name="after"/> is what the write of <paramref name="before"/> will store.</summary>
    public static PendingEvent Returned(Document<Custody> before, Custody after, Cause cause, string? condition = null) => new DeviceReturned
    {
        Meta = cause.Meta(after.DeviceId, before.Version + 1, after.ChangedAt!.Value),
        Custody = after.ToState(),
        Condition = condition,
    }.Pending();

    /// <summary>The device is gone; <paramref name="after"/> is what the write of <paramref name="before"/> will store.</summary>
    public static PendingEvent LossReported(Document<Custody> before, Custody after, Cause cause) => new DeviceLossReported
    {
        Meta = cause.Meta(after.DeviceId, before.Version + 1, after.ChangedAt!.Value),
        Custody = after.ToState(),
    }.Pending();

    /// <summary>The receiver has the device; <paramref name="after"/> is what the write of <paramref name="before"/> will store.</summary>
    public static PendingEvent Issued(Document<Custody> before, Custody after, Cause cause) => new DeviceIssued
    {
        Meta = cause.Meta(after.DeviceId, before.Version + 1, after.ChangedAt!.Value),
        Custody = after.ToState(),
    }.Pending();
}
