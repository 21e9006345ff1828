using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using Fleet.Platform.Http;

namespace Fleet.Tests.Unit.Platform;

public sealed class BodyTests
{
    [Fact]
    public void A_good_body_is_read()
    {
        var read = JsonBody.Read<Order>(JsonNode.Parse("""{"name":"a","day":"2020-02-29","at":"2020-02-29T23:30:00+01:00","kind":"veryLarge","lines":[{"count":1}],"tags":["x"]}"""));
        read.At.ShouldBe(new DateTimeOffset(2020, 2, 29, 22, 30, 0, TimeSpan.Zero));
        read.Kind.ShouldBe(Kind.VeryLarge);
        read.Lines!.ShouldHaveSingleItem().Count.ShouldBe(1);
    }

    [Fact]
    public void Every_wrong_field_is_named_at_once()
    {
        var error = Should.Throw<InvalidBodyException>(() => JsonBody.Read<Order>(JsonNode.Parse(
            """{"day":"29.02.2020","at":"2020-02-29T10:00:00","kind":"huge","lines":[{"count":"many"},{"count":0},null],"tags":"x","extra":1,"inner":{"deep":true}}""")));
        error.Errors.Keys.ShouldBe(
            ["name", "day", "at", "kind", "lines[0].count", "lines[1].count", "lines[2]", "tags", "extra", "inner.deep"], ignoreOrder: true);
        error.Errors["kind"].ShouldBe(["Must be one of small, veryLarge."]);
    }

    [Theory]
    [InlineData("null"), InlineData("[]"), InlineData("1"), InlineData("\"text\"")]
    public void A_body_that_is_no_object_is_refused(string json) =>
        Should.Throw<InvalidBodyException>(() => JsonBody.Read<Order>(JsonNode.Parse(json))).Errors.Keys.ShouldBe(["$"]);

    [Fact]
    public void A_number_in_place_of_a_name_of_a_choice_is_refused() =>
        Should.Throw<InvalidBodyException>(() => JsonBody.Read<Order>(JsonNode.Parse("""{"name":"a","kind":1}"""))).Errors.Keys.ShouldBe(["kind"]);

    internal enum Kind
    {
        Small,
        VeryLarge,
    }

    internal sealed record Order(
        [property: Required] string? Name, DateOnly? Day, DateTimeOffset? At, Kind? Kind, IReadOnlyList<Line>? Lines, IReadOnlyList<string>? Tags, Inner? Inner);

    internal sealed record Line([property: Required, Range(1, 10)] int? Count);

    internal sealed record Inner(string? Name);
}
