using System.Xml.Linq;
using Fleet.Platform;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Options;

namespace Fleet.Gateway.Security;

/// <summary>The keys that session cookies are sealed with, in the data folder; unlike the framework's own repository, readable by the owner only.</summary>
internal sealed class SessionKeys(string folder) : IXmlRepository
{
    public static void Add(IServiceCollection services)
    {
        services.AddDataProtection();
        services.AddOptions<KeyManagementOptions>().Configure<IOptions<FleetOptions>>((keys, fleet) =>
            keys.XmlRepository = new SessionKeys(Path.Combine(fleet.Value.Data, "gateway-sessions")));
    }

    public IReadOnlyCollection<XElement> GetAllElements() =>
        Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*.xml").Select(XElement.Load)] : [];

    public void StoreElement(XElement element, string friendlyName)
    {
        SecretFile.CreateFolder(folder);
        SecretFile.Write(Path.Combine(folder, $"{Guid.CreateVersion7():N}.xml"), element.ToString());
    }
}
