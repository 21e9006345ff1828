using Fleet.Platform.Http;
using Fleet.Platform.Store;
using Fleet.Provisioning.Domain;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Provisioning;

/// <summary>Employees act on their own accesses only.</summary>
internal static class Ownership
{
    /// <summary>403 <c>not-yours</c> when the caller is an employee and the access is somebody else's; otherwise null.</summary>
    public static async Task<ProblemHttpResult?> IfNotYoursAsync(this Caller caller, Access access, IDocumentStore store, CancellationToken ct) =>
        caller.IsOnlyEmployee && (await store.FindAsync<Person>(access.PersonId, ct))?.State.UserName != caller.Subject ? NotYours() : null;

    public static ProblemHttpResult NotYours() => Problems.Forbidden("not-yours", "This belongs to somebody else.");
}
