namespace Fleet.Portal.Domain;

/// <summary>What the counter knows so far, and what the next thing scanned makes of it. The page's address says all of it.</summary>
/// <param name="Person">Who stands at the counter.</param>
/// <param name="Devices">Tags of free devices, which wait for a person or for Enter.</param>
/// <param name="Shown">Tag of the device that somebody has, or that cannot be handed out.</param>
/// <param name="IsExchanging">Whether the next free device replaces the shown one; the person is its holder then.</param>
public sealed record CounterState(Guid? Person, IReadOnlyList<string> Devices, string? Shown, bool IsExchanging)
{
    public const string Path = "/counter";

    /// <summary>As many as one hand-over takes.</summary>
    public const int MostDevices = 50;

    public static CounterState Empty { get; } = new(null, [], null, false);

    public bool IsEmpty => Person is null && Devices.Count == 0 && Shown is null;

    /// <summary>Reads what an address or a form says; what is none of ours is left out.</summary>
    public static CounterState Read(Func<string, IEnumerable<string?>> values)
    {
        var person = Guid.TryParse(values("person").FirstOrDefault(), out var id) ? id : (Guid?)null;
        var shown = values("shown").FirstOrDefault(v => !string.IsNullOrWhiteSpace(v));
        var devices = values("device").OfType<string>().Where(v => !string.IsNullOrWhiteSpace(v)).Distinct(StringComparer.OrdinalIgnoreCase).Take(MostDevices);
        return new(person, [.. devices], shown, shown is not null && person is not null && values("exchange").FirstOrDefault() == "true");
    }

    public string Address(string? done = null) => Links.Of(Path, [.. Members(), ("done", done)]);

    /// <summary>Names and values, as the address and the form carry them.</summary>
    public IEnumerable<(string Name, string? Value)> Members() =>
        [("person", Person?.ToString()), .. Devices.Select(d => ("device", (string?)d)), ("shown", Shown), ("exchange", IsExchanging ? "true" : null)];

    /// <summary>Somebody comes to the counter.</summary>
    public CounterState With(Guid person) => this with { Person = person, IsExchanging = false };

    /// <summary>A device is put on the counter. Answers what is to be done at once: a free one that replaces the shown one is handed over without more ado.</summary>
    /// <param name="tag">What its label says.</param>
    /// <param name="isFree">Whether it can be handed out.</param>
    public (CounterState Next, CounterAct? Act) With(string tag, bool isFree)
    {
        if (isFree && IsExchanging) return (this, new CounterAct(CounterVerb.Exchange, tag));
        if (!isFree) return (this with { Shown = tag, IsExchanging = false }, null);
        return Devices.Contains(tag, StringComparer.OrdinalIgnoreCase) || Devices.Count == MostDevices ? (this, null) : (this with { Devices = [.. Devices, tag] }, null);
    }

    public CounterState Without(string tag) => this with
    {
        Devices = [.. Devices.Where(d => d != tag)],
        Shown = Shown == tag ? null : Shown,
        IsExchanging = IsExchanging && Shown != tag,
    };

    /// <summary>What Enter on the empty field does; null: something is missing yet.</summary>
    /// <param name="holder">Who has the shown device.</param>
    public CounterAct? Enter(Guid? holder)
    {
        if (Person is null || IsExchanging) return null;
        if (Shown is not null && holder == Person) return new CounterAct(CounterVerb.TakeBack);
        return Devices.Count > 0 ? new CounterAct(CounterVerb.HandOver) : null;
    }

    /// <summary>What is left on the counter when an act is done.</summary>
    public CounterState After(CounterVerb verb) => verb is CounterVerb.HandOver or CounterVerb.Exchange ? Empty : this with { Shown = null, IsExchanging = false };

    /// <summary>The holder waits for another device in place of the shown one.</summary>
    public CounterState Exchanging(Guid holder) => this with { Person = holder, IsExchanging = true };
}

/// <summary>Something to be done at once.</summary>
/// <param name="Replacement">With an exchange: the tag of the device that is handed over instead.</param>
public sealed record CounterAct(CounterVerb Verb, string? Replacement = null);

public enum CounterVerb
{
    HandOver,
    TakeBack,

    /// <summary>Taken back, and another handed to the same person.</summary>
    Exchange,

    /// <summary>Taken back from who has it, and handed to the person at the counter.</summary>
    Transfer,

    /// <summary>Taken back, and sent to repair.</summary>
    Repair,
    Lost,
}
