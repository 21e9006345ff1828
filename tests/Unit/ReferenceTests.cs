using System.Reflection;
using System.Xml.Linq;

namespace Fleet.Tests.Unit;

/// <summary>Who may refer to whom.</summary>
public sealed class ReferenceTests
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../.."));

    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Fleet.Contracts"] = [],
        ["Fleet.Platform"] = [],
        ["Fleet.Inventory"] = ["Fleet.Platform", "Fleet.Contracts"],
        ["Fleet.Assignment"] = ["Fleet.Platform", "Fleet.Contracts"],
        ["Fleet.Provisioning"] = ["Fleet.Platform", "Fleet.Contracts"],
        ["Fleet.Audit"] = ["Fleet.Platform", "Fleet.Contracts"],
        ["Fleet.Portal"] = ["Fleet.Platform"],
        ["Fleet.WireGuardAgent"] = [],
        ["Fleet.Gateway"] = ["Fleet.Platform", "Fleet.Contracts"],
        ["Fleet.Demo"] = [],
        ["Fleet.Errors"] = ["Fleet.Contracts", "Fleet.Platform"],
    };

    public static TheoryData<string> Projects => [.. Allowed.Keys];

    [Theory, MemberData(nameof(Projects))]
    public void A_project_refers_only_to_what_it_may(string project) =>
        Assembly.Load(project).GetReferencedAssemblies().Select(r => r.Name!).Where(n => n.StartsWith("Fleet.", StringComparison.Ordinal)).ShouldBeSubsetOf(Allowed[project]);

    [Fact]
    public void Every_project_file_states_only_references_that_the_rules_allow()
    {
        var files = new[] { "services", "gateway", "deploy" }.SelectMany(f => Directory.GetFiles(Path.Combine(Root, f), "*.csproj", SearchOption.AllDirectories)).ToList();
        files.Select(f => Path.GetFileNameWithoutExtension(f)).ShouldBe(Allowed.Keys, ignoreOrder: true);
        foreach (var file in files)
        {
            var references = XDocument.Load(file).Descendants("ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value));
            references.ShouldBeSubsetOf(Allowed[Path.GetFileNameWithoutExtension(file)], file);
        }
    }

    [Fact]
    public void Contracts_need_nothing_but_message_attributes() =>
        Assembly.Load("Fleet.Contracts").GetReferencedAssemblies().Select(r => r.Name!).Where(n => !n.StartsWith("System.", StringComparison.Ordinal)).ShouldBe(["MassTransit.Abstractions"]);

    [Theory]
    [InlineData("Fleet.Inventory"), InlineData("Fleet.Assignment"), InlineData("Fleet.Provisioning"), InlineData("Fleet.Audit")]
    public void A_domain_is_plain_and_knows_no_clock_no_store_and_no_framework(string project)
    {
        var types = Assembly.Load(project).GetTypes().Where(t => t.Namespace?.StartsWith($"{project}.Domain", StringComparison.Ordinal) == true).ToList();
        types.ShouldNotBeEmpty();
        var used = types.SelectMany(Uses).Where(t => t.Namespace is not null).Select(t => t.Assembly.GetName().Name!).Distinct();
        used.Where(a => a != project && a != "Fleet.Contracts" && !a.StartsWith("System.", StringComparison.Ordinal)).ShouldBeEmpty();
        types.SelectMany(Uses).ShouldNotContain(t => t == typeof(TimeProvider));
    }

    private static IEnumerable<Type> Uses(Type type)
    {
        const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        return type.GetFields(All).Select(f => f.FieldType)
            .Concat(type.GetMethods(All).SelectMany(m => m.GetParameters().Select(p => p.ParameterType).Append(m.ReturnType)
                .Concat(m.GetMethodBody()?.LocalVariables.Select(v => v.LocalType) ?? [])))
            .Concat(type.GetConstructors(All).SelectMany(c => c.GetParameters().Select(p => p.ParameterType)))
            .SelectMany(t => t.IsGenericType ? t.GetGenericArguments().Append(t) : [t]);
    }
}
