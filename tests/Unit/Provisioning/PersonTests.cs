using Fleet.Provisioning.Domain;

namespace Fleet.Tests.Unit.Provisioning;

public class PersonTests
{
    private static readonly Employment First = new(new(2019, 1, 1), new(2020, 3, 31));
    private static readonly Employment Second = new(new(2021, 1, 1), null);
    private static readonly Person Rehired = new() { PersonId = Guid.CreateVersion7(), Name = "Ada Ahrens", Employments = [First, Second], SourceVersion = 3 };

    [Theory]
    [InlineData("2018-12-01"), InlineData("2019-01-01"), InlineData("2020-03-31")]
    public void Up_to_its_last_day_things_belong_to_the_first_employment(string day) => Rehired.EmploymentOf(DateOnly.Parse(day, null)).ShouldBe(First);

    [Theory]
    [InlineData("2020-04-01"), InlineData("2021-01-01"), InlineData("2026-01-01")]
    public void After_it_to_the_next(string day) => Rehired.EmploymentOf(DateOnly.Parse(day, null)).ShouldBe(Second);

    [Fact]
    public void After_the_last_employment_things_belong_to_that() => (Rehired with { Employments = [First] }).EmploymentOf(new(2026, 1, 1)).ShouldBe(First);
}
