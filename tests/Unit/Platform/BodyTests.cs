using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text;
using Fleet.Platform;
using Fleet.Platform.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Fleet.Tests.Unit.Platform;

public sealed class BodyTests
{
    [Fact]
    public void A_good_body_is_read()
    {
        var read = JsonBody.Read<Order>(Bytes("""{"name":"a","day":"2020-02-29","at":"2020-02-29T23:30:00+01:00","kind":"veryLarge","lines":[{"count":1}],"tags":["x"]}"""));
        read.At.ShouldBe(new DateTimeOffset(2020, 2, 29, 22, 30, 0, TimeSpan.Zero));
        read.Kind.ShouldBe(Kind.VeryLarge);
        read.Lines!.ShouldHaveSingleItem().Count.ShouldBe(1);
    }

    [Fact]
    public void Every_wrong_field_is_named_at_once()
    {
        var error = Should.Throw<InvalidBodyException>(() => JsonBody.Read<Order>(Bytes(
            """{"day":"29.02.2020","at":"2020-02-29T10:00:00","kind":"huge","lines":[{"count":"many"},{"count":0},null],"tags":"x","extra":1,"inner":{"deep":true}}""")));
        error.Errors.Keys.ShouldBe(
            ["name", "day", "at", "kind", "lines[0].count", "lines[1].count", "lines[2]", "tags", "extra", "inner.deep"], ignoreOrder: true);
        error.Errors["kind"].ShouldBe(["Must be one of small, veryLarge."]);
    }

    [Theory]
    [InlineData("null"), InlineData("[]"), InlineData("1"), InlineData("\"text\"")]
    public void A_body_that_is_no_object_is_refused(string json) =>
        Should.Throw<InvalidBodyException>(() => JsonBody.Read<Order>(Bytes(json))).Errors.Keys.ShouldBe(["$"]);

    [Fact]
    public void A_number_in_place_of_a_name_of_a_choice_is_refused() =>
        Should.Throw<InvalidBodyException>(() => JsonBody.Read<Order>(Bytes("""{"name":"a","kind":1}"""))).Errors.Keys.ShouldBe(["kind"]);

    [Theory]
    [InlineData("""{"name":"a","name":"b"}""", "name")]
    [InlineData("""{"name":"a","Name":"b"}""", "Name")]
    [InlineData("""{"name":"a","inner":{"name":"x","name":"y"}}""", "inner.name")]
    [InlineData("""{"name":"a","lines":[{"count":1},{"count":1,"count":2}]}""", "lines[1].count")]
    [InlineData("""{"name":"a\u0000b"}""", "name")]
    [InlineData("""{"name":"\uFFFE"}""", "name")]
    [InlineData("""{"name":"\uD800"}""", "name")]
    [InlineData("""{"name":"a","tags":["x","\u0007"]}""", "tags[1]")]
    [InlineData("""{"name":"a","x\u0000":1}""", "?")]
    [InlineData("""{"name":"a","\uDC00":1}""", "?")]
    [InlineData("""{"name":"a","day":"0001-01-01"}""", "day")]
    [InlineData("""{"name":"a","day":"9999-12-31"}""", "day")]
    [InlineData("""{"name":"a","at":"0001-01-01T00:00:00+14:00"}""", "at")]
    [InlineData("""{"name":"a","at":"9999-12-31T23:59:59-14:00"}""", "at")]
    [InlineData("""{"name":"a","kind":"small,veryLarge"}""", "kind")]
    [InlineData("""{"name":"a","kind":""}""", "kind")]
    [InlineData("""{"name":"a","lines":[{"count":1e400}]}""", "lines[0].count")]
    [InlineData("""{"name":" "}""", "name")]
    [InlineData("""{"name":"a","known":null}""", "known")]
    [InlineData("""{"name":"a","ids":[null]}""", "ids[0]")]
    [InlineData("""{"name":"a","ids":["7"]}""", "ids[0]")]
    [InlineData("""{"name":"a","count":null}""", "count")]
    [InlineData("", "$")]
    [InlineData("{", "$")]
    [InlineData("""{"name":"a"}{""", "$")]
    public void What_no_value_may_hold_is_named(string json, string field)
    {
        var errors = Should.Throw<InvalidBodyException>(() => JsonBody.Read<Order>(Bytes(json))).Errors;
        errors.Keys.ShouldBe([field], string.Join("; ", errors.Select(e => $"{e.Key}: {e.Value[0]}")));
    }

    [Fact]
    public void Bytes_that_are_no_text_are_named_with_their_field() => Should.Throw<InvalidBodyException>(
        () => JsonBody.Read<Order>(new byte[] { (byte)'{', (byte)'"', (byte)'a', (byte)'"', (byte)':', (byte)'"', 0xC3, 0x28, (byte)'"', (byte)'}' })).Errors.Keys.ShouldBe(["a"]);

    [Fact]
    public void A_body_is_not_nested_without_end() =>
        Should.Throw<InvalidBodyException>(() => JsonBody.Read<Order>(Bytes(new string('[', 5000)))).Errors.Keys.ShouldBe(["$"]);

