using System.Text;
using CsCheck;
using Portal.Ingestion.Envelopes;
using Xunit;
using static Portal.Tests.Ingestion.Envelopes.EnvelopeText;

namespace Portal.Tests.Ingestion.Envelopes;

/// <summary>A payload's status, time and identifiers are read whatever character set its label names (DOMAIN §1).</summary>
public sealed class PayloadCharsetTests
{
    private static readonly string Status =
        $"<PKO_PostStatus xmlns=\"{EnvelopeNames.PostStatus}\"><MessageUUID>4f1c2d3e-0000-4000-8000-000000000001</MessageUUID>"
        + "<KanalKode>Strålfors</KanalKode>"
        + "<TransaktionsDatoTid>2023-02-13T12:21:40+01:00</TransaktionsDatoTid>"
        + "<TransaktionsStatusKode>Fejlet</TransaktionsStatusKode></PKO_PostStatus>";

    static PayloadCharsetTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    private static EnvelopeReading.Understood Read(byte[] payload, string? label, Func<string, string>? write = null)
    {
        var base64 = Convert.ToBase64String(payload);
        return Assert.IsType<EnvelopeReading.Understood>(
            EnvelopeText.Read(Bare(data: Base64(write is null ? base64 : write(base64), label is null ? "" : $"encoding=\"{label}\""))));
    }

    private static void Holds(EnvelopeReading.Understood read, string channel = "Strålfors")
    {
        var status = read.PostStatus;
        Assert.NotNull(status);
        Assert.Equal(("4f1c2d3e-0000-4000-8000-000000000001", channel, "Fejlet"),
            (status.MessageUUID, status.KanalKode, status.TransaktionsStatusKode));
        Assert.Equal(new DateTimeOffset(2023, 2, 13, 11, 21, 40, TimeSpan.Zero), status.TransaktionsDatoTid!.At);
    }

    [Theory]
    [InlineData("iso-8859-1", null, "UTF-8")]
    [InlineData("windows-1252", null, null)]
    [InlineData("utf-8", null, "klingon")]
    [InlineData("utf-8", null, "utf-16")]
    [InlineData("utf-8", "utf-16", "utf-16")]
    [InlineData("utf-8", "utf-8", "iso-8859-1")]
    [InlineData("utf-8", null, "iso-8859-1")]
    [InlineData("utf-8", "iso-8859-1", null)]
    [InlineData("utf-8", "windows-1252", "windows-1252")]
    [InlineData("iso-8859-1", "utf-8", "UTF-8")]
    [InlineData("iso-8859-1", "iso-8859-1", "UTF-8")]
    [InlineData("windows-1252", "windows-1252", null)]
    [InlineData("utf-16", null, "UTF-8")]
    [InlineData("utf-16", "utf-16", "UTF-8")]
    [InlineData("utf-16BE", "utf-16", null)]
    [InlineData("utf-32", null, "UTF-8")]
    [InlineData("utf-8", null, "iso-8859-15")]
    [InlineData("ibm850", null, "UTF-8")]
    [InlineData("ibm850", "ibm850", null)]
    [InlineData("macintosh", null, null)]
    public void The_bytes_decide_the_charset(string actual, string? declared, string? label)
    {
        var encoding = Encoding.GetEncoding(actual);
        var text = (declared is null ? "" : $"<?xml version=\"1.0\" encoding=\"{declared}\"?>") + Status;
        foreach (var marked in (bool[])[true, false])
        {
            if (!marked && actual == "utf-32") continue;
            Holds(Read([.. marked ? encoding.GetPreamble() : [], .. encoding.GetBytes(text)], label));
        }
    }

    [Fact]
    public void A_wrong_label_is_reported_on_the_message_that_is_read()
    {
        Assert.Contains("læst som windows-1252", Read(Encoding.Latin1.GetBytes(Status), "UTF-8").PayloadTrouble, StringComparison.Ordinal);
        Assert.Null(Read(Encoding.Latin1.GetBytes(Status), "iso-8859-1").PayloadTrouble);
    }

    [Fact]
    public void What_is_called_latin_1_keeps_the_marks_that_windows_1252_has_there()
    {
        foreach (var label in (string[])["iso-8859-1", "windows-1252"])
        {
            var read = Read(
                Encoding.GetEncoding(1252).GetBytes(Status.Replace("Strålfors", "Strålfors – “A/S”", StringComparison.Ordinal)), label);
            Assert.Equal(("Strålfors – “A/S”", null), (read.PostStatus!.KanalKode, read.PayloadTrouble));
        }
    }

    [Theory]
    [InlineData("\u0001")]
    [InlineData("\0")]
    [InlineData("\u000B\u001F")]
    [InlineData("&#x1;")]
    [InlineData("&#0;&#31;&#xFFFE;&#xD800;&#x110000;&#99999999999;")]
    [InlineData("\uFFFF")]
    public void Characters_that_xml_forbids_are_left_out(string forbidden) =>
        Holds(Read(Bytes(Status.Replace("Strålfors", $"Strål{forbidden}fors", StringComparison.Ordinal)
            .Insert(0, forbidden.StartsWith('&') ? "" : forbidden)), "UTF-8"));

    [Fact]
    public void Base64_is_read_as_systems_write_it()
    {
        // Its Base64 contains the characters in which the two Base64 alphabets differ (+/ and -_).
        var text = Status.Replace("Strålfors", "Strålfors ÿÿ??>>~~ûûïï", StringComparison.Ordinal);
        foreach (var write in (Func<string, string>[])
        [
            b => b.TrimEnd('='), b => b.Replace('+', '-').Replace('/', '_'), b => b.Replace('+', '-').Replace('/', '_').TrimEnd('='),
            b => string.Join("\r\n\t", b.Chunk(20).Select(c => new string(c))),
            b => string.Join(" ", b.Chunk(3).Select(c => new string(c))).TrimEnd('='),
        ])
        {
            foreach (var spaces in (string[])["", " ", "  "]) Holds(Read(Bytes(text + spaces), "UTF-8", write), "Strålfors ÿÿ??>>~~ûûïï");
        }
    }

    [Fact]
    public void Any_bytes_at_all_leave_the_message_accepted() => Gen.Byte.Array[0, 200].Select(Gen.Int[0, 3]).Sample(
        (bytes, label) => { Read(bytes, label switch { 0 => null, 1 => "UTF-8", 2 => "utf-16", _ => "iso-8859-1" }); });
}
