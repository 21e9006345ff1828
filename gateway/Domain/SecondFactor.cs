namespace Fleet.Gateway.Domain;

/// <summary>What an account asks for besides the password: codes of an app, or recovery codes, each good once.</summary>
internal sealed record SecondFactor
{
    /// <summary>The app's secret, sealed: a copy of the store makes no codes.</summary>
    public required string SealedSecret { get; init; }

    /// <summary>The time step of the last code that was accepted; it and what came before are over. Source: RFC 6238, section 5.2.</summary>
    public required long LastStep { get; init; }

    /// <summary>Of the recovery codes that are left; see <see cref="FactorSecret.HashOf"/>.</summary>
    public required IReadOnlyList<string> RecoveryHashes { get; init; }

    /// <summary>The factor after what was typed is used up, and whether it was a recovery code; null: it is neither, or was used before.</summary>
    /// <param name="typed">As a person types it: with spaces, hyphens, in small letters.</param>
    /// <param name="secret">The opened secret.</param>
    /// <param name="now">When.</param>
    public (SecondFactor After, bool IsRecovery)? Use(string typed, FactorSecret secret, DateTimeOffset now)
    {
        var code = Plain(typed);
        if (secret.StepOf(code, now) is { } step) return step > LastStep ? (this with { LastStep = step }, false) : null;
        var hash = secret.HashOf(code);
        return RecoveryHashes.Contains(hash) ? (this with { RecoveryHashes = [.. RecoveryHashes.Where(h => h != hash)] }, true) : null;
    }

    /// <summary>The same factor with other recovery codes; those so far are over.</summary>
    public SecondFactor With(IEnumerable<string> recoveryCodes, FactorSecret secret) => this with { RecoveryHashes = [.. recoveryCodes.Select(c => secret.HashOf(Plain(c)))] };

    /// <summary>A code without what only helps to read it.</summary>
    public static string Plain(string typed) => string.Concat(typed.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
}
