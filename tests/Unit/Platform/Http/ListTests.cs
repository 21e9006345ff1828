using System.Text;
using System.Text.Json.Nodes;
using Fleet.Platform.Lists;
using Fleet.Platform.Security;
using Fleet.Platform.Store;
using Microsoft.AspNetCore.Builder;

namespace Fleet.Tests.Unit.Platform.Http;

public sealed class ListTests : IAsyncLifetime
{
    private static readonly Field<Box> Tag = new("tag", b => Key.Folded(b.Tag));
    private static readonly Field<Box> Status = new("status", b => b.Status);
    private static readonly Field<Box> Owner = new("owner", b => b.Owner is { } o ? Key.Of(o) : null);
    private static readonly Field<Box> Bought = new("bought", b => Key.Of(b.Bought));
    private static readonly Field<Box> SeenAt = new("seenAt", b => Key.Of(b.SeenAt));
    private static readonly Field<Box> Words = Field<Box>.Many("words", b => Key.Words(b.Tag, b.Note));

    private static readonly DocumentType<Box> Boxes = new(
        "boxes", DocumentIndex<Box>.OneEach(Tag), DocumentIndex<Box>.On(Status), DocumentIndex<Box>.On(Owner), DocumentIndex<Box>.On(Bought),
        DocumentIndex<Box>.On(SeenAt), DocumentIndex<Box>.On(Words));

    private static readonly Guid Erna = Guid.CreateVersion7();
    private static readonly Guid Otto = Guid.CreateVersion7();

    private static readonly ListOf<Box, BoxView> List = new(Boxes)
    {
        Filters =
        [
            Filter.Word("status", Status, ["inStock", "lost", "retired"]), Filter.Id("ownerId", Owner), Filter.Days("bought", Bought),
            Filter.Instants("seenAt", SeenAt), Filter.Text("tag", Tag),
        ],
        Search = Words,
        SearchedIn = "tag, note",
        Sorts = [Sort.By("tag", Tag), Sort.By("bought", Bought)],
        Columns =
        [
            Column.Of<BoxView>("tag", v => v.Tag), Column.Of<BoxView>("status", v => v.Status), Column.Of<BoxView>("bought", v => v.Bought),
            Column.Of<BoxView>("note", v => v.Note),
        ],
    };

    private SampleService _service = null!;
    private int _added;

