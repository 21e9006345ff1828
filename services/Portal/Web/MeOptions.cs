namespace Fleet.Portal.Web;

/// <summary>What an administration says to its own people: configuration section <c>Fleet:Portal</c>, environment <c>Fleet__Portal__…</c>.</summary>
internal sealed class MeOptions
{
    public const string Section = "Fleet:Portal";

    /// <summary>Whom to call when something is lost, such as <c>0123 456-789</c>; empty: the page names nobody.</summary>
    public string? ServiceDesk { get; set; }

    /// <summary>The terms under which devices are handed over, as text with paragraphs; empty: Fleet's own.</summary>
    public string? Terms { get; set; }
}
