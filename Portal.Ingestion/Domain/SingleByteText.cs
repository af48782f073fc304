using System.Text;

namespace Portal.Ingestion.Domain;

/// <summary>
/// Texts in character sets of single bytes, which nothing in the bytes names: they are distinguished by what each makes of the bytes. A
/// letter next to letters speaks for a character set, a sign in the middle of a word or a control character speaks against it. Pure.
/// </summary>
public static class SingleByteText
{
    private const string Danish = "æøåÆØÅ";
    private const string Neighbours = "éèöüäßÉÖÜÄ";
    private const string Rare = "êëáàâíìîïóòôúùûñçðþýÿšžœÈÊËÁÀÂÍÌÎÏÓÒÔÚÙÛÑÇÐÞÝŠŽŒŸ";
    private const string Marks = "–—‘’“”„‚«»…•€£§°½¼¾²³±·×÷©®™‰\u00A0";
    private const int Windows = 1252;

    // In this order when they read the bytes equally well. Code page 865 has the same Danish letters as 850.
    private static readonly (int CodePage, string Name)[] Sets =
        [(Windows, "Windows-1252"), (850, "tegnsæt 850 (MS-DOS)"), (10000, "Macintosh")];

    static SingleByteText() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>Windows-1252, which also holds the letters of Latin-1.</summary>
    public static Encoding Windows1252 => Encoding.GetEncoding(Windows);

    /// <summary>The character set that makes most sense of bytes that are no UTF-8, and what it is called.</summary>
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

    /// <summary>Whether a character set makes as much sense of bytes as any other that is known.</summary>
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
            // A capital within a word of small letters is no letter of that word, nor a small one among capitals.
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
