using System.Security.Cryptography;
using System.Text;

namespace Fleet.Tests.Integration.Interleaving;

/// <summary>Something that somebody does in one of the services.</summary>
/// <param name="Name">What, for whoever reads in which order things went.</param>
/// <param name="TryAsync">Decides it by what the service knows by now and returns how it is written; null: refused as yet, news are missing.</param>
internal sealed record Act(string Name, Func<County, Task<Func<Task>?>> TryAsync);

/// <summary>A small life: what was there before, which everybody has heard of, and what then happened.</summary>
internal sealed record Life(IReadOnlyList<Act> Before, IReadOnlyList<Act> Acts);

/// <summary>Ids that are the same whenever the life is lived.</summary>
internal static class Named
{
    public static Guid Id(string name) => new(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16));
}
