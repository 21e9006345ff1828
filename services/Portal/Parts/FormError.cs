using Fleet.Portal.Web;
using Fleet.Portal.Wording;

namespace Fleet.Portal.Parts;

/// <summary>What is wrong with a form, in the reader's words.</summary>
/// <param name="Field">The field's name; null: no single one.</param>
public sealed record FormError(string? Field, string Text);

internal static class FormErrors
{
    /// <summary>
    /// A service's refusal as errors of a form. The portal's own words for its code (<c>Refused.{code}</c>) come first; a field that was refused without
    /// more is told by its name, because the service's sentences are English and for programs.
    /// </summary>
    /// <param name="status">The service's status.</param>
    /// <param name="problem">Its refusal.</param>
    /// <param name="words">The reader's language.</param>
    /// <param name="fields">The form's fields; one the refusal names and the form has not is told on top.</param>
    /// <param name="fieldOfCode">The field that a code is about, where the refusal names none.</param>
    public static IReadOnlyList<FormError> Of(
        int status, Problem problem, Words words, IReadOnlyList<string> fields, IReadOnlyDictionary<string, string> fieldOfCode)
    {
        if (status == StatusCodes.Status503ServiceUnavailable) return [new FormError(null, words["Refused.Away"])];
        var known = problem.Code is { } code && Words.Find($"Refused.{code}") is not null ? words[$"Refused.{code}"] : null;
        var named = (problem.Errors?.Keys ?? []).Select(field => new FormError(
            fields.Contains(field) ? field : null, known ?? words[problem.Errors![field].Contains("Is required.") ? "Refused.Missing" : "Refused.Field"])).ToList();
        return named.Count > 0 ? named : [new FormError(fieldOfCode.GetValueOrDefault(problem.Code ?? ""), known ?? words["Refused.Other"])];
    }

    /// <summary>What to write beside a field, or null.</summary>
    public static string? Of(this IReadOnlyList<FormError> errors, string field) => errors.FirstOrDefault(e => e.Field == field)?.Text;
}
