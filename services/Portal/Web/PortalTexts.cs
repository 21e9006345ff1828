namespace Fleet.Portal.Web;

/// <summary>What an administration says in its own words: configuration section <c>Fleet:Portal</c>, environment <c>Fleet__Portal__…</c>. Of the longer texts, each line is a paragraph.</summary>
internal sealed class PortalTexts
{
    public const string Section = "Fleet:Portal";

    /// <summary>The administration's name, beside Fleet's on every page, such as <c>Landkreis Beispiel</c>; empty: Fleet's alone.</summary>
    public string? County { get; set; }

    /// <summary>Whom to call when something is lost, such as <c>0123 456-789</c>; empty: the page names nobody.</summary>
    public string? ServiceDesk { get; set; }

    /// <summary>The terms under which devices are handed over, as text with paragraphs; empty: Fleet's own.</summary>
    public string? Terms { get; set; }

    /// <summary>Who is responsible for the pages (section 5 DDG); empty: the page says that it is missing, as with the three below.</summary>
    public string? Imprint { get; set; }

    /// <summary>What becomes of personal data (articles 13 and 14 GDPR).</summary>
    public string? PrivacyNotice { get; set; }

    /// <summary>Where somebody who meets a barrier writes or calls.</summary>
    public string? AccessibilityContact { get; set; }

    /// <summary>The body to turn to when that does not help (article 9 of directive (EU) 2016/2102).</summary>
    public string? AccessibilityEnforcement { get; set; }
}
