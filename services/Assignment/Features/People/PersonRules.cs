using Fleet.Assignment.Domain;
using Fleet.Platform.Http;
using Fleet.Platform.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Assignment.Features;

/// <summary>What registering and changing people have in common.</summary>
internal static class PersonRules
{
    /// <summary>400 naming every field that contradicts another or refers to nothing; otherwise null.</summary>
    /// <param name="unitId">A unit that is named, if any.</param>
    /// <param name="kitId">A kit that is named, if any.</param>
    /// <param name="starts">First day of employment.</param>
    /// <param name="ends">Last day of employment.</param>
    /// <param name="store">Where units and kits are.</param>
    public static async Task<ProblemHttpResult?> IfWrongAsync(
        IDocumentStore store, Guid? unitId, Guid? kitId, DateOnly starts, DateOnly? ends, CancellationToken ct)
    {
        var errors = new Dictionary<string, string[]>();
        if (unitId is { } unit && await store.FindAsync<Unit>(unit, ct) is null) errors["unitId"] = ["There is no such unit."];
        if (kitId is { } kit && await store.FindAsync<Kit>(kit, ct) is null) errors["kitId"] = ["There is no such kit."];
        if (ends < starts) errors["endDate"] = ["Must not lie before startDate."];
        return errors.Count == 0 ? null : Problems.Invalid(errors);
    }

    /// <summary>409 that says which of the unique values somebody else has.</summary>
    public static ProblemHttpResult InUse(string? index) =>
        index == Documents.PersonnelNumber.Name ? Problems.Conflict("personnel-number-in-use", "Somebody else has this personnel number.")
        : index == Documents.UserName.Name ? Problems.Conflict("user-name-in-use", "Somebody else has this user name.")
        : Problems.Conflict("email-in-use", "Somebody else has this e-mail address.");
}
