using Fleet.Assignment.Domain;
using Fleet.Contracts;

namespace Fleet.Assignment.Features.Cases;

/// <summary>Cases as others see them.</summary>
internal static class CaseEvents
{
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

    public static IFleetEvent EventOf(CaseChange change, EventMeta meta, CaseState state) => change switch
    {
        CaseChange.Opened => new CaseOpened { Meta = meta, Case = state },
        CaseChange.Progressed => new CaseProgressed { Meta = meta, Case = state },
        _ => new CaseClosed { Meta = meta, Case = state },
    };
}
