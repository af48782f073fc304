using System.Text;

namespace Portal.Ingestion.Domain;

/// <summary>
/// Detects the single-byte character set of text that does not name one, by scoring each candidate's decoding: a letter next to letters
/// counts for it, a sign in the middle of a word or a control character counts against it. Pure.
/// </summary>
public static class SingleByteText
{
    private const string Danish = "æøåÆØÅ";
    private const string Neighbours = "éèöüäßÉÖÜÄ";
    private const string Rare = "êëáàâíìîïóòôúùûñçðþýÿšžœÈÊËÁÀÂÍÌÎÏÓÒÔÚÙÛÑÇÐÞÝŠŽŒŸ";
    private const string Marks = "–—‘’“”„‚«»…•€£§°½¼¾²³±·×÷©®™‰\u00A0";
    private const int Windows = 1252;

    // With equal scores the earlier wins. Code page 865 has almost the same Danish letters as 850, so it is not listed.
    private static readonly (int CodePage, string Name)[] Sets =
        [(Windows, "Windows-1252"), (850, "tegnsæt 850 (MS-DOS)"), (10000, "Macintosh")];

    static SingleByteText() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>Windows-1252, which also holds the letters of Latin-1.</summary>
    public static Encoding Windows1252 => Encoding.GetEncoding(Windows);

    /// <summary>The likeliest character set of bytes that are not UTF-8, and its name in Danish.</summary>
    public static (Encoding Encoding, string Name) Detect(ReadOnlySpan<byte> bytes)
    {
        var (best, name, most) = (Windows1252, Sets[0].Name, int.MinValue);
        foreach (var set in Sets)
        {
            var encoding = Encoding.GetEncoding(set.CodePage);
            var sense = SenseOf(encoding.GetString(bytes));
            if (sense > most) (best, name, most) = (encoding, set.Name, sense);
        }

        return (best, name);
    }

    /// <summary>True when no other known character set scores higher on the bytes.</summary>
    public static bool MakesSense(ReadOnlySpan<byte> bytes, Encoding encoding)
    {
        ArgumentNullException.ThrowIfNull(encoding);
        var sense = SenseOf(encoding.GetString(bytes));
        return sense >= SenseOf(Detect(bytes).Encoding.GetString(bytes));
    }

    private static int SenseOf(string text)
    {
        var sense = 0;
        for (var n = 0; n < text.Length; n++)
        {
            if (text[n] >= 128) sense += SenseOf(text[n], n == 0 ? ' ' : text[n - 1], n + 1 == text.Length ? ' ' : text[n + 1]);
        }

        return sense;
    }

    private static int SenseOf(char character, char before, char after)
    {
        var (left, right) = (char.IsLetter(before), char.IsLetter(after));
        if (char.IsControl(character)) return -20;
        if (char.IsLetter(character))
        {
            // A capital inside a word of small letters is a wrong decoding, and so is a small letter among capitals.
            if (char.IsUpper(character) && left && (char.IsLower(before) || char.IsLower(after))) return -4;
            if (char.IsLower(character) && right && char.IsUpper(after)) return -4;
            if (Danish.Contains(character, StringComparison.Ordinal)) return left || right ? 10 : 3;
            if (!left && !right) return -2;
            return Neighbours.Contains(character, StringComparison.Ordinal) ? 4
                : Rare.Contains(character, StringComparison.Ordinal) ? 1
                : 0;
        }

        if (character == '’' && left && char.IsLower(after)) return 3;
        if (left && right) return -5;
        return Marks.Contains(character, StringComparison.Ordinal) ? 2 : character < '\u00C0' ? -1 : -6;
    }
}
