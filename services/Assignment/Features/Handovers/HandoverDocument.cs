using Fleet.Assignment.Domain;
using Fleet.Platform.Store;

namespace Fleet.Assignment.Features.Handovers;

/// <summary>Hand-overs as stored, and by what they are found. Only completed ones are found in lists.</summary>
internal static class HandoverDocument
{
    public static readonly Field<Handover> Status = new("status", h => h.Status.ToString());
    public static readonly Field<Handover> Receiver = new("receiver", h => h.Status == HandoverStatus.Completed ? Key.Of(h.PersonId) : null);
    public static readonly Field<Handover> UndoneAt = new("undoneAt", h => h.UndoneAt is { } at ? Key.Of(at) : null);
    public static readonly Field<Handover> EffectiveAt = new("effectiveAt", h => h.Status == HandoverStatus.Completed ? Key.Of(h.EffectiveAt) : null);
    public static readonly Field<Handover> DueBack = new("dueBack", h => h.Status == HandoverStatus.Completed && h.DueBack is { } day ? Key.Of(day) : null);
    public static readonly Field<Handover> Accepted = new("accepted", h => h.AcceptedAt is null ? "false" : "true");
    public static readonly Field<Handover> Devices = Field<Handover>.Many("devices", h => h.Devices.Select(d => Key.Of(d.DeviceId)));

    public static DocumentType<Handover> Type { get; } = new("handovers",
        DocumentIndex<Handover>.On(Status), DocumentIndex<Handover>.On(Receiver), DocumentIndex<Handover>.On(UndoneAt),
        DocumentIndex<Handover>.On(EffectiveAt), DocumentIndex<Handover>.On(DueBack), DocumentIndex<Handover>.On(Accepted), DocumentIndex<Handover>.On(Devices));
}
