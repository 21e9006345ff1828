using Fleet.Portal.Parts;
using Microsoft.AspNetCore.Http;

namespace Fleet.Tests.Unit.Portal;

public sealed class ListQueryTests
{
    private static readonly string[] Filters = ["kind", "status"];

    [Fact]
    public void An_address_says_what_was_chosen_and_leaves_out_what_the_list_does_not_know() =>
        Read("?search=%20lr%20&status=lost&kind=&color=red&sort=-since&cursor=c").Address().ShouldBe("/devices?search=lr&status=lost&sort=-since&cursor=c");

    [Fact]
    public void Another_choice_begins_at_the_first_page()
    {
        var query = Read("?search=lr&status=lost&cursor=c");
        query.With("status", null).ShouldBe("/devices?search=lr");
        query.With("kind", "laptop").ShouldBe("/devices?search=lr&status=lost&kind=laptop");
        query.WithSort("model").ShouldBe("/devices?search=lr&status=lost&sort=model");
        query.WithSearch(null).ShouldBe("/devices?status=lost");
    }

    [Fact]
    public void The_service_is_asked_for_the_same_one_page_at_a_time_and_for_all_of_it_as_a_table()
    {
        var query = Read("?search=m%C3%BCller&cursor=c");
        query.Ask("api/inventory/devices").ShouldBe("api/inventory/devices?search=m%C3%BCller&limit=50&cursor=c");
        query.AskAll("api/inventory/devices").ShouldBe("api/inventory/devices?search=m%C3%BCller");
        query.Csv.ShouldBe("/devices.csv?search=m%C3%BCller");
    }

    private static ListQuery Read(string query) => ListQuery.Read(new DefaultHttpContext { Request = { QueryString = new QueryString(query) } }.Request, "/devices", Filters);
}
