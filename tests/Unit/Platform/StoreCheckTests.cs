using Fleet.Platform;
using Fleet.Platform.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Time.Testing;

namespace Fleet.Tests.Unit.Platform;

public sealed class StoreCheckTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fleet-ready-").FullName;
    private readonly FakeTimeProvider _time = new();
    private WebApplication _app = null!;

    public ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder(["--Fleet:Data", _folder]);
        builder.Services.AddSingleton<TimeProvider>(_time);
        builder.AddFleet("ready").AddDocumentStore();
        _app = builder.Build();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_store_known_to_be_away_is_said_to_be_without_asking_it_until_its_probe_succeeds()
    {
        (await ReadyAsync()).ShouldBe(HealthStatus.Healthy);
        var health = _app.Services.GetRequiredService<StoreHealth>();

        // It would answer; a server that is away would not, for as long as its driver looks for it.
        health.Failed(new StoreUnavailableException("The server is away."));
        (await ReadyAsync()).ShouldBe(HealthStatus.Unhealthy);

        var recovered = health.WaitUntilWellAsync(TestContext.Current.CancellationToken);
        while (!recovered.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        (await ReadyAsync()).ShouldBe(HealthStatus.Healthy);
    }

    private async Task<HealthStatus> ReadyAsync() =>
        (await _app.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken)).Entries["store"].Status;
}
