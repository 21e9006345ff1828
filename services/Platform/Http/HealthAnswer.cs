using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Fleet.Platform.Http;

/// <summary>The body of <c>/health/ready</c>: <c>{"status":"healthy","checks":{"store":"healthy"}}</c>. Says which part is not well, never why; reasons are in the logs.</summary>
internal static class HealthAnswer
{
    public static Task WriteAsync(HttpContext http, HealthReport report) => http.Response.WriteAsJsonAsync(
        new { report.Status, Checks = report.Entries.ToDictionary(e => e.Key, e => e.Value.Status) }, FleetJson.Options, http.RequestAborted);
}
