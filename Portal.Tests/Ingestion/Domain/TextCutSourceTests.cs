using System.Text.RegularExpressions;
using Xunit;

namespace Portal.Tests.Ingestion.Domain;

/// <summary>
/// Checks the source of both programs: only <c>TextCut</c> shortens text. Another cut may leave half a character, which once stopped the
/// log.
/// </summary>
public sealed partial class TextCutSourceTests
{
    // These cut something other than text of people or senders: bytes, rows, hexadecimal digits, digits of a checked number.
    private static readonly HashSet<string> NotText =
    [
        "AmqpCertificates.cs start[..read]", "BenchMessages.cs .AsSpan(0, 16)", "BenchPart.cs )[..16]",
        "AccessSettings.cs )[..16]", "PersonIds.cs )[..HashCharacters]", "ProtectedXml.cs into[..NonceBytes]",
        "ProtectedXml.cs from[..NonceBytes]",
        "BoundedBody.cs read[..DeliveryCut.KeptBytes(read.Length, whole)]",
            "Checkpoint.cs root[..length]", "ContentCodec.cs .AsSpan(0, length)",
        "ContentPacking.cs .AsSpan(0, bytes.Length - length + decoded)", "CprNumber.cs .AsSpan(0, 6)", "DanishTime.cs .AsSpan(0, 7)",
            "DemoSeed.cs .AsSpan(0, 16)", "DemoStream.cs uuid[..6]",
        "DemoStream.cs uuid[..8]", "EvidenceWords.cs )[..6]",
            "LedgerKeyFile.cs .AsSpan(0, length)", "LedgerProof.cs bytes[..length]", "LetterChanges.cs Sha256[..8]",
        "MeasurementEndpoints.cs rows[..limit]",
        "MerkleHash.cs level[..Size]", "MessageIdentifiers.cs digits[..Math.Min(digits.Length, 16)]",
            "ReadingTimes.cs BeskedId[..8]", "RevealNumber.razor digits[..6]",
        "PostgresErrors.cs .AsSpan(0, Math.Min(2, state.Length)", "StoredMessageKind.cs )[..16]",
            "TileTree.cs .AsSpan(0, width * MerkleHash.Size)", "BatchIsolation.cs Span[..length]",
        "BenchMessages.cs ][..^(100 + (n / RubbishEvery))]", "BoardPresence.razor Concat(words.Take(2)",
        "JsonLines.cs here[..Math.Max(0, here.LastIndexOfAny(['.', '[']",
        "TextCut.cs .AsSpan(0, Boundary(text, most)",
        "App.razor )[..12]", "ChainSurface.razor.js .slice(0, mostGhosts)", "drafts.js .slice(0, 20)",
        "IQuarantineCauses.cs .AsSpan(0, KeyBytes)", "JsonText.cs body[..body.Span.TrimEnd((byte)0).Length]",
        "KeyCheck.cs parts[..^1]", "KeyCheck.cs .AsSpan(0, wanted.Length - 1)", "KeyCheck.cs .AsSpan(0, given.Length)",
        "PayloadText.cs buffer[..length]", "PayloadText.cs bytes[..Math.Min(bytes.Length, DeclarationLength)]",
        "TwiceEncoded.cs sequence[..length]", "ProgramVersion.cs version[..(plus + 1 + CommitLength)]",
        "QueueConsumer.cs Span[..copy.Length]", "WrittenDate.cs .AsSpan(0, 5)",
        "XmlEnding.cs head[..(head.Length - (head.Length % unit))]", "XmlEnding.cs )[..^1]", "XmlEnding.cs tag[..^name.Length]",
        "BoundedBody.cs read[..DeliveryCut.KeptBytes(read.Length, whole)]",

        // Not every browser can split text into characters (grapheme clusters): toWellFormed repairs what these cut.
        "ChainBoard.razor.js .slice(0, mostKept)", "drafts.js .slice(0, 160)",
    ];

    [Fact]
    public void Nothing_shortens_text_but_the_one_function()
    {
        var found = Sources().SelectMany(f =>
            CutsIn(File.ReadAllText(f)).Select(cut => $"{Path.GetFileName(f)} {cut}")).ToHashSet(StringComparer.Ordinal);

        Assert.Contains("TextCut.cs .AsSpan(0, Boundary(text, most)", found);
        Assert.True(found.IsSubsetOf(NotText), "Shorten text with TextCut.At:\n" + string.Join('\n', found.Except(NotText)));
    }

    [Theory]
    [InlineData("var a = text[..Max] + \"…\";")]
    [InlineData("var a = text[0..300];")]
    [InlineData("var a = Name()[..longest];")]
    [InlineData("var a = name!.Substring(0, 20);")]
    [InlineData("var a = name.Remove(20);")]
    [InlineData("var a = new string(name.Take(20).ToArray());")]
    [InlineData("var a = string.Concat(name.Take(MaxName));")]
    [InlineData("var a = text.AsSpan(0, limit);")]
    [InlineData("const a = text.slice(0, 40);")]
    [InlineData("const a = text.substring(0, max);")]
    public void A_cut_in_any_of_the_ways_of_both_languages_is_found(string line) => Assert.NotEmpty(CutsIn(line));

    private static IEnumerable<string> CutsIn(string source) =>
        Cuts().Matches(source).Where(m => Length().IsMatch(m.Groups["at"].Value)).Select(m => m.Value);

    private static IEnumerable<string> Sources() => new[] { "Portal", "Portal.Ingestion" }
        .SelectMany(p => Directory.EnumerateFiles(Path.Combine(SourceTree.Root, p), "*", SearchOption.AllDirectories))
        .Where(f => Path.GetExtension(f) is ".cs" or ".razor" or ".js" && !Skipped().IsMatch(f));

    // Finds x[..n], x[0..n], Substring(0, n), Remove(n), AsSpan(0, n), Concat(x.Take(n)), new string(x.Take(n)), and JavaScript's slice,
    // substring and substr from 0.
    [GeneratedRegex(@"(?:\w+|[)\]!?])\[0?\.\.(?<at>\^?[^\]\s.][^\]]*)\]|\.Substring\(0, "
        + @"?(?<at>[^)]+)\)|\.Remove\((?<at>\d+|[A-Z][A-Za-z]+|max\w*|limit)\)|\.AsSpan\(0, "
        + @"?(?<at>[^)]+)\)|(?:Concat|new string)\([\w.]+\.Take\((?<at>[^)]*)\)|\.(?:slice|substring|substr)\(0, ?(?<at>[^)]+)\)")]
    private static partial Regex Cuts();

    // Matches a length, as opposed to the index of something that was searched for.
    [GeneratedRegex(@"^[\^(]*(?:\d|[A-Z]\w*\b(?!\.))|(?i:max\b|most|limit|longest|shown|length|width|size|Math\.Min)")]
    private static partial Regex Length();

    [GeneratedRegex(@"[/\\](bin|obj|lib|node_modules|Migrations\w*)[/\\]|\.Designer\.cs$|\.min\.js$")]
    private static partial Regex Skipped();
}
