namespace Fleet.Inventory.Domain;

/// <summary>Something that happened to a device's custody.</summary>
/// <param name="Version">Of the custody after it; orders the facts of a device.</param>
/// <param name="Holder">Who received the device; only with <see cref="CustodyAct.Issued"/>.</param>
/// <param name="At">When it happened.</param>
internal sealed record CustodyFact(long Version, CustodyAct Act, Holder? Holder, DateTimeOffset At, Actor Actor, string? Note = null);

internal enum CustodyAct
{
    Issued,
    Returned,
    Lost,
    Stolen,
}
