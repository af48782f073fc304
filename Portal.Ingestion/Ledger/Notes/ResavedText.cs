using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Portal.Ingestion.Domain;

namespace Portal.Ingestion.Ledger.Notes;

/// <summary>
/// Restores the text of a checkpoint, a proof or a key from a file that an editor, a mail program or a browser saved again: in another
/// encoding, with other line breaks, spaces, empty lines or dashes, quoted-printable, wrapped, quoted, with words turned into links, or as
/// HTML. Pure.
/// </summary>
public static partial class ResavedText
{
    private const int Windows = 1252;
    private const string Dash = "— ";
    private const string ProofLine = "c2sp.org/tlog-proof@";
    private const string IndexWord = "index ";
    private const string Extra = "extra ";
    private const int HashLength = 44;
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    static ResavedText() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>The Danish explanation for a file that cannot be restored.</summary>
    public const string GetAgain = "filen er gemt om af et program; hent den igen";

    /// <summary>The original text, and whether the file differs from it. What cannot be restored is left as it is.</summary>
    public static (string Text, bool Resaved) Restore(ReadOnlySpan<byte> bytes)
    {
        var text = Decode(bytes).Replace("\r\r\n", "\n", StringComparison.Ordinal);
        if (QuotedPrintable().IsMatch(text)) text = Unquoted(text);
        if (WebPage().IsMatch(text)) text = Tag().Replace(LineTag().Replace(text, "\n"), "");
        text = Link().Replace(WebUtility.HtmlDecode(text), "").Replace("&plus;", "+", StringComparison.Ordinal)
            .Replace("â€”", "—", StringComparison.Ordinal);
        List<string> lines = [.. TextLines.Split(text).Select(Plain).Where(l => l.Length > 0)];
        if (lines.Count > 0 && lines.TrueForAll(l => l[0] == '>')) lines = [.. lines.Select(l => l[1..].Trim()).Where(l => l.Length > 0)];
        lines = Spaced(Whole(lines.ConvertAll(Dashed)));
        var restored = string.Join('\n', lines) + "\n";
        return (restored, !Encoding.UTF8.GetBytes(restored).AsSpan().SequenceEqual(bytes));
    }

    // Runs of white space become one space; control and invisible characters are removed.
    private static string Plain(string line)
    {
        var plain = new StringBuilder(line.Length);
        foreach (var rune in line.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                if (plain.Length > 0 && plain[^1] != ' ') plain.Append(' ');
            }
            else if (!Rune.IsControl(rune) && Rune.GetUnicodeCategory(rune) != UnicodeCategory.Format)
            {
                plain.Append(rune);
            }
        }

        return plain.ToString().TrimEnd();
    }

    // A signature line begins with an em dash, which some programs replace with another character.
    private static string Dashed(string line) =>
        SignatureStart().Match(line) is { Success: true } start ? Dash + line[start.Length..] : line;

    // Joins wrapped lines: a signature continues until the next signature, a proof's record until the index line.
    private static List<string> Whole(List<string> lines)
    {
        var whole = new List<string>(lines.Count);
        foreach (var line in lines)
        {
            var open = whole.Count > 0 ? whole[^1] : "";
            var isSignature = open.StartsWith(Dash, StringComparison.Ordinal) && !line.StartsWith(Dash, StringComparison.Ordinal);
            var isRecord = open.StartsWith(Extra.TrimEnd(), StringComparison.Ordinal)
                && !line.StartsWith(IndexWord, StringComparison.Ordinal);
            if ((isSignature || isRecord) && Base64().IsMatch(line))
                whole[^1] += (isSignature ? open.Count(c => c == ' ') < 2 : open.Length < Extra.Length) ? $" {line}" : line;
            else whole.Add(line);
        }

        return whole;
    }

    // Puts back the empty lines: one before the signatures, and in a proof one before its checkpoint.
    private static List<string> Spaced(List<string> lines)
    {
        var signed = lines.FindIndex(l => l.StartsWith(Dash, StringComparison.Ordinal));
        if (signed > 0) lines.Insert(signed, "");
        if (lines.Count == 0 || !lines[0].StartsWith(ProofLine, StringComparison.Ordinal)) return lines;
        var index = lines.FindIndex(l => l.StartsWith(IndexWord, StringComparison.Ordinal));
        var checkpoint =
            index < 0 ? -1 : lines.FindIndex(index + 1, l => l.Length != HashLength || !l.EndsWith('=') || !Base64().IsMatch(l));
        if (checkpoint > 0) lines.Insert(checkpoint, "");
        return lines;
    }

    private static string Unquoted(string text)
    {
        var joined = SoftBreak().Replace(text, "");
        var bytes = new List<byte>(joined.Length);
        for (var n = 0; n < joined.Length; n++)
        {
            if (joined[n] == '=' && n + 2 < joined.Length
                && byte.TryParse(joined.AsSpan(n + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            {
                bytes.Add(code);
                n += 2;
            }
            else
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(joined, n, 1));
            }
        }

        return Decode([.. bytes]);
    }

    private static string Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes is [0, 0, 0xFE, 0xFF, ..] or [0, 0, 0, not 0, ..])
            return new UTF32Encoding(bigEndian: true, byteOrderMark: true).GetString(bytes);
        if (bytes is [0xFF, 0xFE, 0, 0, ..] or [not 0, 0, 0, 0, ..]) return Encoding.UTF32.GetString(bytes);
        if (bytes is [0xFF, 0xFE, ..] or [not 0, 0, ..]) return Encoding.Unicode.GetString(bytes);
        if (bytes is [0xFE, 0xFF, ..] or [0, not 0, ..]) return Encoding.BigEndianUnicode.GetString(bytes);
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Encoding.GetEncoding(Windows).GetString(bytes);
        }
    }

    // Not mistaken for base64: that has nothing after its "=", and none of our lines that end in "=" has the length of a wrapped mail line.
    [GeneratedRegex("=(?:3D|E2=80=9[0-9])|^[^\r\n]{60,76}=\r?\n", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex QuotedPrintable();

    [GeneratedRegex(@"=[ \t]*\r?\n", RegexOptions.CultureInvariant)]
    private static partial Regex SoftBreak();

    [GeneratedRegex(
        @"<(?:!doctype|html|head|body|pre|p|div|br|span|font|table)\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex WebPage();

    [GeneratedRegex(@"</?(?:br|p|div|pre|tr|li|body)\b[^>]*>", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex LineTag();

    [GeneratedRegex(@"<(head|style|script|title)\b.*?</\1\s*>|<!--.*?-->|<[!/]?[a-z][^>]*>",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Tag();

    // What mail programs insert after a word that looks like a web or mail address.
    [GeneratedRegex(@"[ \u00A0]?<(?:https?://|mailto:)[^<>\r\n]*>", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Link();

    [GeneratedRegex(@"^[^\p{L}\p{N}\s]{1,3} (?=\S)", RegexOptions.CultureInvariant)]
    private static partial Regex SignatureStart();

    [GeneratedRegex("^[A-Za-z0-9+/]+={0,2}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Base64();
}
