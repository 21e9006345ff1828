using Fleet.Platform.Http;
using Fleet.Provisioning.Domain;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Provisioning.Features.Accesses;

/// <summary>Refusals that several features of accesses share.</summary>
internal static class AccessProblems
{
    /// <summary>409 <c>access-ended</c> with the reason and since when.</summary>
    public static ProblemHttpResult Ended(Access access) => Problems.Conflict(
        "access-ended", "The access is over. Request a new one.", ("reason", access.Reason), ("endedAt", access.EndedAt));
}
