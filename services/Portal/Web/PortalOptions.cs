using System.ComponentModel.DataAnnotations;

namespace Fleet.Portal.Web;

/// <summary>Where the services are: configuration section <c>Fleet:Services</c>, environment <c>Fleet__Services__…</c>.</summary>
internal sealed class PortalOptions
{
    public const string Section = "Fleet:Services";

    /// <summary>The audit service, which counts.</summary>
    [Required, Url]
    public string Audit { get; set; } = "http://127.0.0.1:8084";
}
