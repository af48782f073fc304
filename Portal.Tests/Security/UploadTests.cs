using Xunit;

namespace Portal.Tests.Security;

/// <summary>Every place where a person can choose a file checks its name and its size before it reads it; read from the source.</summary>
public sealed class UploadTests
{
    [Fact]
    public void Every_chosen_file_is_bounded_and_of_an_expected_kind_before_it_is_read()
    {
        var pages = Directory.EnumerateFiles(Path.Combine(SourceTree.Root, "Portal"), "*.razor*", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.EndsWith(".js", StringComparison.Ordinal))
            .Select(f => (Name: Path.GetFileName(f), Text: File.ReadAllText(f)))
            .Where(f => f.Text.Contains("<InputFile", StringComparison.Ordinal)
                || f.Text.Contains("<MudFileUpload", StringComparison.Ordinal))
            .ToList();
        Assert.Equal(3, pages.Count);
        Assert.All(pages, p =>
        {
            var read = p.Text.IndexOf(".OpenReadStream(", StringComparison.Ordinal);
            Assert.InRange(p.Text.IndexOf("FileEnding.Is(", StringComparison.Ordinal), 1, read);
            Assert.InRange(p.Text.IndexOf(".Size > ", StringComparison.Ordinal), 1, read);
        });
    }
}
