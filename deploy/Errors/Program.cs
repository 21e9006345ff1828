using System.Globalization;
using Fleet.Contracts;
using Fleet.Platform.Bus;

// What could not be handled: Fleet.Errors list | show <queue> [<count>] | replay <queue>… | replay --all. The broker's URI is read from standard input.
const string Usage = """
    Usage: deploy/errors.sh list                     the queues that hold messages which could not be handled
           deploy/errors.sh show <queue> [<count>]   the oldest of them, with what went wrong; nothing is taken out
           deploy/errors.sh replay <queue>…          moves all of them back to where they were to be handled
           deploy/errors.sh replay --all             the same for every queue

    It asks the broker that up.sh started from the same FLEET_DATA, or the one in FLEET_RABBITMQ.
    """;
const int Shown = 20;
if (args is [] or ["--help" or "-h"])
{
    Console.WriteLine(Usage);
    return args is [] ? 2 : 0;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, cancel) =>
{
    cancel.Cancel = true;
    stop.Cancel();
};
try
{
    var uri = (await Console.In.ReadLineAsync(stop.Token))?.Trim();
    await using var queues = await ErrorQueues.OpenAsync(uri ?? "", Deliveries.Queues, stop.Token);
    switch (args)
    {
        case ["list"]:
            var held = await queues.ListAsync(stop.Token);
            foreach (var (name, count) in held) Console.WriteLine($"{count,7}  {name}");
            Console.WriteLine(held.Count == 0 ? "Nothing: every message was handled or is under way." : $"{Count(held.Sum(h => h.Count), "message")} could not be handled, in {Count(held.Count, "queue")}.");
            return 0;
        case ["show", var queue]:
            await ShowAsync(queues, queue, Shown);
            return 0;
        case ["show", var queue, var text] when int.TryParse(text, CultureInfo.InvariantCulture, out var most) && most > 0:
            await ShowAsync(queues, queue, most);
            return 0;
        case ["replay", "--all"]:
            await ReplayAsync(queues, [.. (await queues.ListAsync(stop.Token)).Select(h => h.Name)]);
            return 0;
        case ["replay", .. { Length: > 0 } names] when !names.Any(n => n.StartsWith('-')):
            await ReplayAsync(queues, names);
            return 0;
        default:
            Console.Error.WriteLine(Usage);
            return 2;
    }
}
catch (ErrorQueuesException error)
{
    Console.Error.WriteLine(error.Message);
    return 1;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    Console.Error.WriteLine("Broken off. No message is lost; what was not moved yet is where it was.");
    return 130;
}

async Task ShowAsync(ErrorQueues queues, string queue, int most)
{
    var (name, count, messages) = await queues.ReadAsync(queue, most, stop.Token);
    foreach (var message in messages) Console.WriteLine(message.Describe());
    Console.WriteLine(count == 0 ? $"{name} is empty." : $"{messages.Count} of {Count(count, "message")} in {name}, oldest first.");
}

async Task ReplayAsync(ErrorQueues queues, IReadOnlyList<string> names)
{
    uint total = 0;
    foreach (var name in names)
    {
        var moved = await queues.ReplayAsync(name, stop.Token);
        if (moved > 0) Console.WriteLine($"{moved,7}  back to {ErrorQueues.Origin(name)}");
        total += moved;
    }

    Console.WriteLine(total == 0 ? "Nothing to move." : $"{Count(total, "message")} moved back, to be handled again. What still cannot be handled comes back: see list.");
}

static string Count(long count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";
