namespace Fleet.Platform.Store;

/// <summary>
/// A file in the data folder (mode 0600) that says a database was made, and which. Should the database be gone at the next start (a disk that is not mounted, a
/// server that was set up anew, a restore that failed), the process does not begin quietly with an empty one.
/// </summary>
/// <param name="path">Where the file lies; null: no file is kept.</param>
/// <param name="database">What the operator calls the database: a path, or a server and name.</param>
internal sealed class StoreMarker(string? path, string database)
{
    /// <summary>Throws <see cref="StartRefusedException"/> when there was a database before; called when none is found.</summary>
    public void RequireNone(string found)
    {
        if (path is not null && File.Exists(path))
            throw new StartRefusedException($"{database} {found}, but a database was made there before: restore it, or remove {path} to start with an empty one.");
    }

    /// <summary>Writes the file for the database that is open, or throws <see cref="StartRefusedException"/> when it names another one.</summary>
    public void Confirm(string id)
    {
        if (path is null) return;
        try
        {
            if (!File.Exists(path))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
                // Whole or not at all: a name that only a finished file gets.
                var unfinished = $"{path}.{Guid.NewGuid():N}";
                var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
                if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
                using (var file = new StreamWriter(unfinished, options)) file.Write(id);
                File.Move(unfinished, path, overwrite: true);
            }
            else if (File.ReadAllText(path).Trim() is { Length: > 0 } before && before != id)
            {
                throw new StartRefusedException($"{database} is not the database that was made there before: restore that one, or remove {path} to go on with this one.");
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"{path} cannot be read or written: {error.Message}", error);
        }
    }
}
