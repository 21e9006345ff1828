using Fleet.Assignment.Domain;

namespace Fleet.Tests.Unit.Assignment;

/// <summary>What the tests of custody begin with.</summary>
internal static class Given
{
    public static readonly DateTimeOffset Start = new(2020, 1, 1, 8, 0, 0, TimeSpan.Zero);
    public static readonly Guid Anna = Guid.CreateVersion7();
    public static readonly Guid Ben = Guid.CreateVersion7();

    /// <summary>A laptop that was never in anybody's hands.</summary>
    public static readonly Custody AFreeDevice = new()
    {
        DeviceId = Guid.CreateVersion7(),
        Device = new DeviceFacts("LT-1", "laptop", "T14", DeviceStatus.InStock, Start),
        FactsVersion = 1,
    };

    public static DateTimeOffset At(int hours) => Start.AddHours(hours);

    /// <summary>A hand-over of the device on its way.</summary>
    public static Handover AHandoverTo(Guid personId, DateTimeOffset at, Custody? custody = null) => new()
    {
        HandoverId = Guid.CreateVersion7(),
        Status = HandoverStatus.Claiming,
        Attempt = 1,
        PersonId = personId,
        Devices = [new HandedDevice((custody ?? AFreeDevice).DeviceId, "LT-1", "laptop", Guid.CreateVersion7())],
        VpnIncluded = false,
        EffectiveAt = at,
        By = new ActedBy("it", "it", null, Guid.CreateVersion7()),
        StartedAt = at,
    };

    public static Custody Issued(this Custody custody, Handover handover)
    {
        var (verdict, claimed) = custody.ClaimFor(handover, handover.StartedAt);
        verdict.ShouldBe(CustodyVerdict.Done);
        return claimed.IssuedBy(handover.Complete());
    }

    public static Custody Returned(this Custody custody, DateTimeOffset at)
    {
        var (verdict, returned) = custody.Return(Guid.CreateVersion7(), at);
        verdict.ShouldBe(CustodyVerdict.Done);
        return returned;
    }

    public static Custody Lost(this Custody custody, DateTimeOffset at, CustodyStatus loss = CustodyStatus.Lost)
    {
        var (verdict, lost) = custody.ReportLoss(loss, Guid.CreateVersion7(), at);
        verdict.ShouldBe(CustodyVerdict.Done);
        return lost;
    }

    /// <summary>The custody after the inventory told of these decisions, numbered as they stand.</summary>
    public static Custody After(this Custody custody, params (DeviceStatus Status, DateTimeOffset At)[] decisions) => custody.Follow(
        custody.Device with { Decisions = [.. decisions.Select((d, i) => new Decision(i + 1, Guid.CreateVersion7(), d.Status, d.At))] }, custody.FactsVersion + 1);

    /// <summary>A correction of a completed hand-over.</summary>
    public static Correction ACorrectionOf(Handover handover, Func<HandoverContent, HandoverContent> after) => new()
    {
        CorrectionId = Guid.CreateVersion7(),
        HandoverId = handover.HandoverId,
        Reason = "typed wrongly",
        By = handover.By,
        At = Start.AddYears(1),
        Before = handover.Content,
        After = after(handover.Content),
    };

    /// <summary>The timeline in words: "held 1-2, free 2-", in hours after the start.</summary>
    public static string Story(this Custody custody) => string.Join(", ", custody.Spells.Select(s =>
        $"{s.Status.ToString().ToLowerInvariant()}{(s.PersonId == Anna ? " Anna" : s.PersonId == Ben ? " Ben" : "")} {(s.From - Start).TotalHours}-{(s.Until - Start)?.TotalHours}"));
}
