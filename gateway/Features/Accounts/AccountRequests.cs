using Fleet.Gateway.Domain;
using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Gateway.Features.Accounts;

/// <summary>What requests for people's and for programs' accounts have in common.</summary>
internal static class AccountRequests
{
    /// <summary>Letters, digits and . _ - @, beginning with a letter or digit.</summary>
    public const string SubjectPattern = UserName.Pattern;

    public const string SubjectError = "May hold letters, digits and . _ - @, and begins with a letter or digit.";

    // These see what is their own, and their own people's: without a person nothing is.
    private static readonly string[] OfPeople = [Roles.Employee, Roles.Manager];

    /// <summary>400 <c>unknown-role</c> that names each, or null.</summary>
    public static ProblemHttpResult? IfUnknown(IReadOnlyList<string> roles)
    {
        var unknown = roles.Select((role, i) => (Field: $"roles[{i}]", Role: role)).Where(r => !Roles.All.Contains(r.Role)).ToList();
        return unknown.Count == 0 ? null
            : Problems.Invalid(unknown.ToDictionary(r => r.Field, _ => new[] { $"Must be one of {string.Join(", ", Roles.All)}." }), "unknown-role");
    }

    /// <summary>400 <c>person-missing</c> when a role needs a person and there is none; otherwise null.</summary>
    /// <param name="roles">What the account is to have.</param>
    /// <param name="personId">Whose it is.</param>
    /// <param name="field">The field that names the mistake.</param>
    public static ProblemHttpResult? IfNobodys(IReadOnlyList<string> roles, Guid? personId, string field) =>
        personId is null && roles.Intersect(OfPeople).FirstOrDefault() is { } role
            ? Problems.Invalid(field, $"Who has the role {role} sees what is their own: name the person (personId) whose account it is.", "person-missing") : null;

    /// <summary>409: an administrator who locks themselves out could not take it back.</summary>
    public static ProblemHttpResult OwnAccount() => Problems.Conflict("own-account", "Nobody disables their own account or takes the role admin from it. Let another administrator do it.");

    public static ProblemHttpResult Demo() => Problems.Conflict("demo-account", "The demo's accounts stay as everybody knows them.");

    /// <summary>409: the provider answers for how its people prove who they are.</summary>
    public static ProblemHttpResult External() => Problems.Conflict("external-account", "This account signs in at the identity provider: password and second factor are changed there.");

    public static ProblemHttpResult PersonLeft(DateOnly lastDay) =>
        Problems.Conflict("person-left", $"The person's last day was {lastDay:yyyy-MM-dd}. An account is for who works here.", ("lastDay", lastDay));
}
