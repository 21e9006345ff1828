using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Gateway.Features;

/// <summary>What requests for people's and for programs' accounts have in common.</summary>
internal static class AccountRequests
{
    /// <summary>Letters, digits and . _ - @, beginning with a letter or digit.</summary>
    public const string SubjectPattern = @"^[\p{L}\p{N}][\p{L}\p{N}._@-]*$";

    public const string SubjectError = "May hold letters, digits and . _ - @, and begins with a letter or digit.";

    /// <summary>400 <c>unknown-role</c> that names each, or null.</summary>
    public static ProblemHttpResult? IfUnknown(IReadOnlyList<string> roles)
    {
        var unknown = roles.Select((role, i) => (Field: $"roles[{i}]", Role: role)).Where(r => !Roles.All.Contains(r.Role)).ToList();
        return unknown.Count == 0 ? null
            : Problems.Invalid(unknown.ToDictionary(r => r.Field, _ => new[] { $"Must be one of {string.Join(", ", Roles.All)}." }), "unknown-role");
    }
}
