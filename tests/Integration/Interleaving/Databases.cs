using System.Collections.Concurrent;
using Fleet.Platform.Store;
using Fleet.Platform.Store.Sqlite;
using Microsoft.Data.Sqlite;

namespace Fleet.Tests.Integration.Interleaving;

/// <summary>Databases for one life after the other. Making a set of them takes longer than a life, so a used set is emptied and used again.</summary>
public sealed class Databases : IAsyncDisposable
{
    private readonly ConcurrentBag<Shelf> _all = [];
    private readonly ConcurrentBag<Shelf> _free = [];

    public async ValueTask DisposeAsync()
    {
        foreach (var shelf in _all) await shelf.DisposeAsync();
    }

    /// <summary>A set that nobody else uses; empty once every service has opened its own.</summary>
    internal Shelf Take()
    {
        if (_free.TryTake(out var used)) return used;
        var shelf = new Shelf();
        _all.Add(shelf);
        return shelf;
    }

    internal void GiveBack(Shelf shelf) => _free.Add(shelf);

    /// <summary>One database per service, in a folder of its own.</summary>
    internal sealed class Shelf : IAsyncDisposable
    {
        private const string Memory = "/dev/shm";
        private const long Enough = 1L << 30;

        // In memory where there is room for that (a container has 64 MB): thousands of lives, and none has to survive a power cut.
        private readonly string _folder = Directory.Exists(Memory) && new DriveInfo(Memory).AvailableFreeSpace >= Enough
            ? Directory.CreateDirectory(Path.Combine(Memory, $"fleet-order-{Guid.CreateVersion7()}")).FullName
            : Directory.CreateTempSubdirectory("fleet-order-").FullName;
        private readonly Dictionary<string, SqliteDocumentStore> _stores = [];

        /// <summary>The service's store, empty.</summary>
        public IDocumentStore Open(string service, Schema schema, DocumentType[] types)
        {
            var path = Path.Combine(_folder, $"{service}.db");
            if (_stores.TryGetValue(service, out var used))
            {
                Empty(path);
                return used;
            }

            return _stores[service] = SqliteDocumentStore.Open(path, schema, types);
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var store in _stores.Values) await store.DisposeAsync();
            Directory.Delete(_folder, recursive: true);
        }

        /// <summary>Everything but what the file says of itself.</summary>
        private static void Empty(string path)
        {
            using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'meta' AND name NOT LIKE 'sqlite%'";
            var tables = new List<string>();
            using (var reader = command.ExecuteReader())
            {
                while (reader.Read()) tables.Add(reader.GetString(0));
            }

            // The names are the store's own.
#pragma warning disable CA2100
            command.CommandText = $"PRAGMA synchronous=OFF; BEGIN IMMEDIATE; {string.Concat(tables.Select(t => $"DELETE FROM \"{t}\"; "))}COMMIT";
#pragma warning restore CA2100
            command.ExecuteNonQuery();
        }
    }
}
