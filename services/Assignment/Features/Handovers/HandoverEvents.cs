using Fleet.Assignment.Domain;
using Fleet.Contracts;

namespace Fleet.Assignment.Features.Handovers;

/// <summary>Hand-overs as others see them.</summary>
internal static class HandoverEvents
{
    public static HandoverState ToState(this Handover handover) => new()
    {
        HandoverId = handover.HandoverId,
        PersonId = handover.PersonId,
        DeviceIds = [.. handover.Devices.Select(d => d.DeviceId)],
        DueBack = handover.DueBack,
        AcceptedAt = handover.AcceptedAt,
    };
}
