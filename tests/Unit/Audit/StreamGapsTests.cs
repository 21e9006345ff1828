using Fleet.Audit.Domain;
using Fleet.Audit.Features.Log;
using Fleet.Contracts;

namespace Fleet.Tests.Unit.Audit;

public sealed class StreamGapsTests
{
    private static readonly DateTimeOffset Noon = new(2020, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly Guid _entity = Guid.CreateVersion7();

    [Fact]
    public void Numbers_that_later_ones_leave_out_are_missing_since_the_first_later_one_was_logged()
    {
        Find([2, 5, 4, 9]).ShouldBe(
        [
            new Gap("custody", _entity, 1, 1, Noon),
            new Gap("custody", _entity, 3, 3, Noon.AddSeconds(1)),
            new Gap("custody", _entity, 6, 8, Noon.AddSeconds(3)),
        ]);
    }

    [Theory]
    [InlineData(1L, 2L, 3L, 4L)]
    [InlineData(4L, 3L, 2L, 1L)]
    [InlineData(2L, 2L, 1L, 1L)]
    [InlineData(3L, 1L, 2L, 3L)]
    [InlineData(0L, 0L, 1L, 0L)]
    public void A_stream_that_is_there_whole_lacks_nothing_in_whatever_order_it_came(params long[] numbers) => Find(numbers).ShouldBeEmpty();

    [Fact]
    public void A_device_and_its_custody_share_an_id_but_not_their_numbers()
    {
        var gaps = new StreamGaps();
        gaps.Add(EventTypes.StreamOf(nameof(DeviceStatusChanged))!, _entity, 1, Noon);
        gaps.Add(EventTypes.StreamOf(nameof(DeviceIssued))!, _entity, 2, Noon);

        gaps.Find().ShouldBe([new Gap("custody", _entity, 1, 1, Noon)]);
    }

    [Fact]
    public void Every_event_is_numbered_in_some_stream() => Deliveries.Queues.Keys.ShouldAllBe(type => EventTypes.StreamOf(type.Name) != null);

    /// <summary>Of entries with these numbers, logged a second apart.</summary>
    private List<Gap> Find(IEnumerable<long> numbers)
    {
        var gaps = new StreamGaps();
        foreach (var (place, number) in numbers.Index()) gaps.Add("custody", _entity, number, Noon.AddSeconds(place));
        return [.. gaps.Find()];
    }
}
