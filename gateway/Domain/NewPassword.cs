namespace Fleet.Gateway.Domain;

/// <summary>Whether a password may be chosen. Length counts, not kinds of characters. Source: NIST SP 800-63B, section 3.1.1.2.</summary>
internal static class NewPassword
{
    public const int MinLength = 12;

    /// <summary>Hashing takes longer with length; nobody types more.</summary>
    public const int MaxLength = 200;

    /// <summary>Why not, as the word the page is told (<c>mismatch</c>, <c>weak</c>), or null.</summary>
    public static string? Refuse(string subject, string current, string wanted, string repeated)
    {
        if (wanted != repeated) return "mismatch";
        var isWeak = wanted.Length is < MinLength or > MaxLength || wanted == current || wanted.Distinct().Count() < 5
            || wanted.Equals(subject, StringComparison.OrdinalIgnoreCase);
        return isWeak ? "weak" : null;
    }
}
