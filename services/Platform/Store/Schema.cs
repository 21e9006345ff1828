using System.Text.Json;
using System.Text.Json.Nodes;

namespace Fleet.Platform.Store;

/// <summary>Changes the stored states of one document type from one version of the schema to the next.</summary>
/// <param name="From">The version the states have; they have <c>From + 1</c> afterwards.</param>
/// <param name="DocumentType">Name of the document type.</param>
/// <param name="Change">Gets a state as it was stored and returns it as it is to be. Pure: it may run again over the same state after a kill.</param>
public sealed record Migration(int From, string DocumentType, Func<JsonObject, JsonObject> Change);

/// <summary>
/// Which shape the stored states have. Each database carries the number; a build raises it, with a migration, whenever it can no longer read what the
/// build before has written. A new optional member of a state needs neither.
/// </summary>
public sealed class Schema
{
    /// <param name="version">Of this build; counted from 1.</param>
    /// <param name="migrations">From every version that this build still reads, without a gap. Throws <see cref="ArgumentException"/> when one has a gap.</param>
    public Schema(int version, params IReadOnlyList<Migration> migrations)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(version, 1);
        Version = version;
        Migrations = migrations;
        Oldest = migrations.Count == 0 ? version : migrations.Min(m => m.From);
        if (Enumerable.Range(Oldest, version - Oldest).Any(v => migrations.All(m => m.From != v)) || migrations.Any(m => m.From < 1 || m.From >= version))
            throw new ArgumentException($"The migrations do not lead from version {Oldest} to {version} without a gap.", nameof(migrations));
    }

    /// <summary>The schema of a service that has never changed a stored shape.</summary>
    public static Schema First { get; } = new(1);

    public int Version { get; }

    public IReadOnlyList<Migration> Migrations { get; }

    /// <summary>The oldest version that this build can migrate.</summary>
    public int Oldest { get; }

    /// <summary>Whether a stored state of this version and type is changed on the way to <see cref="Version"/>.</summary>
    internal bool Changes(DocumentType type, int from) => Migrations.Any(m => m.From >= from && m.DocumentType == type.Name);

    /// <summary>A state of that version, as JSON, in the shape of this build.</summary>
    internal byte[] Migrate(DocumentType type, int from, ReadOnlySpan<byte> state)
    {
        var changed = JsonNode.Parse(state)!.AsObject();
        foreach (var step in Migrations.Where(m => m.From >= from && m.DocumentType == type.Name).OrderBy(m => m.From)) changed = step.Change(changed);
        return JsonSerializer.SerializeToUtf8Bytes(changed, FleetJson.Options);
    }

    /// <summary>Throws <see cref="StartRefusedException"/> when this build cannot work on a database of that version.</summary>
    internal void RequireReadable(string database, int? version)
    {
        if (version is null)
        {
            throw new StartRefusedException(
                $"{database} was written by a build from before databases carried their schema's version, which this build cannot read: move it away to start with an empty one, or start the older build.");
        }

        if (version > Version)
        {
            throw new StartRefusedException(
                $"{database} has version {version} of the schema and this build knows only {Version}: start the newer build, or restore a copy from before it.");
        }

        if (version < Oldest)
        {
            throw new StartRefusedException(
                $"{database} has version {version} of the schema and this build migrates from {Oldest} on only: start a build in between first, or restore a newer copy.");
        }
    }
}
