using System.Xml.Linq;
using Portal.Hosting;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Hosting;
using Portal.Tests.Api;
using Xunit;

namespace Portal.Tests.Ingestion.Hosting;

/// <summary>The product has the same name everywhere.</summary>
public sealed class ProductNameTests
{
    [Fact]
    public async Task Pages_interface_help_and_README_have_one_name()
    {
        var texts = XDocument.Load(
            Directory.EnumerateFiles(Path.Combine(SourceTree.Root, "Portal"), "ShellTexts.resx", SearchOption.AllDirectories).Single());
        Assert.Equal(ProgramVersion.Product,
            texts.Root!.Elements("data").Single(d => (string?)d.Attribute("name") == "Product").Element("value")!.Value);
        Assert.StartsWith(ProgramVersion.Product + ":", PortalHelp.Answer(["--help"]), StringComparison.Ordinal);
        Assert.Equal($"# {ProgramVersion.Product}",
            (await File.ReadAllLinesAsync(Path.Combine(ConfigurationFile.Root, "README.md"), TestContext.Current.CancellationToken))[0]);
        await using var host = await ApiHost.StartAsync();
        Assert.Equal(ProgramVersion.Product, (string?)(await (await host.Anonymous.Get("/openapi/v1.json")).Json())["info"]!["title"]);
    }
}
