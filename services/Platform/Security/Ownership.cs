using Fleet.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Platform.Security;

/// <summary>Callers who act for themselves only (employees) see and change what is their own. Asked here and nowhere else, by the person's id.</summary>
public static class Ownership
{
    /// <summary>403 <c>not-yours</c> when the caller acts for themselves only and it is not theirs; otherwise null.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="personId">Whose it is; null: nobody's.</param>
    public static ProblemHttpResult? RequireOwn(this Caller caller, Guid? personId) =>
        caller.IsOnlyEmployee && (personId is null || personId != caller.PersonId) ? Problems.Forbidden("not-yours", "This belongs to somebody else.") : null;
}
