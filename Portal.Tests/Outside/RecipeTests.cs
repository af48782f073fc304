using System.Diagnostics;
using System.Text;
using Portal.Features.Registering;
using Portal.Ingestion.Hosting;
using Portal.Tests.Stories;
using Xunit;

namespace Portal.Tests.Outside;

/// <summary>The README's recipes, run as they are printed there, by bash and curl.</summary>
public sealed class RecipeTests
{
    private const string Printed = "http://localhost:5080";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_recipe_in_the_README_does_what_it_says()
    {
        var blocks = await BlocksAsync();
        Assert.Equal(4, blocks.Count);
        Assert.Contains(Printed, blocks[0], StringComparison.Ordinal);
        var portal = await SharedPortals.EmptyAsync();
        using var folder = new TempFolder("recipes");
        var begin = blocks[0].Replace(Printed, portal.Address.ToString().TrimEnd('/'), StringComparison.Ordinal);

        var appeal = await RunAsync(folder.Path, begin + blocks[1]);
        Assert.Equal("\"appealDeadline\":\"2026-03-17\"\n", appeal);

        // "Modtaget Digital Post" (F-1) is neither.
        var told = await RunAsync(folder.Path, begin + blocks[2]);
        Assert.Equal("failed \"letterId\":\"F-3\", delivered \"letterId\":\"F-2\"\n", told);
        var file = LetterFile.Read(await File.ReadAllBytesAsync(Path.Combine(folder.Path, "breve.csv"), Stop), DateTimeOffset.UtcNow);
        Assert.Equal(["F-1", "F-2", "F-3"], file.Lines.Select(l => l.Letter?.LetterId));

        var read = await RunAsync(folder.Path, begin + blocks[3]);
        Assert.Equal("F-2026-3: Varsel (F-3) til Cecilie Nabo, sendt 18.02.2026 09:00:00: Fejlet\n", read);
    }

    // The code between "## Recipes" and the next heading.
    private static async Task<IReadOnlyList<string>> BlocksAsync()
    {
        var blocks = new List<string>();
        var (inside, code) = (false, (StringBuilder?)null);
        foreach (var line in await File.ReadAllLinesAsync(Path.Combine(ConfigurationFile.Root, "README.md"), Stop))
        {
            if (code is null && line.StartsWith("## ", StringComparison.Ordinal)) inside = line == "## Recipes";
            if (!inside) continue;
            if (code is null && line == "```bash") code = new StringBuilder();
            else if (code is not null && line == "```")
            {
                blocks.Add(code.ToString());
                code = null;
            }
            else code?.Append(line).Append('\n');
        }

        return blocks;
    }

    private static async Task<string> RunAsync(string folder, string script)
    {
        var start = new ProcessStartInfo("bash", ["-eu", "-o", "pipefail", "-s"])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        };
        using var bash = Process.Start(start)!;
        try
        {
            await bash.StandardInput.WriteAsync(script.AsMemory(), Stop);
            bash.StandardInput.Close();
            var (output, error) = (bash.StandardOutput.ReadToEndAsync(Stop), bash.StandardError.ReadToEndAsync(Stop));
            await bash.WaitForExitAsync(Stop).WaitAsync(TimeSpan.FromMinutes(1), Stop);
            Assert.True(bash.ExitCode == 0, $"{await error}\n{await output}");
            return await output;
        }
        finally
        {
            if (!bash.HasExited) bash.Kill(entireProcessTree: true);
        }
    }
}
