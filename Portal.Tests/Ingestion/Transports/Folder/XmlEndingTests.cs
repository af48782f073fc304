using System.Text;
using CsCheck;
using Portal.Ingestion.Transports.Folder;
using Xunit;

namespace Portal.Tests.Ingestion.Transports.Folder;

public sealed class XmlEndingTests
{
    private static readonly Encoding[] Encodings =
    [
        new UTF8Encoding(false), new UTF8Encoding(true), Encoding.Latin1, new UnicodeEncoding(false, true), new UnicodeEncoding(true, true),
        new UnicodeEncoding(false, false),
        new UnicodeEncoding(true, false), new UTF32Encoding(false, true), new UTF32Encoding(true, true),
    ];

    private static readonly Gen<Encoding> AnyEncoding = Gen.Int[0, Encodings.Length - 1].Select(n => Encodings[n]);

    private static readonly Gen<string> Name = Any("a", "Haendelsesbesked", "ns1:Haendelsesbesked", "bæsked", "a-b.c");

    private static readonly Gen<string> Before =
        Any("", "<?xml version=\"1.0\"?>\r\n", "<!-- <b> -->", "<?xml version='1.0'?><!-- a > b -->\n<?pi x?>\n");

    private static readonly Gen<string> Inside =
        Any("", "tekst", "<b/>", "<b>x</b>\n", "<b><c d=\"1 > 0\"/></b>", "<!-- x -->", "<![CDATA[</a>]]>x<b>y</b>");

    private static readonly Gen<string> After = Any("", "\n", "\r\n\t ", "<!-- slut -->", "\n<?pi?>\n<!-- <x> -->\n");

    private static readonly Gen<(Encoding Encoding, string Document, string After)> Document =
        Gen.Select(AnyEncoding, Name, Before, Inside.Array[0, 6], After)
            .Select(t => (t.Item1, $"{t.Item3}<{t.Item2} x='/>'>{string.Concat(t.Item4)}</{t.Item2}>", t.Item5));

    [Fact]
    public void Every_document_in_every_encoding_is_ended() =>
        Document.Sample(d => IsEnded(Bytes(d.Encoding, d.Document + d.After)));

    [Fact]
    public void No_document_that_is_cut_off_anywhere_is_ended() =>
        Gen.Select(Document, Gen.Double[0, 1]).Sample((d, where) =>
        {
            var bytes = Bytes(d.Encoding, d.Document);
            return !IsEnded(bytes[..(int)(where * (bytes.Length - 1))]);
        });

    [Fact]
    public void No_document_whose_rest_is_still_zero_bytes_is_ended() =>
        Gen.Select(Document, Gen.Int[1, 9000]).Sample((d, zeros) => !IsEnded([.. Bytes(d.Encoding, d.Document), .. new byte[zeros]]));

    [Theory]
    [InlineData("<a/>", true)]
    [InlineData("<a b='>'/>\n", true)]
    [InlineData("<a/><b/>", false)]
    [InlineData("<a><a/>", false)]
    [InlineData("<a></b>", false)]
    [InlineData("<ab></a>", false)]
    [InlineData("<a></ab>", false)]
    [InlineData("<a></a >", true)]
    [InlineData("<a", false)]
    [InlineData("", false)]
    [InlineData("   ", false)]
    [InlineData("ikke xml", false)]
    [InlineData("ikke xml >", true)]
    [InlineData("<!DOCTYPE a [ <!ELEMENT a ANY> ]><a></a>", true)]
    public void Which_outages_end_and_which_do_not(string text, bool ended) => Assert.Equal(ended, IsEnded(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void A_file_larger_than_what_is_looked_at_is_judged_by_its_two_ends()
    {
        foreach (var encoding in Encodings)
        {
            var whole = Bytes(encoding, $"<a>{string.Concat(Enumerable.Repeat("<b>x</b>\n", 30_000))}</a>\n");
            Assert.True(IsEnded(whole), encoding.EncodingName);
            Assert.False(IsEnded(whole[..(whole.Length / 2)]), encoding.EncodingName);
        }
    }

    private static Gen<string> Any(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(n => texts[n]);

    private static byte[] Bytes(Encoding encoding, string text) => [.. encoding.GetPreamble(), .. encoding.GetBytes(text)];

    private static bool IsEnded(byte[] bytes) => bytes.Length <= XmlEnding.Window
        ? XmlEnding.IsEnded(bytes, bytes, bytes.Length)
        : XmlEnding.IsEnded(bytes.AsSpan(0, XmlEnding.Window), bytes.AsSpan(bytes.Length - XmlEnding.Window), bytes.Length);
}
