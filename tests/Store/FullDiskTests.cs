using System.Diagnostics;
using Fleet.Platform;
using Fleet.Platform.Store;
using Fleet.Platform.Work;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Fleet.Tests.Store;

/// <summary>A service's store on a disk of its own, which a test can fill and empty. Needs the right to mount.</summary>
public sealed class FullDiskTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(10);

    private readonly string _disk = Directory.CreateTempSubdirectory("fleet-disk-").FullName;
    private WebApplication _app = null!;

    private IDocumentStore Store => _app.Services.GetRequiredService<IDocumentStore>();

    private StoreHealth Health => _app.Services.GetRequiredService<StoreHealth>();

    public async ValueTask InitializeAsync()
    {
        await RunAsync("mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", _disk);
        var builder = WebApplication.CreateBuilder(["--Fleet:Data", _disk]);
        builder.AddFleet("full").AddDocumentStore(DocumentStoreTests.Things, DocumentStoreTests.Others);
        _app = builder.Build();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await RunAsync("umount", _disk);
        Directory.Delete(_disk);
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task While_the_disk_is_full_writes_are_refused_reads_go_on_and_nothing_is_half_stored()
    {
        var known = await WrittenAsync("known");
        FillDisk();

        var (last, error) = await WriteUntilRefusedAsync();

        error.Message.ShouldContain("the disk is full");
        (await Store.FindAsync<DocumentStoreTests.Thing>(known, None)).ShouldNotBeNull();
        (await Store.FindAsync<DocumentStoreTests.Thing>(last.Id, None)).ShouldBeNull();
        var pending = (await Store.ReadPendingAsync(1000, None)).Count;
        await Should.ThrowAsync<StoreUnavailableException>(() => Store.CheckAsync(None));

        EmptyDisk();

        (await Store.WriteAsync(last, [Happened()], None)).IsWritten.ShouldBeTrue();
        (await Store.ReadPendingAsync(1000, None)).Count.ShouldBe(pending + 1);
    }

    [Fact]
    public async Task A_store_that_failed_is_unwell_until_a_write_succeeds()
    {
        await WrittenAsync("first");
        Health.IsWell.ShouldBeTrue();
        Health.WaitUntilWellAsync(None).IsCompletedSuccessfully.ShouldBeTrue();
        FillDisk();
        await WriteUntilRefusedAsync();

        Health.IsWell.ShouldBeFalse();
        Health.Reason!.ShouldContain("the disk is full");
        (await ReadyAsync()).ShouldBe(HealthStatus.Unhealthy);
        var waiting = Health.WaitUntilWellAsync(None);
        waiting.IsCompleted.ShouldBeFalse();

        EmptyDisk();

        await waiting.WaitAsync(Long);
        Health.IsWell.ShouldBeTrue();
        Health.Reason.ShouldBeNull();
        (await ReadyAsync()).ShouldBe(HealthStatus.Healthy);
    }

    [Fact]
    public async Task A_store_is_unwell_while_the_disk_has_room_for_a_few_small_writes_only()
    {
        await WrittenAsync("first");
        FillDisk(leaving: 1_000_000);

        (await Should.ThrowAsync<StoreUnavailableException>(() => Store.CheckAsync(None))).Message.ShouldContain("the disk is full");
        (await ReadyAsync()).ShouldBe(HealthStatus.Unhealthy);

        EmptyDisk();
        await Health.WaitUntilWellAsync(None).WaitAsync(Long);
        (await ReadyAsync()).ShouldBe(HealthStatus.Healthy);
    }

    [Fact]
    public async Task Of_many_writers_at_once_on_a_disk_that_fills_each_hears_the_truth()
    {
        await WrittenAsync("first");
        FillDisk(leaving: 400_000);
        var documents = Enumerable.Range(0, 200).Select(i => Document<DocumentStoreTests.Thing>.New(Guid.CreateVersion7(), Large($"many {i}"))).ToList();

        var written = await Task.WhenAll(documents.Select(d => Task.Run(async () =>
        {
            try
            {
                return (await Store.WriteAsync(d, [Happened()], None)).IsWritten;
            }
            catch (StoreUnavailableException)
            {
                return false;
            }
        })));
        written.ShouldContain(false);
        EmptyDisk();
        await Health.WaitUntilWellAsync(None).WaitAsync(Long);

        for (var i = 0; i < documents.Count; i++) (await Store.FindAsync<DocumentStoreTests.Thing>(documents[i].Id, None) is not null).ShouldBe(written[i]);
        (await Store.ReadPendingAsync(1000, None)).Count.ShouldBe(written.Count(w => w));
    }

    [Fact]
    public async Task A_full_disk_stops_the_start_with_a_sentence_and_code_1()
    {
        FillDisk();
        var builder = WebApplication.CreateBuilder(["--Fleet:Data", Path.Combine(_disk, "new")]);
        builder.AddFleet("full").AddDocumentStore(DocumentStoreTests.Things);
        var before = Environment.ExitCode;
        (await builder.Build().RunFleetAsync()).ShouldBe(1);
        Environment.ExitCode = before;
        EmptyDisk();
    }

    [Fact]
    public async Task Keys_older_than_the_configured_days_are_forgotten()
    {
        await Store.WriteAsync(Document<DocumentStoreTests.Other>.New(Guid.CreateVersion7(), new DocumentStoreTests.Other("o")), [], new Origin("key", "hash", 201, "{}"), None);
        var days = Options.Create(new FleetOptions { IdempotencyKeysDays = 3 });

        await new ForgetOrigins(Store, days, new In(days: 2)).RunAsync(None);
        (await Store.FindOriginAsync<DocumentStoreTests.Other>("key", None)).ShouldNotBeNull();

        await new ForgetOrigins(Store, days, new In(days: 4)).RunAsync(None);
        (await Store.FindOriginAsync<DocumentStoreTests.Other>("key", None)).ShouldBeNull();
    }

    private sealed class In(int days) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddDays(days);
    }

    private static PendingEvent Happened() => new(Guid.CreateVersion7(), Guid.CreateVersion7(), TimeProvider.System.GetUtcNow(), new DocumentStoreTests.Happened("it"));

    private static DocumentStoreTests.Thing Large(string tag) => new() { Tag = tag, Group = new string('g', 20_000) };

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var complaint = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) Assert.Fail($"These tests need the right to mount a small disk (root): {program} said {complaint.Trim()}");
    }

    private async Task<HealthStatus> ReadyAsync() => (await _app.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(None)).Entries["store"].Status;

    private async Task<string> WrittenAsync(string tag)
    {
        var document = Document<DocumentStoreTests.Thing>.New(Guid.CreateVersion7(), Large(tag));
        (await Store.WriteAsync(document, None)).IsWritten.ShouldBeTrue();
        return document.Id;
    }

    private async Task<(Document<DocumentStoreTests.Thing> Last, StoreUnavailableException Error)> WriteUntilRefusedAsync()
    {
        for (var i = 0; ; i++)
        {
            var document = Document<DocumentStoreTests.Thing>.New(Guid.CreateVersion7(), Large($"{i}"));
            try
            {
                (await Store.WriteAsync(document, [Happened()], None)).IsWritten.ShouldBeTrue();
            }
            catch (StoreUnavailableException error)
            {
                return (document, error);
            }
        }
    }

    private void FillDisk(int leaving = 0)
    {
        using (var file = new FileStream(Path.Combine(_disk, "filling"), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            try
            {
                while (true) file.Write(new byte[4096]);
            }
            catch (IOException)
            {
                // Full.
            }

            if (leaving > 0) file.SetLength(file.Length - leaving);
        }
    }

    private void EmptyDisk() => File.Delete(Path.Combine(_disk, "filling"));
}
