using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;
using Portal.Ingestion.Ledger.Keeping;
using Portal.Ingestion.Ledger.Notes;
using Portal.Ingestion.Ledger.Tree;
using Portal.Ingestion.Verification;
using Xunit;

namespace Portal.Tests.Ingestion.Ledger;

/// <summary>Files that an editor, a mail program or a web page saved again are restored when read, or reported as resaved.</summary>
public sealed class ResavedFileTests
{
    private static readonly byte[] Message = Encoding.UTF8.GetBytes("<a>æ\n b</a>\n");

    static ResavedFileTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    private static (VerifierKey Key, string Proof, string Note) Make()
    {
        using var signer = new LogSigner("portal.local/beskeder", Key.Create(SignatureAlgorithm.Ed25519));
        var record = Encoding.UTF8.GetBytes(
            $"portal-besked/v1\nb1\n2026-03-01T00:00:00.000Z\n{Convert.ToHexStringLower(SHA256.HashData(Message))}\n");
        var head = new Checkpoint(signer.Verifier.Name, 1, MerkleHash.OfLeaf(record));
        var note = new SignedNote(head.ToText(), [new NoteSignature(signer.Verifier.Name, signer.Verifier.Id, signer.Sign(head))]);
        return (signer.Verifier, new LedgerProof(record, 0, [], note).ToString(), note.ToString());
    }

    public static TheoryData<string> Ways => [.. Resave.Keys];

