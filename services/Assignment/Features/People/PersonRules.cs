using Fleet.Assignment.Domain;
using Fleet.Platform.Http;
using Fleet.Platform.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Assignment.Features.People;

/// <summary>What registering and changing people have in common.</summary>
internal static class PersonRules
{
    /// <summary>400 naming every field that contradicts another or refers to nothing; otherwise null.</summary>
    /// <param name="changed">The person as they are to be.</param>
    /// <param name="named">What the request named, for the fields' errors.</param>
    /// <param name="store">Where units and kits are.</param>
    /// <param name="ct">Ends the call.</param>
    public static async Task<ProblemHttpResult?> IfWrongAsync(Person changed, Named named, IDocumentStore store, CancellationToken ct)
    {
        var errors = new Dictionary<string, string[]>();
        if (named.KitId is { } kit && await store.FindAsync<Kit>(kit, ct) is null) errors["kitId"] = ["There is no such kit."];
        if (changed.Employment.EndDate < changed.Employment.StartDate) errors[named.EndField] = ["Must not lie before startDate."];
        if (changed.Employment.StartDate <= changed.LeftBefore)
            errors["startDate"] = [$"The employment before ended on {changed.LeftBefore:yyyy-MM-dd}; this one begins after it."];

        if (named.UnitId is { } unitId)
        {
            var unit = (await store.FindAsync<Unit>(unitId, ct))?.State;
            if (unit is null) errors["unitId"] = ["There is no such unit."];
            else if (unit.BeginsAfter(named.PlacedFrom)) errors["unitId"] = [TooEarly(unit)];
        }
        else if (named.StartDate is { } start && await store.FindAsync<Unit>(changed.Placements.On(start).UnitId, ct) is { State: var first } && first.BeginsAfter(start))
        {
            errors["startDate"] = [TooEarly(first)];
        }

        return errors.Count == 0 ? null : Problems.Invalid(errors);
    }

    private static string TooEarly(Unit unit) => $"The unit {unit.Current.Name} begins on {unit.Begins:yyyy-MM-dd}; nobody works there before.";

    /// <summary>409 that says which of the unique values somebody else has.</summary>
    public static ProblemHttpResult InUse(string? index) =>
        index == PersonDocument.PersonnelNumber.Name ? Problems.Conflict("personnel-number-in-use", "Somebody else has this personnel number.")
        : index == PersonDocument.UserName.Name ? Problems.Conflict("user-name-in-use", "Somebody else has this user name.")
        : Problems.Conflict("email-in-use", "Somebody else has this e-mail address.");
}

/// <summary>What a request names that has to exist and to fit.</summary>
/// <param name="UnitId">Where the person is to work.</param>
/// <param name="PlacedFrom">From when on.</param>
/// <param name="StartDate">First day of the newest employment, if the request names one.</param>
/// <param name="KitId">What the person is to get.</param>
/// <param name="EndField">The request's name for the last day.</param>
internal sealed record Named(Guid? UnitId, DateOnly PlacedFrom, DateOnly? StartDate, Guid? KitId, string EndField = "endDate");
