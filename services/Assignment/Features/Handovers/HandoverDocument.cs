using Fleet.Assignment.Domain;
using Fleet.Platform.Store;

namespace Fleet.Assignment.Features.Handovers;

/// <summary>Hand-overs as stored, and by what they are found. Only completed ones are found in lists.</summary>
internal static class HandoverDocument
{
    public static readonly Field<Handover> Status = new("status", h => h.Status.ToString());
    public static readonly Field<Handover> Receiver = new("receiver", h => h.Status == HandoverStatus.Completed ? Key.Of(h.PersonId) : null);
    public static readonly Field<Handover> UndoneAt = new("undoneAt", h => h.UndoneAt is { } at ? Key.Of(at) : null);

    public static DocumentType<Handover> Type { get; } = new("handovers",
        DocumentIndex<Handover>.On(Status), DocumentIndex<Handover>.On(Receiver), DocumentIndex<Handover>.On(UndoneAt));
}