    private static readonly Dictionary<string, Func<string, byte[]>> Resave = new()
    {
        ["CRLF"] = t => Encoding.UTF8.GetBytes(t.Replace("\n", "\r\n", StringComparison.Ordinal)),
        ["CR"] = t => Encoding.UTF8.GetBytes(t.Replace('\n', '\r')),
        ["BOM"] = t => [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(t)],
        ["BOM and CRLF"] =
            t => [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(t.Replace("\n", "\r\n", StringComparison.Ordinal))],
        ["UTF-16"] =
            t => [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(t.Replace("\n", "\r\n", StringComparison.Ordinal))],
        ["UTF-16 big-endian"] = t => [.. Encoding.BigEndianUnicode.GetPreamble(), .. Encoding.BigEndianUnicode.GetBytes(t)],
        ["Windows-1252"] = t => Encoding.GetEncoding(1252).GetBytes(t),
        ["no last break"] = t => Encoding.UTF8.GetBytes(t.TrimEnd('\n')),
        ["empty lines at the end"] = t => Encoding.UTF8.GetBytes(t + "\n\n \n"),
        ["empty lines before"] = t => Encoding.UTF8.GetBytes("\n" + t),
        ["spaces at line ends"] = t => Encoding.UTF8.GetBytes(t.Replace("\n", " \n", StringComparison.Ordinal)),
        ["non-breaking spaces"] = t => Encoding.UTF8.GetBytes(t.Replace(' ', '\u00A0')),
        ["character references"] = t => Encoding.UTF8.GetBytes(t.Replace("—", "&mdash;", StringComparison.Ordinal)),
        ["another dash"] = t => Encoding.UTF8.GetBytes(t.Replace("—", "–", StringComparison.Ordinal)),
        ["UTF-16 without a mark"] = t => Encoding.Unicode.GetBytes(t),
        ["UTF-32"] = t => [.. Encoding.UTF32.GetPreamble(), .. Encoding.UTF32.GetBytes(t)],
        ["an empty line after each"] = t => Encoding.UTF8.GetBytes(t.Replace("\n", "\r\n\r\n", StringComparison.Ordinal)),
        ["no empty lines"] = t => Encoding.UTF8.GetBytes(t.Replace("\n\n", "\n", StringComparison.Ordinal)),
        ["spaces before lines"] = t => Encoding.UTF8.GetBytes("  " + t.Replace("\n", "\n\t", StringComparison.Ordinal)),
        ["narrow spaces"] = t => Encoding.UTF8.GetBytes(t.Replace(' ', '\u202F')),
        ["two spaces"] = t => Encoding.UTF8.GetBytes(t.Replace(" ", "  ", StringComparison.Ordinal)),
        ["line separators"] = t => Encoding.UTF8.GetBytes(t.Replace('\n', '\u2028')),
        ["invisible characters"] = t => Encoding.UTF8.GetBytes(t.Replace("/", "/\u2060\u00AD", StringComparison.Ordinal)),
        ["a hyphen"] = t => Encoding.UTF8.GetBytes(t.Replace("—", "-", StringComparison.Ordinal)),
        ["two hyphens"] = t => Encoding.UTF8.GetBytes(t.Replace("—", "--", StringComparison.Ordinal)),
        ["a question mark for the dash"] = t => Encoding.UTF8.GetBytes(t.Replace("—", "?", StringComparison.Ordinal)),
        ["quoted-printable"] = t => Encoding.ASCII.GetBytes(QuotedPrintable(t)),
        ["wrapped at 76"] = t => Encoding.UTF8.GetBytes(Wrapped(t)),
        ["quoted in an answer"] = t => Encoding.UTF8.GetBytes("> " + t.TrimEnd('\n').Replace("\n", "\r\n> ", StringComparison.Ordinal)),
        ["links"] = t => Encoding.UTF8.GetBytes(
            t.Replace("portal.local/beskeder", "portal.local/beskeder <http://portal.local/beskeder>", StringComparison.Ordinal)),
        ["a web page of lines"] = t => Encoding.UTF8.GetBytes(
            $"<!DOCTYPE html><html><head><title>x</title></head><body><pre>{System.Net.WebUtility.HtmlEncode(t)}</pre></body></html>"),
        ["a web page of paragraphs"] = t => Encoding.UTF8.GetBytes("<html><body>"
            + string.Concat(t.Split('\n').Select(l => $"<p class=\"x\">{l.Replace("—", "&#8212;", StringComparison.Ordinal)}</p>\r\n"))
            + "</body></html>"),
        ["UTF-8 read as Windows-1252"] = t => Encoding.UTF8.GetBytes(t.Replace("—", "â€”", StringComparison.Ordinal)),
    };

    // Encodes as a mail program does: equal signs and the dash in hexadecimal, and soft line breaks.
    private static string QuotedPrintable(string text) =>
        string.Join("\r\n", text.Split('\n').Select(line => string.Join("=\r\n", line.Chunk(66)
            .Select(part => new string(part).Replace("=", "=3D", StringComparison.Ordinal)
                .Replace("—", "=E2=80=94", StringComparison.Ordinal)))));

    private static string Wrapped(string text) => string.Join("\r\n", text.Split('\n').SelectMany(line => line.StartsWith('—')
        ? [line[..line.LastIndexOf(' ')], .. line[(line.LastIndexOf(' ') + 1)..].Chunk(76).Select(part => new string(part))]
        : line.Length == 0 ? [""] : line.Chunk(76).Select(part => new string(part))));

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_checkpoint_and_a_proof_that_were_saved_again_are_put_back_and_it_is_said(string way)
    {
        var (key, proof, text) = Make();
        var note = SignedNote.ParseFile(Resave[way](text), key, out var resaved);
        Assert.True(resaved);
        Assert.NotNull(SignedCheckpoint.Read(note, key, out _));
        Assert.Equal(text, note!.ToString());

        Assert.Null(ProofCheck.OfFiles(Resave[way](proof), Message, key, out var record, out var put));
        Assert.Equal(("b1", "bevisfilen"), (record!.Id, put));
        Assert.Equal(key.ToString(), VerifierKey.Parse(ResavedText.Restore(Resave[way](key + "\n")).Text)!.ToString());
    }

    [Fact]
    public void Files_as_they_were_made_are_taken_without_a_word()
    {
        var (key, proof, text) = Make();
        Assert.NotNull(SignedNote.ParseFile(Encoding.UTF8.GetBytes(text), key, out var resaved));
        Assert.False(resaved);
        Assert.Null(ProofCheck.OfFiles(Encoding.UTF8.GetBytes(proof), Message, key, out _, out var put));
        Assert.Null(put);
    }

    [Fact]
    public void A_message_that_was_saved_again_is_put_back_to_the_bytes_that_the_proof_has_the_hash_of()
    {
        var (key, proof, _) = Make();
        foreach (var message in (byte[][])
        [
            [.. Encoding.UTF8.GetPreamble(), .. Message], Encoding.UTF8.GetBytes("<a>æ\r\n b</a>\r\n"),
            Encoding.UTF8.GetBytes("<a>æ\n b</a>"),
            [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("<a>æ\r\n b</a>\r\n")],
        ])
        {
            Assert.Null(ProofCheck.OfFiles(Encoding.UTF8.GetBytes(proof), message, key, out _, out var put));
            Assert.Equal("beskedens fil", put);
        }

        Assert.Contains("SHA-256", ProofCheck.OfFiles(
            Encoding.UTF8.GetBytes(proof), Encoding.UTF8.GetBytes("<a>ø\n b</a>\n"), key, out _, out var none), StringComparison.Ordinal);
        Assert.Null(none);
    }

    [Fact]
    public void What_cannot_be_put_back_is_said_to_be_saved_again_and_what_was_changed_is_not()
    {
        var (key, proof, text) = Make();
        var cut = Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(proof[..40])).ToArray();
        Assert.Contains(ResavedText.GetAgain, ProofCheck.OfFiles(cut, Message, key, out _, out _), StringComparison.Ordinal);
        var forged = Encoding.UTF8.GetBytes(
            text.Replace("\n1\n", "\n2\n", StringComparison.Ordinal).Replace("\n", "\r\n", StringComparison.Ordinal));
        Assert.Null(SignedCheckpoint.Read(SignedNote.ParseFile(forged, key, out _), key, out var why));
        Assert.Contains("underskriften", why, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void The_log_s_own_key_is_the_same_key_when_its_file_was_saved_again(string way)
    {
        var folder = Directory.CreateTempSubdirectory("resaved-key").FullName;
        var path = Path.Combine(folder, "ledger.key");
        using var made = LedgerKeyFile.ReadOrMake(path);
        var text = File.ReadAllText(path);
        var mode = OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(path);
        File.WriteAllBytes(path, Resave[way](text.ReplaceLineEndings("\n")));
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, mode);
        using var again = LedgerKeyFile.Read(path);
        Assert.Equal(made.PublicKey, again!.PublicKey);
        Directory.Delete(folder, recursive: true);
    }
}
