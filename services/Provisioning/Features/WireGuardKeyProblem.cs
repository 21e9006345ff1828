using Fleet.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Provisioning.Features;

/// <summary>400 <c>public-key-invalid</c>.</summary>
internal static class WireGuardKeyProblem
{
    public static ProblemHttpResult Of() => Problems.Invalid("publicKey", "Must be a WireGuard public key: 32 bytes in base64, 44 characters.", "public-key-invalid");
}
