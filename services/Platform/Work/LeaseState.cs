using Fleet.Platform.Store;

namespace Fleet.Platform.Work;

/// <summary>Who does something now, so that nobody else does it. Every renewal is a new version of the document; what time it is stands nowhere.</summary>
internal sealed record LeaseState
{
    public static readonly DocumentType<LeaseState> Documents = new("workLeases");

    /// <summary>Null: nobody.</summary>
    public string? Holder { get; init; }

    /// <summary>For work that comes again: when next. Null: any time.</summary>
    public DateTimeOffset? Due { get; init; }
}
