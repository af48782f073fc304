using System.Text.RegularExpressions;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Hosting;
using Portal.Ingestion.Settings;
using Portal.Platform.Ui;
using Xunit;

namespace Portal.Tests.Ingestion.Domain;

/// <summary>
/// Text that people and senders wrote is split into lines, or joined to one line, only by <c>TextLines</c>, which knows every kind of line
/// break.
/// </summary>
public sealed partial class LineBreakUseTests
{
    // These files split text that has only line feeds, because it was cleaned on the way in or the program itself wrote it.
    private static readonly HashSet<string> Cleaned =
    [
        "BenchPlan.cs", "ChainJson.cs", "Checkpoint.cs", "JournalRecord.cs", "LeafRecord.cs", "LedgerProof.cs", "SignedNote.cs",
        "TextLines.cs",
        "PastedRows.cs", "ProofCheck.cs", "ResavedText.cs",

        // Lines of a file, whose format allows only CR and LF.
        "LetterFile.cs", "CsvRecords.cs",
    ];

    public static TheoryData<string> Breaks => ["\n", "\r", "\r\n", "\v", "\f", "\u0085", "\u2028", "\u2029"];

    [Theory]
    [MemberData(nameof(Breaks))]
    public void No_break_in_a_note_or_a_sender_s_text_glues_words_together(string newLine)
    {
        Assert.Equal("ringet op\ningen svarede", NoteText.Of($"ringet op{newLine}ingen svarede{newLine}"));
        Assert.Equal("ringet op ingen svarede", SendersText.OneLine($"ringet op{newLine}ingen svarede", 100));
        Assert.Equal("ringet op\ningen svarede", SendersText.Lines($"ringet op{newLine}ingen svarede", 100));
        Assert.EndsWith(
            " se linje to", ConfigurationProblemException.OfFile("x.json", $"se{newLine}linje to").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_splits_text_at_some_breaks_only()
    {
        var found = Sources().Where(f => RawBreak().IsMatch(File.ReadAllText(f))).Select(f => Path.GetFileName(f)!)
            .ToHashSet(StringComparer.Ordinal);
        Assert.Contains("TextLines.cs", found);
        Assert.True(found.IsSubsetOf(Cleaned), "Use TextLines: " + string.Join(", ", found.Except(Cleaned)));
    }

    private static IEnumerable<string> Sources() => ((string[])["Portal", "Portal.Ingestion"])
        .SelectMany(p => Directory.EnumerateFiles(Path.Combine(ConfigurationFile.Root, p), "*", SearchOption.AllDirectories))
        .Where(f => (f.EndsWith(".cs", StringComparison.Ordinal) || f.EndsWith(".razor", StringComparison.Ordinal))
            && !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
            && !f.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    [GeneratedRegex(@"ReplaceLineEndings|(?:Split|IndexOfAny|IndexOf|Replace|Contains)\([^()\n]*(?:'\\[nr]'|""(?:\\r)?\\n"")",
        RegexOptions.CultureInvariant)]
    private static partial Regex RawBreak();
}
