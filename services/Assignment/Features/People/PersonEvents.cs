using Fleet.Assignment.Domain;
using Fleet.Contracts;

namespace Fleet.Assignment.Features.People;

/// <summary>People as others see them.</summary>
internal static class PersonEvents
{
    public static PersonState ToState(this Person person) => new()
    {
        PersonId = person.PersonId,
        PersonnelNumber = person.PersonnelNumber,
        UserName = person.UserName,
        GivenName = person.GivenName,
        FamilyName = person.FamilyName,
        Email = person.Email,
        StartDate = person.Employment.StartDate,
        EndDate = person.Employment.EndDate,
        Employments = [.. person.Employments.Select(e => new EmploymentPeriod { StartDate = e.StartDate, EndDate = e.EndDate })],
        KitId = person.Employment.KitId,
        Placements = [.. person.Placements.Select(p => new PlacementPeriod { From = p.From, UnitId = p.UnitId, HomeOfficeEligible = p.HomeOfficeEligible })],
    };
}
