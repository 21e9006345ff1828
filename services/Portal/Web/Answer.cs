namespace Fleet.Portal.Web;

/// <summary>What a service said: a value, or why there is none.</summary>
/// <param name="Status">200; 400 or 404 with the wrong fields; 401 and 403 for the caller; 503 when it could not be asked or did not answer properly.</param>
/// <param name="Value">Only with 200.</param>
/// <param name="Errors">The fields the service refused, with its own (English) words.</param>
internal sealed record Answer<T>(int Status, T? Value, IReadOnlyDictionary<string, string[]> Errors) where T : class
{
    public static Answer<T> Of(T value) => new(StatusCodes.Status200OK, value, new Dictionary<string, string[]>());

    public static Answer<T> Refused(int status, IReadOnlyDictionary<string, string[]>? errors = null) => new(status, null, errors ?? new Dictionary<string, string[]>());
}
