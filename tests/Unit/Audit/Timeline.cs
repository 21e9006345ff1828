namespace Fleet.Tests.Unit.Audit;

/// <summary>What one thing was from when to when, as the services keep it: without gaps, and any stretch can be replaced.</summary>
internal sealed class Timeline(string before)
{
    private readonly List<Piece> _pieces = [];

    /// <summary>Ascending; each lasts until the next begins.</summary>
    public IReadOnlyList<Piece> Pieces => _pieces;

    public Piece? Last => _pieces is [.., var last] ? last : null;

    public DateTimeOffset? EndOf(Piece piece) => _pieces.IndexOf(piece) + 1 is var next && next < _pieces.Count ? _pieces[next].From : null;

    public Piece? At(DateTimeOffset instant) => _pieces.LastOrDefault(p => p.From <= instant);

    /// <summary>From one instant to the other (null: for good) it is this; before and after it stays what it was.</summary>
    public void Put(DateTimeOffset from, DateTimeOffset? until, string state, Guid? person)
    {
        if (until is { } end && _pieces.TrueForAll(p => p.From != end))
        {
            // What it is when the new stretch ends is what it was then.
            var rest = At(end) is { } cut ? cut with { From = end } : new Piece(end, before, null);
            _pieces.Insert(_pieces.Count(p => p.From < end), rest);
        }

        _pieces.RemoveAll(p => p.From >= from && (until is null || p.From < until));
        _pieces.Insert(_pieces.Count(p => p.From < from), new Piece(from, state, person));
    }

    internal sealed record Piece(DateTimeOffset From, string State, Guid? Person)
    {
        public Guid Id { get; } = Guid.CreateVersion7();
    }
}
