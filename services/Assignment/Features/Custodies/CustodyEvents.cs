using Fleet.Assignment.Domain;
using Fleet.Contracts;
using Fleet.Platform.Store;

namespace Fleet.Assignment.Features.Custodies;

/// <summary>Custodies as others see them, and the events that tell of a change.</summary>
internal static class CustodyEvents
{
    public static CustodyState ToState(this Custody custody)
    {
        var spells = custody.Spells;
        var held = spells.LastOrDefault(s => s.Status == CustodyStatus.Held);
        return new CustodyState
        {
            DeviceId = custody.DeviceId,
            AssetTag = custody.Device.AssetTag,
            Kind = custody.Device.Kind,
            Status = custody.Status.Wire(),
            Holder = held?.PersonId is { } personId ? new HolderState { PersonId = personId } : null,
            HandoverId = held?.HandoverId,
            VpnIncluded = held?.VpnIncluded ?? false,
            Spells = [.. spells.Select(s => new CustodySpell
            {
                SpellId = s.SpellId,
                From = s.From,
                Until = s.Until,
                State = s.Status.Wire(),
                PersonId = s.PersonId,
                HandoverId = s.HandoverId,
                VpnIncluded = s.VpnIncluded,
            })],
        };
    }

    /// <summary>
    /// Every spell that was not there before is an event, in the order of time. A spell that the inventory decided is followed, not decided here: its
    /// cause is the decision. Several events of one write share its version and are numbered on.
    /// </summary>
    /// <param name="found">The custody as it was read.</param>
    /// <param name="next">The custody as the write will store it.</param>
    /// <param name="cause">Who changes it.</param>
    /// <param name="condition">In what condition the device came back, if it did.</param>
    public static IReadOnlyList<PendingEvent> Changes(Document<Custody> found, Custody next, Cause cause, string? condition = null)
    {
        var known = found.State.Spells.Select(s => s.SpellId).ToHashSet();
        var state = next.ToState();
        var events = new List<PendingEvent>();
        Spell? before = null;
        foreach (var spell in next.Spells)
        {
            if (!known.Contains(spell.SpellId))
            {
                var own = spell.IsDecided ? cause with { Actor = Actor.System("assignment"), CausedBy = spell.SpellId } : cause;
                events.Add(EventOf(spell, before, own.MetaOfNext(found, spell.From, events.Count), state, spell.IsDecided ? null : condition).Pending());
            }

            before = spell;
        }

        return events;
    }

    /// <summary>The past is corrected; <paramref name="next"/> is what the write of <paramref name="found"/> will store.</summary>
    public static PendingEvent Corrected(Document<Custody> found, Custody next, Correction correction, Cause cause) => new CustodyCorrected
    {
        Meta = cause.MetaOfNext(found, correction.After.EffectiveAt),
        Custody = next.ToState(),
        HandoverId = correction.HandoverId,
        Reason = correction.Reason,
    }.Pending();

    private static IFleetEvent EventOf(Spell spell, Spell? before, EventMeta meta, CustodyState state, string? condition) => spell.Status switch
    {
        CustodyStatus.Held => new DeviceIssued { Meta = meta, Custody = state },
        CustodyStatus.Lost or CustodyStatus.Stolen => new DeviceLossReported { Meta = meta, Custody = state },
        _ when before?.Status == CustodyStatus.Held => new DeviceReturned { Meta = meta, Custody = state, Condition = condition },
        _ => new DeviceFound { Meta = meta, Custody = state, Condition = condition },
    };
}