    public async ValueTask InitializeAsync()
    {
        _service = await SampleService.StartAsync(routes => routes.MapList("/boxes", List, BoxView.Of).WithName("ListBoxes").RequireRole(Roles.It), [Boxes]);
        await AddAsync(new Box("B-2", "inStock", Erna, new(2026, 1, 1), At(1), "grün, groß"));
        await AddAsync(new Box("B-1", "lost", Erna, new(2026, 2, 1), At(2), "Müller"));
        await AddAsync(new Box("B-3", "retired", Otto, new(2026, 3, 1), At(3), "=1+1"));
    }

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Theory]
    [InlineData("", "B-2 B-1 B-3")]
    [InlineData("status=LOST", "B-1")]
    [InlineData("status=inStock,Retired", "B-2 B-3")]
    [InlineData("boughtFrom=2026-02-01", "B-1 B-3")]
    [InlineData("boughtFrom=2026-02-01&boughtTo=2026-02-01", "B-1")]
    [InlineData("seenAtTo=2026-05-02", "B-2 B-1")]
    [InlineData("seenAtFrom=2026-05-03T12:00:00Z", "B-3")]
    [InlineData("tag=b-3", "B-3")]
    [InlineData("search=mull", "B-1")]
    [InlineData("search=gross%20GRU", "B-2")]
    [InlineData("search=", "B-2 B-1 B-3")]
    [InlineData("search=b&status=lost", "B-1")]
    [InlineData("sort=tag", "B-1 B-2 B-3")]
    [InlineData("sort=-tag", "B-3 B-2 B-1")]
    [InlineData("sort=-created", "B-3 B-1 B-2")]
    public async Task A_list_is_narrowed_searched_and_sorted(string query, string tags)
    {
        var (status, body) = await _service.GetAsync($"/boxes?{query}");
        status.ShouldBe(200, body.ToJsonString());
        TagsIn(body).ShouldBe(tags);
    }

    [Fact]
    public async Task Filters_combine_with_the_ids_of_others()
    {
        TagsIn((await _service.GetAsync($"/boxes?ownerId={Erna}&status=lost&sort=tag")).Body).ShouldBe("B-1");
        TagsIn((await _service.GetAsync($"/boxes?ownerId={Erna},{Otto}&sort=tag")).Body).ShouldBe("B-1 B-2 B-3");
        TagsIn((await _service.GetAsync($"/boxes?ownerId={Guid.CreateVersion7()}")).Body).ShouldBe("");
    }

    [Theory]
    [InlineData("colour=red", "unknown-parameter", "colour", "There is no such parameter. Known: status, ownerId, boughtFrom, boughtTo, seenAtFrom, seenAtTo, tag, search, sort, limit, cursor.")]
    [InlineData("status=lost&status=lost", "repeated-parameter", "status", "Must be given once; separate several values by commas.")]
    [InlineData("status=broken", "validation-failed", "status", "Must be one or more of inStock, lost, retired, separated by commas.")]
    [InlineData("ownerId=7", "validation-failed", "ownerId", "Must be UUIDs, separated by commas.")]
    [InlineData("boughtFrom=1.5.2026", "validation-failed", "boughtFrom", "Must be a day like 2026-05-08, from 1900-01-01 to 2199-12-31.")]
    [InlineData("boughtTo=9999-12-31", "validation-failed", "boughtTo", "Must be a day like 2026-05-08")]
    [InlineData("boughtTo=0001-01-01", "validation-failed", "boughtTo", "Must be a day like 2026-05-08")]
    [InlineData("sort=colour", "validation-failed", "sort", "Must be one of created, -created, tag, -tag, bought, -bought.")]
    [InlineData("limit=0", "validation-failed", "limit", "Must be a whole number from 1 to 1000.")]
    [InlineData("limit=99999999999999999999", "validation-failed", "limit", "Must be a whole number from 1 to 1000.")]
    [InlineData("cursor=abc", "validation-failed", "cursor", "Must be the next of a page before, with the same sort.")]
    [InlineData("tag=%20", "validation-failed", "tag", "Must be some text.")]
    [InlineData("search=a%00b", "validation-failed", "search", "Holds a character that is not allowed (U+0000).")]
    [InlineData("search=%EF%BF%BE", "validation-failed", "search", "Holds a character that is not allowed (U+FFFE).")]
    public async Task A_wrong_parameter_is_named_with_what_it_must_be(string query, string code, string name, string message)
    {
        var (status, body) = await _service.GetAsync($"/boxes?{query}");
        status.ShouldBe(400);
        ((string)body["code"]!).ShouldBe(code);
        ((string)body["errors"]![name]![0]!).ShouldStartWith(message);
    }

    [Fact]
    public async Task Pages_follow_each_other_in_the_order_asked_for_and_in_no_other()
    {
        var (_, first) = await _service.GetAsync("/boxes?sort=tag&limit=2");
        TagsIn(first).ShouldBe("B-1 B-2");
        var next = (string)first["next"]!;
        var (_, second) = await _service.GetAsync($"/boxes?sort=tag&limit=2&cursor={next}");
        TagsIn(second).ShouldBe("B-3");
        second["next"].ShouldBeNull();
        second.AsObject().ContainsKey("next").ShouldBeTrue();

        var (status, refused) = await _service.GetAsync($"/boxes?sort=-tag&limit=2&cursor={next}");
        status.ShouldBe(400);
        refused["errors"]!["cursor"].ShouldNotBeNull();
    }

    [Fact]
    public async Task A_table_holds_all_lines_and_no_formula()
    {
        var ct = TestContext.Current.CancellationToken;
        using var request = new HttpRequestMessage(HttpMethod.Get, "/boxes?sort=tag");
        request.Headers.Accept.ParseAdd("text/csv");
        using var answer = await _service.Http.SendAsync(request, ct);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv");
        answer.Content.Headers.ContentDisposition!.FileName.ShouldBe("boxes.csv");
        Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync(ct)).ShouldBe(
            "\uFEFFtag,status,bought,note\r\nB-1,lost,2026-02-01,Müller\r\nB-2,inStock,2026-01-01,\"grün, groß\"\r\nB-3,retired,2026-03-01,'=1+1\r\n");
    }

    [Fact]
    public async Task A_table_is_longer_than_a_page()
    {
        var ct = TestContext.Current.CancellationToken;
        for (var i = 0; i < Query<Box>.MaxLimit; i++) await AddAsync(new Box($"C-{i:D4}", "inStock", null, new(2026, 1, 1), At(1), null));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/boxes?sort=tag");
        request.Headers.Accept.ParseAdd("text/csv");
        using var answer = await _service.Http.SendAsync(request, ct);
        (await answer.Content.ReadAsStringAsync(ct)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(Query<Box>.MaxLimit + 4);
    }

    [Theory]
    [InlineData("=x", "'=x"), InlineData("+x", "'+x"), InlineData("-x", "'-x"), InlineData("@x", "'@x"), InlineData("\tx", "'\tx")]
    [InlineData("\rx", "\"'\rx\""), InlineData("a\"b", "\"a\"\"b\""), InlineData("a,b", "\"a,b\""), InlineData("a\nb", "\"a\nb\""), InlineData("x=1", "x=1")]
    public void A_cell_is_quoted_and_never_a_formula(string text, string cell) => Csv.Cell(text).ShouldBe(cell);

    [Fact]
    public async Task OpenApi_says_what_the_list_takes_and_answers()
    {
        var (_, document) = await _service.GetAsync("/openapi/sample.json");
        var operation = document["paths"]!["/boxes"]!["get"]!;
        var parameters = operation["parameters"]!.AsArray().ToDictionary(p => (string)p!["name"]!, p => p!);
        parameters.Keys.ShouldBe(["status", "ownerId", "boughtFrom", "boughtTo", "seenAtFrom", "seenAtTo", "tag", "search", "sort", "limit", "cursor"]);
        parameters["status"]["schema"]!["items"]!["enum"]!.AsArray().Select(w => (string)w!).ShouldBe(["inStock", "lost", "retired"]);
        ((string)parameters["boughtFrom"]["schema"]!["format"]!).ShouldBe("date");
        var contents = operation["responses"]!["200"]!["content"]!.AsObject();
        contents.Select(c => c.Key).ShouldBe(["application/json", "text/csv"], ignoreOrder: true);
        ((string)contents["text/csv"]!["schema"]!["type"]!).ShouldBe("string");
    }

    [Fact]
    public void A_list_without_an_index_for_a_filter_does_not_start()
    {
        var list = new ListOf<Box, BoxView>(new("boxes", DocumentIndex<Box>.On(Tag))) { Filters = [Filter.Word("status", Status, ["lost"])] };
        Should.Throw<ArgumentException>(list.Require).Message.ShouldContain("status");
    }

    [Fact]
    public void A_list_does_not_declare_a_parameter_twice()
    {
        var list = new ListOf<Box, BoxView>(Boxes) { Filters = [Filter.Text("tag", Tag), Filter.Text("Tag", Tag)] };
        Should.Throw<InvalidOperationException>(list.Require).Message.ShouldContain("twice");
    }

    private static string TagsIn(JsonNode body) => string.Join(' ', body["items"]!.AsArray().Select(i => (string)i!["tag"]!));

    private static DateTimeOffset At(int day) => new(2026, 5, day, 12, 0, 0, TimeSpan.Zero);

    private async Task AddAsync(Box box) =>
        (await _service.Store.WriteAsync(Document<Box>.New(Guid.CreateVersion7(At(1).AddSeconds(++_added)), box), TestContext.Current.CancellationToken)).IsWritten.ShouldBeTrue();

    internal sealed record Box(string Tag, string Status, Guid? Owner, DateOnly Bought, DateTimeOffset SeenAt, string? Note);

    internal sealed record BoxView(string Tag, string Status, DateOnly Bought, string? Note)
    {
        public static BoxView Of(Document<Box> document) => new(document.State.Tag, document.State.Status, document.State.Bought, document.State.Note);
    }
}