    [Fact]
    public void Words_are_read_in_any_case_and_a_byte_order_mark_does_no_harm() =>
        JsonBody.Read<Order>(Bytes("\uFEFF{\"name\":\"a\",\"kind\":\"VERYLARGE\"}")).Kind.ShouldBe(Kind.VeryLarge);

    [Fact]
    public void What_a_change_leaves_out_stays_and_null_takes_it_away()
    {
        var today = new DateOnly(2026, 5, 8);
        JsonBody.Read<Change>(Bytes("{}")).EndDate.Or(today).ShouldBe(today);
        JsonBody.Read<Change>(Bytes("""{"endDate":null}""")).EndDate.Or(today).ShouldBeNull();
        JsonBody.Read<Change>(Bytes("""{"endDate":"2026-06-01"}""")).EndDate.Or(today).ShouldBe(new DateOnly(2026, 6, 1));
        Should.Throw<InvalidBodyException>(() => JsonBody.Read<Change>(Bytes("""{"endDate":"soon","note":"much too long"}"""))).Errors.Keys.ShouldBe(["endDate", "note"]);
    }

    [Fact]
    public void Broken_rules_are_said_in_plain_words_and_items_with_their_place()
    {
        var errors = Should.Throw<InvalidBodyException>(() => JsonBody.Read<Ruled>(Bytes(
            """{"text":"toolong","unblank":"  ","many":[1,2,3],"few":[],"number":11,"email":"x","tags":["ok"," ","toolong"]}"""))).Errors;
        errors.ToDictionary(e => e.Key, e => e.Value.ShouldHaveSingleItem()).ShouldBe(new Dictionary<string, string>
        {
            ["given"] = "Is required.",
            ["text"] = "Must be at most 5 characters long.",
            ["unblank"] = "Must not be blank.",
            ["many"] = "Must hold at most 2.",
            ["few"] = "Must hold at least 1.",
            ["number"] = "Must be 1 to 10.",
            ["email"] = "Must be an e-mail address like erika.muster@example.org.",
            ["tags[1]"] = "Must be 1 to 5 characters long and not blank.",
            ["tags[2]"] = "Must be 1 to 5 characters long and not blank.",
        }, ignoreOrder: true);
    }

    [Theory]
    [InlineData("""{"at":"2026-05-08T10:00:01Z"}""", "effective-at-in-future", "at")]
    [InlineData("""{"on":"2026-05-09"}""", "effective-at-in-future", "on")]
    [InlineData("""{"at":"2026-05-08T10:00:01Z","until":"2026-05-07"}""", "validation-failed", "at", "until")]
    public void A_rule_about_the_time_is_named_with_all_the_others_and_its_code_stands_for_it_alone(string json, string code, params string[] fields)
    {
        var refused = Should.Throw<InvalidBodyException>(() => JsonBody.Read<Timed>(Bytes(json), At("2026-05-08T10:00:00Z")));
        refused.Errors.Keys.ShouldBe(fields, ignoreOrder: true);
        refused.Code.ShouldBe(code);
    }

    [Theory]
    [InlineData("""{"at":"2026-05-08T10:00:00Z","on":"2026-05-08","until":"2026-05-08"}""", "2026-05-08T10:00:00Z")]
    // In Berlin the ninth has begun.
    [InlineData("""{"on":"2026-05-09"}""", "2026-05-08T22:30:00Z")]
    public void Now_and_today_are_neither_past_nor_future(string json, string now) => JsonBody.Read<Timed>(Bytes(json), At(now)).ShouldNotBeNull();

    private static ServiceProvider At(string now) => new ServiceCollection()
        .AddSingleton<TimeProvider>(new FakeTimeProvider(DateTimeOffset.Parse(now, CultureInfo.InvariantCulture)))
        .AddSingleton(new FleetCalendar(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")))
        .BuildServiceProvider();

    private static ReadOnlyMemory<byte> Bytes(string json) => Encoding.UTF8.GetBytes(json);

    internal sealed record Change(Given<DateOnly?> EndDate = default, [property: StringLength(5)] Given<string?> Note = default);

    internal sealed record Ruled(
        [property: Required] string? Given,
        [property: StringLength(5)] string? Text,
        [property: NotBlank, StringLength(5)] string? Unblank,
        [property: MaxLength(2)] IReadOnlyList<int>? Many,
        [property: MinLength(1)] IReadOnlyList<int>? Few,
        [property: Range(1, 10)] int? Number,
        [property: EmailAddress] string? Email,
        [property: EachText(5)] IReadOnlyList<string>? Tags);

    internal sealed record Timed([property: NotInFuture] DateTimeOffset? At, [property: NotInFuture] DateOnly? On, [property: NotInPast] DateOnly? Until);

    internal enum Kind
    {
        Small,
        VeryLarge,
    }

    internal sealed record Order(
        [property: Required] string? Name, DateOnly? Day, DateTimeOffset? At, Kind? Kind, IReadOnlyList<Line>? Lines, IReadOnlyList<string>? Tags, Inner? Inner, string Known = "", IReadOnlyList<Guid>? Ids = null, int Count = 0);

    internal sealed record Line([property: Required, Range(1, 10)] int? Count);

    internal sealed record Inner(string? Name);
}
