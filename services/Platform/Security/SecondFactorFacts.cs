using System.Buffers.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Fleet.Platform.Security;

/// <summary>
/// What the gateway, which alone knows, tells the portal's page about the caller's own second factor. It travels in a header of that one request, from process to
/// process: the gateway passes on no header of this name that a client sends.
/// </summary>
public sealed record SecondFactorFacts
{
    public const string Header = "X-Fleet-Second-Factor";

    /// <summary>The account has one.</summary>
    public bool IsSet { get; init; }

    /// <summary>The account may do nothing without one.</summary>
    public bool IsRequired { get; init; }

    /// <summary>A demo account: it stays as everybody knows it.</summary>
    public bool IsDemo { get; init; }

    /// <summary>The account signs in at the identity provider, which answers for its factor.</summary>
    public bool IsExternal { get; init; }

    /// <summary>A one-time password is to be changed first.</summary>
    public bool HasOneTimePassword { get; init; }

    /// <summary>Recovery codes that are left.</summary>
    public int CodesLeft { get; init; }

    /// <summary>While one is set up: what to type into the app, in base32.</summary>
    public string? Secret { get; init; }

    /// <summary>The same for the app's camera: <c>otpauth://totp/…</c></summary>
    public string? Uri { get; init; }

    /// <summary>New recovery codes, to be shown this once.</summary>
    public IReadOnlyList<string> Codes { get; init; } = [];

    /// <summary>As it stands in the header; what a name or language has in letters does not matter there.</summary>
    public string ToHeader() => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(this, FleetJson.Options));

    /// <summary>What the gateway told of this request's caller; null: nobody is signed in.</summary>
    public static SecondFactorFacts? Of(HttpRequest request) =>
        request.Headers[Header] is [{ Length: > 0 } text] ? JsonSerializer.Deserialize<SecondFactorFacts>(Base64Url.DecodeFromChars(text), FleetJson.Options) : null;
}
