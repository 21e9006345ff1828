using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Fleet.Platform.Http;

/// <summary>Refusals as RFC 9457 problem details with a stable <c>code</c>.</summary>
public static class Problems
{
    /// <summary>The code of a refusal whose fields have nothing more special in common.</summary>
    public const string ValidationFailed = "validation-failed";

    /// <summary>Any refusal. Extensions name what stands in the way (the holder of a device).</summary>
    public static ProblemHttpResult Of(int status, string code, string detail, params IReadOnlyList<(string Name, object? Value)> extensions)
    {
        var problem = new ProblemDetails { Status = status, Detail = detail };
        problem.Extensions["code"] = code;
        foreach (var (name, value) in extensions) problem.Extensions[name] = value;
        return TypedResults.Problem(problem);
    }

    public static ProblemHttpResult NotFound(string what) => Of(StatusCodes.Status404NotFound, "not-found", $"There is no such {what}.");

    public static ProblemHttpResult Conflict(string code, string detail, params IReadOnlyList<(string Name, object? Value)> extensions) =>
        Of(StatusCodes.Status409Conflict, code, detail, extensions);

    public static ProblemHttpResult Forbidden(string code, string detail) => Of(StatusCodes.Status403Forbidden, code, detail);

    /// <summary>400 that names every wrong field (camelCase, nested with dots and brackets) and what is wrong with it.</summary>
    public static ProblemHttpResult Invalid(IReadOnlyDictionary<string, string[]> errors, string code = ValidationFailed)
    {
        var problem = new HttpValidationProblemDetails(errors.ToDictionary()) { Status = StatusCodes.Status400BadRequest, Detail = "See errors for each wrong field." };
        problem.Extensions["code"] = code;
        return TypedResults.Problem(problem);
    }

    /// <summary>400 that names one wrong field.</summary>
    public static ProblemHttpResult Invalid(string field, string error, string code = ValidationFailed) =>
        Invalid(new Dictionary<string, string[]> { [field] = [error] }, code);

    /// <summary>400 <c>effective-at-too-early</c>: the instant lies before what it is about began.</summary>
    public static ProblemHttpResult TooEarly(DateTimeOffset earliest) =>
        Invalid("effectiveAt", $"Must not lie before {earliest.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}.", "effective-at-too-early");

    /// <summary>412: the resource changed since the client read it.</summary>
    public static ProblemHttpResult VersionMismatch() =>
        Of(StatusCodes.Status412PreconditionFailed, "version-mismatch", "The resource changed since you read it. Read it again and repeat.");
}
