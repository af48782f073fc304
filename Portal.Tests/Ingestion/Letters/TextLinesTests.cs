using CsCheck;
using Portal.Ingestion.Domain;
using Xunit;

namespace Portal.Tests.Ingestion.Letters;

public sealed class TextLinesTests
{
    private static readonly string[] Breaks = ["\n", "\r\n", "\r", "\v", "\f", "\u0085", "\u2028", "\u2029", "\r\r\n", "\n \n"];

    [Fact]
    public void A_break_of_any_kind_is_one_space_on_a_line_and_a_line_feed_on_several()
    {
        foreach (var kind in Breaks) Assert.Equal("klar til afsendelse", TextLines.OneLine($" klar{kind}til \t{kind} afsendelse{kind}"));
        foreach (var kind in Breaks[..8]) Assert.Equal("a\nb\n\nc", TextLines.WithLineFeeds($"a{kind}b{kind}{kind}c"));
        Assert.Equal("a  b", TextLines.OneLine("a  b"));
    }

    [Fact]
    public void No_two_words_grow_together() => Gen.Int[0, Breaks.Length - 1].Array[0, 6].Sample(kinds =>
    {
        var text = string.Concat(kinds.Select((kind, n) => $"ord{n}{Breaks[kind]}")) + "slut";
        Assert.Equal([.. kinds.Select((_, n) => $"ord{n}"), "slut"], TextLines.OneLine(text).Split(' '));
    });
}
