using Fleet.Platform.Store;
using Fleet.Platform.Store.Sqlite;

namespace Fleet.Tests.Store;

public sealed class SqliteStoreTests : DocumentStoreTests
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fleet-store-").FullName;
    private int _open;

    [Fact]
    public void The_file_is_readable_by_its_owner_only() =>
        File.GetUnixFileMode(Path.Combine(_folder, "store.db")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);

    protected override Task<IDocumentStore> OpenAsync(params DocumentType[] types)
    {
        _open++;
        return Task.FromResult<IDocumentStore>(SqliteDocumentStore.Open(Path.Combine(_folder, "store.db"), types));
    }

    protected override async Task CloseAsync(IDocumentStore store)
    {
        await ((SqliteDocumentStore)store).DisposeAsync();
        if (--_open == 0) Directory.Delete(_folder, recursive: true);
    }
}
