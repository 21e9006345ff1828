using Fleet.Portal.Domain;

namespace Fleet.Tests.Unit.Portal;

public class LinksTests
{
    private static readonly Guid Unit = Guid.Parse("01890a5d-ac96-774b-bcce-b302099a8057");
    private static readonly Selection Default = new(new DateOnly(2020, 5, 9));

    [Fact]
    public void What_was_not_chosen_is_not_in_the_address() => Links.Coverage(Default).ShouldBe("/coverage");

    [Fact]
    public void Every_view_has_an_address() =>
        Links.Coverage(Default with
        {
            AsOf = new(2020, 2, 29),
            Unit = Unit,
            KnownAt = new(2020, 3, 2, 8, 31, 12, 500, TimeSpan.Zero),
            From = new(2019, 12, 1),
            To = new(2020, 5, 8),
            Step = Step.Month,
            Open = Unit,
        }).ShouldBe($"/coverage?asOf=2020-02-29&unit={Unit}&knownAt=2020-03-02T08%3A31%3A12.5Z&from=2019-12-01&to=2020-05-08&step=month&open={Unit}");

    [Fact]
    public void A_number_leads_to_the_people_it_counts_as_known_when_they_were_counted() =>
        Links.People(Default with { AsOf = new(2020, 2, 29), Unit = Unit, KnownAt = new(2020, 3, 2, 8, 31, 12, TimeSpan.Zero) }, PeopleFilter.WithoutVpn, "a+b=")
            .ShouldBe($"/coverage/people?asOf=2020-02-29&unit={Unit}&knownAt=2020-03-02T08%3A31%3A12Z&without=vpn&cursor=a%2Bb%3D");

    [Theory]
    [InlineData("Staff", "")]
    [InlineData("WithLaptop", "?with=laptop"), InlineData("WithoutLaptop", "?without=laptop")]
    [InlineData("WithVpn", "?with=vpn"), InlineData("WithoutVpn", "?without=vpn")]
    [InlineData("Ready", "?with=laptop,vpn"), InlineData("NotReady", "?without=laptop,vpn")]
    [InlineData("Eligible", "?eligible=true"), InlineData("NotEligible", "?eligible=false"), InlineData("EligibleNotReady", "?without=laptop,vpn&eligible=true")]
    public void Each_figure_has_an_address_that_is_read_as_the_same_people(string key, string query)
    {
        var filter = PeopleFilter.Named.Single(n => n.Key == key).Filter;

        Links.People(Default, filter).ShouldBe($"/coverage/people{query}");
        Links.AuditPeople(Default with { People = filter }, null, 100).ShouldBe($"api/audit/coverage/people?asOf=2020-05-09{query.Replace('?', '&')}&limit=100");
        PeopleFilter.Read(PeopleFilter.Words(filter.With), PeopleFilter.Words(filter.Without), filter.Eligible?.ToString()).ShouldBe(filter);
    }

    [Fact]
    public void Every_figure_that_says_how_many_says_what_the_people_add_up_to()
    {
        var figures = new UnitCoverage { Staff = 10, Eligible = 8, WithLaptop = 7, WithVpn = 5, Ready = 4, EligibleNotReady = 5 };

        PeopleFilter.Named.Select(n => $"{n.Key} {n.Count(figures)}").ShouldBe(
        [
            "Staff 10", "WithLaptop 7", "WithoutLaptop 3", "WithVpn 5", "WithoutVpn 5", "Ready 4", "NotReady 6", "Eligible 8", "NotEligible 2", "EligibleNotReady 5",
        ]);
    }

    [Fact]
    public void The_audit_service_is_always_told_the_day() =>
        Links.AuditCoverage(Default, perUnit: true, onlyUnit: false).ShouldBe("api/audit/coverage?asOf=2020-05-09&per=unit");

    [Fact]
    public void The_series_is_asked_for_with_range_step_and_unit() =>
        Links.AuditSeries(Default with { Unit = Unit }).ShouldBe($"api/audit/coverage/series?from=2019-11-09&to=2020-05-09&step=week&unit={Unit}");

    [Theory]
    [InlineData("/coverage?asOf=2020-05-08", "/coverage?asOf=2020-05-08")]
    [InlineData(null, "/")]
    [InlineData("", "/")]
    [InlineData("coverage", "/")]
    [InlineData("//elsewhere.example", "/")]
    [InlineData("/\\elsewhere.example", "/")]
    [InlineData("/\t/elsewhere.example", "/")]
    [InlineData("https://elsewhere.example", "/")]
    public void Nobody_is_sent_to_another_site(string? url, string expected) => Links.Local(url).ShouldBe(expected);

    [Fact]
    public void Signing_in_leads_back_to_where_one_wanted_to_go() =>
        Links.SignIn("/coverage?asOf=2020-05-08").ShouldBe("/sign-in?returnUrl=%2Fcoverage%3FasOf%3D2020-05-08");
}
