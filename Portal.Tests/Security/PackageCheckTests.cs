using System.Diagnostics;
using System.Text.Json;
using Xunit;

namespace Portal.Tests.Security;

/// <summary>What the build server says of the packages (<c>.ci/vulnerable-packages</c>, <c>.ci/bill-of-materials</c>).</summary>
public sealed class PackageCheckTests
{
    private const string Source = "https://api.nuget.org/v3/index.json";
    private const string Index = """{ "resources": [ { "@type": "VulnerabilityInfo/6.7.0" }, { "@type": "PackageBaseAddress/3.0.0" } ] }""";

    private static string Report(string packages) => $$"""
        { "version": 1, "sources": [ "{{Source}}" ], "projects": [ { "path": "a.csproj" }, { "path": "b.csproj",
          "frameworks": [ { "framework": "net10.0", {{packages}} } ] } ] }
        """;

    private static async Task<(int Status, string[] Lines)> RunAsync(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(SourceTree.Root, ".ci", script), arguments) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var text = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, text.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private static async Task<(int Status, string[] Lines)> CheckAsync(string report, string index = Index)
    {
        using var folder = new TempFolder("packages");
        var (at, of) = (Path.Combine(folder.Path, "report.json"), Path.Combine(folder.Path, "index.json"));
        await File.WriteAllTextAsync(at, report, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(of, index, TestContext.Current.CancellationToken);
        return await RunAsync("vulnerable-packages", at, of);
    }

    [Theory]
    [InlineData("topLevelPackages")]
    [InlineData("transitivePackages")]
    public async Task A_package_with_a_known_vulnerability_fails_the_run_and_is_named_with_its_advisory(string where)
    {
        var (status, lines) = await CheckAsync(Report($$"""
            "{{where}}": [ { "id": "Newtonsoft.Json", "requestedVersion": "12.0.1", "resolvedVersion": "12.0.1", "vulnerabilities": [
              { "severity": "High", "advisoryurl": "https://github.com/advisories/GHSA-5crp-9r3c-p9vr" } ] } ]
            """));
        Assert.Equal(1, status);
        Assert.Equal(["Packages with known vulnerabilities: 1",
            "  Newtonsoft.Json 12.0.1: High, https://github.com/advisories/GHSA-5crp-9r3c-p9vr"], lines);
    }

    [Fact]
    public async Task A_vulnerability_fails_the_run_although_the_source_seems_to_have_no_list() =>
        Assert.Equal(1, (await CheckAsync(
            Report("""
            "topLevelPackages": [ { "id": "A", "resolvedVersion": "1", "vulnerabilities": [ { "severity": "Low" } ] } ]
            """), "{}")).Status);

    [Fact]
    public async Task Without_any_the_run_continues_and_says_so()
    {
        var (status, lines) = await CheckAsync(Report(""" "topLevelPackages": [ { "id": "A", "resolvedVersion": "1" } ] """));
        Assert.Equal((0, "Packages with known vulnerabilities: none."), (status, Assert.Single(lines)));
    }

    [Theory]
    [InlineData("", Index)]
    [InlineData("error: Unable to load the service index", Index)]
    [InlineData("""{ "problems": [ { "level": "error", "text": "No assets file was found" } ], "projects": [] }""", Index)]
    [InlineData("""{ "sources": [], "projects": [] }""", Index)]
    [InlineData("""{ "sources": [ "https://api.nuget.org/v3/index.json" ], "projects": [] }""",
        """{ "resources": [ { "@type": "PackageBaseAddress/3.0.0" } ] }""")]
    [InlineData("""{ "sources": [ "https://api.nuget.org/v3/index.json" ], "projects": [] }""", "no json")]
    public async Task When_nobody_could_be_asked_one_line_says_not_checked_and_the_run_continues(string report, string index)
    {
        var (status, lines) = await CheckAsync(report, index);
        Assert.Equal(0, status);
        Assert.StartsWith("Packages with known vulnerabilities: not checked: ", Assert.Single(lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_bill_of_materials_has_every_package_with_its_hash()
    {
        using var folder = new TempFolder("packages");
        var file = Path.Combine(folder.Path, "bom.json");
        Assert.Equal(0, (await RunAsync("bill-of-materials", file)).Status);
        using var bom = JsonDocument.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        Assert.Equal("CycloneDX", bom.RootElement.GetProperty("bomFormat").GetString());
        var packages = bom.RootElement.GetProperty("components").EnumerateArray()
            .ToDictionary(c => c.GetProperty("name").GetString()!, c => c, StringComparer.OrdinalIgnoreCase);

        // One that a project names, and one that only a package brings along.
        foreach (var name in (string[])["MudBlazor", "Npgsql", "SQLitePCLRaw.core"])
        {
            var hash = packages[name].GetProperty("hashes")[0].GetProperty("content").GetString()!;
            Assert.Equal(128, hash.Length);
            Assert.Equal($"pkg:nuget/{name}@{packages[name].GetProperty("version").GetString()}",
                packages[name].GetProperty("purl").GetString(), ignoreCase: true);
        }
    }
}
