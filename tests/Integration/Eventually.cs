namespace Fleet.Tests;

/// <summary>Repeats a read until what it must show is there, to a deadline. Never put a mutation inside.</summary>
public static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    /// <summary>Returns once the assertion holds; at the deadline throws what it threw last.</summary>
    public static async Task ShouldAsync(Func<Task> assertion, TimeSpan? deadline = null)
    {
        using var timer = new PeriodicTimer(Pause);
        var start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                await assertion();
                return;
            }
            catch (Exception) when (TimeProvider.System.GetElapsedTime(start) < (deadline ?? Deadline))
            {
                await timer.WaitForNextTickAsync();
            }
        }
    }

    /// <summary>Reads until the value meets the condition and returns it.</summary>
    public static async Task<T> ReadAsync<T>(Func<Task<T>> read, Func<T, bool> condition, TimeSpan? deadline = null)
    {
        T value = default!;
        await ShouldAsync(async () => condition(value = await read()).ShouldBeTrue($"Last seen: {value}"), deadline);
        return value;
    }
}
