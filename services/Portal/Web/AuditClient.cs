using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Fleet.Platform;
using Fleet.Platform.Http;
using Fleet.Portal.Domain;

namespace Fleet.Portal.Web;

/// <summary>Asks the audit service for figures, as the caller: it is given the caller's own short-lived token and decides what they may see.</summary>
internal sealed partial class AuditClient(HttpClient http, IHttpContextAccessor context, ILogger<AuditClient> logger)
{
    /// <summary>As many people as one page lists.</summary>
    public const int PeoplePerPage = 100;

    /// <summary>The figures of the day. The whole organisation, whichever unit is selected: the page shows where the unit lies in it.</summary>
    public Task<Answer<Coverage>> CoverageAsync(Selection selection, CancellationToken ct) =>
        GetAsync<Coverage>(Links.AuditCoverage(selection, perUnit: true, onlyUnit: false), ct);

    /// <summary>The figures of the selected unit alone.</summary>
    public Task<Answer<Coverage>> UnitCoverageAsync(Selection selection, CancellationToken ct) =>
        GetAsync<Coverage>(Links.AuditCoverage(selection, perUnit: false, onlyUnit: true), ct);

    /// <summary>The figures over time.</summary>
    public Task<Answer<CoverageSeries>> SeriesAsync(Selection selection, CancellationToken ct) =>
        GetAsync<CoverageSeries>(Links.AuditSeries(selection), ct);

    /// <summary>One page of the people whom a figure counts.</summary>
    public Task<Answer<PeopleList>> PeopleAsync(Selection selection, string? cursor, int limit, CancellationToken ct) =>
        GetAsync<PeopleList>(Links.AuditPeople(selection, cursor, limit), ct);

    private async Task<Answer<T>> GetAsync<T>(string address, CancellationToken ct) where T : class
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        var incoming = context.HttpContext!.Request.Headers;
        if (AuthenticationHeaderValue.TryParse(incoming.Authorization, out var token)) request.Headers.Authorization = token;
        if (incoming[Caller.CorrelationHeader] is [{ } correlation]) request.Headers.Add(Caller.CorrelationHeader, correlation);
        try
        {
            using var response = await http.SendAsync(request, ct);
            if (response.IsSuccessStatusCode && await response.Content.ReadFromJsonAsync<T>(FleetJson.Options, ct) is { } value) return Answer<T>.Of(value);
            if (response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.NotFound)
            {
                var problem = await response.Content.ReadFromJsonAsync<Problem>(FleetJson.Options, ct);
                return Answer<T>.Refused((int)response.StatusCode, problem?.Errors);
            }
            if (response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden) return Answer<T>.Refused((int)response.StatusCode);
            LogAnswer(logger, address, (int)response.StatusCode);
        }
        catch (Exception e) when (e is HttpRequestException or JsonException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            LogAway(logger, address, e);
        }
        return Answer<T>.Refused(StatusCodes.Status503ServiceUnavailable);
    }

    private sealed record Problem(Dictionary<string, string[]>? Errors);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The audit service answered {Address} with {Status}")]
    private static partial void LogAnswer(ILogger logger, string address, int status);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The audit service did not answer {Address}")]
    private static partial void LogAway(ILogger logger, string address, Exception exception);
}
