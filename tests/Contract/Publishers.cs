using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fleet.Contracts;
using Fleet.Platform;
using Microsoft.Extensions.Time.Testing;

namespace Fleet.Tests.Contract;

/// <summary>
/// The four that publish, beside each other and without a broker: what one has to tell goes to the consumers of the others by the table that the bus
/// goes by. They have lived the <see cref="Story"/>, and here is what they told.
/// </summary>
public sealed class Publishers : IAsyncLifetime
{
    private static readonly Dictionary<string, Type> Events = Deliveries.Queues.Keys.ToDictionary(t => t.FullName!);

    private readonly string _folder = Directory.CreateTempSubdirectory("fleet-contract-").FullName;
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2020, 3, 2, 8, 0, 0, TimeSpan.Zero));
    private readonly List<(Type Type, string Json)> _told = [];
    private readonly Service[] _all;

    public Publishers() => _all =
    [
        Inventory = Service.Start<Fleet.Inventory.Domain.Device>("inventory", _folder, _time),
        Assignment = Service.Start<Fleet.Assignment.Domain.Custody>("assignment", _folder, _time),
        Provisioning = Service.Start<Fleet.Provisioning.Domain.Access>("provisioning", _folder, _time),
        Gateway = Service.Start<Fleet.Gateway.Domain.Account>("gateway", _folder, _time),
    ];

    internal Service Inventory { get; }

    internal Service Assignment { get; }

    internal Service Provisioning { get; }

    internal Service Gateway { get; }

    /// <summary>Every message of this event as it goes over the wire, in the order of publishing.</summary>
    public IReadOnlyList<string> Told(Type type) => [.. _told.Where(t => t.Type == type).Select(t => t.Json)];

    public async ValueTask InitializeAsync()
    {
        await Story.LiveAsync(this);
        if (Golden.IsToBeWritten) foreach (var type in Deliveries.Queues.Keys) Golden.Write(type, Told(type));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _all) await service.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A clerk's request, and everything that comes of it; answers the answer.</summary>
    internal async Task<JsonNode> SendAsync(Service service, HttpMethod method, string path, object? body = null)
    {
        JsonNode? answer = null;
        await DoAsync(async () =>
        {
            using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body, options: FleetJson.Options) };
            using var response = await service.Http.SendAsync(request);
            var text = await response.Content.ReadAsStringAsync();
            response.IsSuccessStatusCode.ShouldBeTrue($"{method} {path}: {(int)response.StatusCode} {text}");
            answer = text.Length == 0 ? new JsonObject() : JsonNode.Parse(text);
        });
        return answer!;
    }

    /// <summary>A form of the portal's, and everything that comes of it; answers to which page it leads.</summary>
    internal async Task<string> SubmitAsync(string path, params (string Field, string Value)[] form)
    {
        var page = "";
        await DoAsync(async () =>
        {
            using var content = new FormUrlEncodedContent(form.Select(f => KeyValuePair.Create(f.Field, f.Value)));
            using var response = await Gateway.Http.PostAsync(new Uri(path, UriKind.Relative), content);
            response.StatusCode.ShouldBe(HttpStatusCode.SeeOther, await response.Content.ReadAsStringAsync());
            page = response.Headers.Location!.ToString();
        });
        return page;
    }

    /// <summary>A minute later something happens; everybody hears of it.</summary>
    internal async Task DoAsync(Func<Task> act)
    {
        _time.Advance(TimeSpan.FromMinutes(1));
        await act();
        var waiting = new Queue<(string Queue, IFleetEvent Fact)>();
        do
        {
            if (waiting.TryDequeue(out var next) && _all.SingleOrDefault(s => s.Consumes(next.Queue)) is { } consumer) await consumer.DeliverAsync(next.Queue, next.Fact);
            foreach (var stored in await PendingAsync())
            {
                _told.Add(stored);
                var fact = (IFleetEvent)JsonSerializer.Deserialize(stored.Json, stored.Type, FleetJson.Options)!;
                foreach (var queue in Deliveries.Queues[stored.Type]) waiting.Enqueue((queue, fact));
            }
        }
        while (waiting.Count > 0);
    }

    internal void Wait(TimeSpan time) => _time.Advance(time);

    private async Task<IReadOnlyList<(Type Type, string Json)>> PendingAsync()
    {
        var pending = new List<(Type, string)>();
        foreach (var service in _all) pending.AddRange((await service.TakePendingAsync()).Select(p => (Events[p.MessageType], p.Body)));
        return pending;
    }
}
