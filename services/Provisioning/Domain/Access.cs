using System.Text.Json.Serialization;

namespace Fleet.Provisioning.Domain;

/// <summary>The states of an access; suspended ones come with their own feature.</summary>
internal enum AccessState
{
    Requested,
    Active,
    Suspended,
    Revoked,
    Expired,
}

/// <summary>Whether an access takes a public key.</summary>
internal enum KeyVerdict
{
    Accepted,

    /// <summary>It is active with this very key; the request came twice.</summary>
    AlreadyDone,

    /// <summary>It is active with another key.</summary>
    HasAnotherKey,

    /// <summary>It is over.</summary>
    Ended,

    /// <summary>The instant lies before the access's last change.</summary>
    TooEarly,
}

/// <summary>Whether an access can be revoked.</summary>
internal enum RevokeVerdict
{
    Accepted,
    Ended,
    TooEarly,
}

/// <summary>What an access is from an instant on, until the next begins.</summary>
internal sealed record AccessSpell(AccessState State, DateTimeOffset From);

/// <summary>When and why an access ends by itself.</summary>
/// <param name="At">The instant; an access that changed later ends with that change.</param>
/// <param name="State">Revoked or expired.</param>
/// <param name="Reason">In a word.</param>
internal sealed record Ending(DateTimeOffset At, AccessState State, string Reason)
{
    public static Ending Revoked(DateTimeOffset at, string reason) => new(at, AccessState.Revoked, reason);

    /// <summary>The one that comes first; of two at the same instant the first named.</summary>
    public static Ending? First(Ending? one, Ending? other) => other is null || one?.At <= other.At ? one : other;
}

/// <summary>One person's VPN access, usually from one device: requested, then active with key and address, then over.</summary>
internal sealed record Access
{
    public required Guid AccessId { get; init; }

    public required Guid PersonId { get; init; }

    public Guid? DeviceId { get; init; }

    /// <summary>The spell of the device's custody under which it was made and with which it ends; its own id when the hand-over made it.</summary>
    public Guid? SpellId { get; init; }

    /// <summary>The gateway asked for; once active, the one whose network the address is from.</summary>
    public Guid? GatewayId { get; init; }

    public string? Address { get; init; }

    public string? PublicKey { get; init; }

    public DateOnly? ExpiresOn { get; init; }

    /// <summary>The first instant after its last day: that of <see cref="ExpiresOn"/>, or the person's last, whichever is sooner; null: none is known.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>Why it is over.</summary>
    public string? Reason { get; init; }

    /// <summary>Somebody decided to end it (or it ended under a build that did not say why): nothing that is learned later changes that.</summary>
    public bool IsFinal { get; init; }

    /// <summary>What it was from when on, ascending, never empty.</summary>
    public required IReadOnlyList<AccessSpell> Spells { get; init; }

    [JsonIgnore]
    public AccessState State => Spells[^1].State;

    [JsonIgnore]
    public bool IsLive => State is AccessState.Requested or AccessState.Active or AccessState.Suspended;

    /// <summary>When its last fact became true; the next one is not earlier.</summary>
    [JsonIgnore]
    public DateTimeOffset ChangedAt => Spells[^1].From;

    /// <summary>Now, or its last fact's instant: the clock that told of that may be a little ahead.</summary>
    public DateTimeOffset EarliestFrom(DateTimeOffset now) => now > ChangedAt ? now : ChangedAt;

    [JsonIgnore]
    public DateTimeOffset RequestedAt => Spells[0].From;

    /// <summary>Since when it works, or worked at last; null: it waits for a key, or ended so.</summary>
    [JsonIgnore]
    public DateTimeOffset? ActivatedAt => Living()[^1] is { State: not AccessState.Requested } last ? last.From : null;

    [JsonIgnore]
    public DateTimeOffset? EndedAt => IsLive ? null : ChangedAt;

    public static Access Request(Guid id, Guid personId, DateTimeOffset at) => new() { AccessId = id, PersonId = personId, Spells = [new(AccessState.Requested, at)] };

    /// <summary>Decides on a key before an address is taken for it.</summary>
    public KeyVerdict Judge(string publicKey, DateTimeOffset at) =>
        !IsLive ? KeyVerdict.Ended
        : State != AccessState.Requested ? PublicKey == publicKey ? KeyVerdict.AlreadyDone : KeyVerdict.HasAnotherKey
        : at < ChangedAt ? KeyVerdict.TooEarly
        : KeyVerdict.Accepted;

    /// <summary>What an accepted key and an address make of it.</summary>
    public Access Activate(string publicKey, Guid gatewayId, string address, DateTimeOffset at) =>
        this with { Spells = [.. Spells, new(AccessState.Active, at)], PublicKey = publicKey, GatewayId = gatewayId, Address = address };

    /// <summary>Somebody ends it.</summary>
    public (RevokeVerdict Verdict, Access Access) Revoke(string reason, DateTimeOffset at) =>
        !IsLive ? (RevokeVerdict.Ended, this)
        : at < ChangedAt ? (RevokeVerdict.TooEarly, this)
        : (RevokeVerdict.Accepted, this with { Spells = [.. Spells, new(AccessState.Revoked, at)], Reason = reason, IsFinal = true });

    /// <summary>The hand-over that made it was at another instant than first told; only counts while nothing but the request has happened.</summary>
    public Access BegunAt(DateTimeOffset at) => !IsFinal && Living() is [{ State: AccessState.Requested } request] && request.From != at
        ? this with { Spells = IsLive ? [request with { From = at }] : [request with { From = at }, new(State, at > ChangedAt ? at : ChangedAt)] }
        : this;

    /// <summary>
    /// What it is, given what ends it: the same whatever was known before, so that news may come in any order. What had a key stays off once it
    /// was over: when it turns out that it should go on, it is requested anew.
    /// </summary>
    /// <param name="ending">What has ended it by now; null: nothing.</param>
    /// <param name="now">Since when it is requested anew.</param>
    public Access Settled(Ending? ending, DateTimeOffset now)
    {
        if (IsFinal) return this;
        var living = Living();
        if (ending is not null)
        {
            var end = new AccessSpell(ending.State, ending.At > living[^1].From ? ending.At : living[^1].From);
            return !IsLive && Spells[^1] == end && Reason == ending.Reason ? this : this with { Spells = [.. living, end], Reason = ending.Reason };
        }

        if (IsLive) return this;
        return living[^1].State == AccessState.Requested
            ? this with { Spells = living, Reason = null }
            : this with { Spells = [.. Spells, new(AccessState.Requested, EarliestFrom(now))], Reason = null, PublicKey = null, Address = null };
    }

    // All but the end.
    private IReadOnlyList<AccessSpell> Living() => IsLive ? Spells : [.. Spells.SkipLast(1)];
}
