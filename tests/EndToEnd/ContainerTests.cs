namespace Fleet.Tests.EndToEnd;

/// <summary>The container files cannot be run here, but they can be checked, and what they run can be run.</summary>
public sealed class ContainerTests
{
    [Fact]
    public async Task The_compose_file_is_valid_and_opens_the_gateway_only()
    {
        var secrets = Path.Combine(Installation.Root, "deploy/secrets");
        var existed = Directory.Exists(secrets);
        try
        {
            if (!existed) (await Installation.RunAsync(Path.Combine(Installation.Root, "deploy/make-secrets.sh"), [])).ExitCode.ShouldBe(0);
            var (code, output) = await Installation.RunAsync("docker-compose", ["-f", Path.Combine(Installation.Root, "docker-compose.yml"), "config"]);
            code.ShouldBe(0, output);
            output.Split('\n').Count(l => l.TrimStart().StartsWith("ports:", StringComparison.Ordinal)).ShouldBe(1);
        }
        finally
        {
            if (!existed && Directory.Exists(secrets)) Directory.Delete(secrets, recursive: true);
        }
    }

    [Fact]
    public async Task What_the_build_stage_runs_works_natively()
    {
        var dockerfile = await File.ReadAllTextAsync(Path.Combine(Installation.Root, "deploy/Dockerfile"));
        dockerfile.ShouldContain("RUN deploy/publish.sh \"$SERVICE\" /app");
        var target = Directory.CreateTempSubdirectory("fleet-publish-").FullName;
        try
        {
            var (code, output) = await Installation.RunAsync(
                Path.Combine(Installation.Root, "deploy/publish.sh"), ["services/Inventory/Fleet.Inventory", target]);
            code.ShouldBe(0, output);
            File.Exists(Path.Combine(target, "Fleet.Inventory.dll")).ShouldBeTrue();
        }
        finally
        {
            Directory.Delete(target, recursive: true);
        }
    }
}
