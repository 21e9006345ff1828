namespace Fleet.Gateway.Security;

/// <summary>Lets one process at a time make what a data folder holds only once. The system frees it when the process dies.</summary>
internal static class StartLock
{
    private static readonly TimeSpan RetryWait = TimeSpan.FromMilliseconds(50);

    public static async Task<IDisposable> AcquireAsync(string dataFolder, CancellationToken ct)
    {
        SecretFile.CreateFolder(dataFolder);
        var path = Path.Combine(dataFolder, "gateway.lock");
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(path))
            {
                await Task.Delay(RetryWait, ct);
            }
        }
    }
}
