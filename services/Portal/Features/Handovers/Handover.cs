namespace Fleet.Portal.Features.Handovers;

/// <summary>A hand-over as assignment shows it.</summary>
/// <param name="Person">Who received the devices; missing while assignment does not know them.</param>
/// <param name="EffectiveAt">When.</param>
/// <param name="DueBack">The day by which the devices are to come back.</param>
/// <param name="AcceptedAt">When the receiver confirmed it.</param>
/// <param name="Corrections">Oldest first.</param>
public sealed record Handover(
    Guid Id, Guid PersonId, Receiver? Person, IReadOnlyList<HandedDevice> Devices, DateTimeOffset EffectiveAt, DateOnly? DueBack, DateTimeOffset? AcceptedAt,
    IReadOnlyList<HandoverChange> Corrections)
{
    /// <summary>All tags, for a line.</summary>
    public string Tags() => string.Join(", ", Devices.Select(d => d.AssetTag));
}

public sealed record Receiver(string Name);

/// <param name="ReturnedAt">When it came back.</param>
/// <param name="LostAt">Since when it is lost or stolen.</param>
public sealed record HandedDevice(Guid DeviceId, string AssetTag, string Kind, DateTimeOffset? ReturnedAt, DateTimeOffset? LostAt);

/// <summary>A correction, with what the hand-over said before it.</summary>
/// <param name="At">When it was corrected.</param>
/// <param name="By">Who corrected it.</param>
public sealed record HandoverChange(DateTimeOffset At, string By, string Reason, Receiver? Person, DateTimeOffset EffectiveAt, IReadOnlyList<string> AssetTags);

/// <summary>The body of a hand-over.</summary>
public sealed record NewHandover(Guid PersonId, IReadOnlyList<string> AssetTags);

/// <summary>The body of a correction; what is null stays as it is.</summary>
public sealed record NewCorrection(string? Reason, Guid? PersonId, DateTimeOffset? EffectiveAt, IReadOnlyList<string>? AssetTags);

/// <summary>Somebody who may be a receiver.</summary>
public sealed record Candidate(Guid Id, string PersonnelNumber, string GivenName, string FamilyName, Guid UnitId, DateOnly StartDate, DateOnly? EndDate)
{
    public string Name() => $"{GivenName} {FamilyName}";
}
