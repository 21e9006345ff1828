using System.Collections;
using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.DependencyInjection;

namespace Fleet.Platform.Http;

/// <summary>A rule whose breach has a <c>code</c> of its own. The problem has it when nothing else is wrong, otherwise <c>validation-failed</c>; either way every wrong field is named.</summary>
public interface ICodedRule
{
    string Code { get; }
}

/// <summary>A rule of a list that each of its items must keep; the mistake is named with the item's place.</summary>
public interface IRuleOfEachItem;

/// <summary>A text, when there is one, holds something readable.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NotBlankAttribute() : ValidationAttribute("Must not be blank.")
{
    public override bool IsValid(object? value) => value is not string text || !string.IsNullOrWhiteSpace(text);
}

/// <summary>Each item of the list is a text that holds something readable, of at most so many characters.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class EachTextAttribute(int maximum) : ValidationAttribute, IRuleOfEachItem
{
    public override bool IsValid(object? value) => value is string text && !string.IsNullOrWhiteSpace(text) && text.Length <= maximum;

    public override string FormatErrorMessage(string name) => $"Must be 1 to {maximum} characters long and not blank.";
}

/// <summary>An instant or a day that was, or is today's. 400 <c>effective-at-in-future</c>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NotInFutureAttribute() : ValidationAttribute("Must not lie in the future."), ICodedRule
{
    string ICodedRule.Code => "effective-at-in-future";

    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) => value switch
    {
        DateTimeOffset instant => instant > Rules.Now(validationContext),
        DateOnly day => day > Rules.Today(validationContext),
        _ => false,
    } ? new ValidationResult(ErrorMessageString) : ValidationResult.Success;
}

/// <summary>A day that is to come, or today.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NotInPastAttribute() : ValidationAttribute("Must not lie in the past.")
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        value is DateOnly day && day < Rules.Today(validationContext) ? new ValidationResult(ErrorMessageString) : ValidationResult.Success;
}

/// <summary>Asks the rules of a member, and says in plain words which are broken: the framework's own words name its types.</summary>
internal static class Rules
{
    public static void Check(object? value, IEnumerable<ValidationAttribute> rules, ValidationContext context, string path, Mistakes errors)
    {
        // Whether it is there comes first: what is missing breaks no other rule.
        foreach (var rule in rules.OrderByDescending(IsAboutPresence))
        {
            if (rule.GetValidationResult(value, context) is not { } broken) continue;
            errors.Add(path, Words(rule, value) ?? broken.ErrorMessage ?? "Is not valid.", (rule as ICodedRule)?.Code);
            if (IsAboutPresence(rule)) return;
        }
    }

    public static DateTimeOffset Now(ValidationContext context) => (context.GetService<TimeProvider>() ?? TimeProvider.System).GetUtcNow();

    public static DateOnly Today(ValidationContext context) => (context.GetService<FleetCalendar>() ?? new FleetCalendar(TimeZoneInfo.Utc)).DayOf(Now(context));

    private static bool IsAboutPresence(ValidationAttribute rule) => rule is RequiredAttribute or NotBlankAttribute;

    /// <summary>Null: the rule has words of its own.</summary>
    private static string? Words(ValidationAttribute rule, object? value) => rule switch
    {
        // The only one whose own words look as if we had given them.
        EmailAddressAttribute => "Must be an e-mail address like erika.muster@example.org.",
        { ErrorMessage: not null } => null,
        RequiredAttribute => "Is required.",
        StringLengthAttribute length => $"Must be at most {length.MaximumLength} characters long.",
        MaxLengthAttribute most => value is ICollection or IEnumerable and not string ? $"Must hold at most {most.Length}." : $"Must be at most {most.Length} characters long.",
        MinLengthAttribute least => value is ICollection or IEnumerable and not string ? $"Must hold at least {least.Length}." : $"Must be at least {least.Length} characters long.",
        RangeAttribute range => FormattableString.Invariant($"Must be {range.Minimum} to {range.Maximum}."),
        _ => null,
    };
}

/// <summary>What is wrong with a body so far: by the path of the field.</summary>
internal sealed class Mistakes
{
    private readonly SortedDictionary<string, List<string>> _errors = new(StringComparer.Ordinal);
    private readonly HashSet<string> _codes = [];

    public IReadOnlyCollection<string> Paths => _errors.Keys;

    public void Add(string path, string error, string? code = null)
    {
        _codes.Add(code ?? Problems.ValidationFailed);
        if (_errors.TryGetValue(path, out var list)) list.Add(error);
        else _errors[path] = [error];
    }

    /// <summary>Throws <see cref="InvalidBodyException"/> when there is one.</summary>
    public void ThrowIfAny()
    {
        if (_errors.Count > 0)
            throw new InvalidBodyException(_errors.ToDictionary(e => e.Key, e => e.Value.ToArray()), _codes.Count == 1 ? _codes.Single() : Problems.ValidationFailed);
    }
}
