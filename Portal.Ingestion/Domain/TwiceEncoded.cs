using System.Buffers;
using System.Text;

namespace Portal.Ingestion.Domain;

/// <summary>
/// Text that was encoded twice: UTF-8 whose bytes a program took for Windows-1252, Latin-1, code page 850 or Macintosh and encoded again,
/// so that <c>ø</c> became <c>Ã¸</c>, <c>├©</c> or <c>√∏</c>. No language has such sequences, so the original can be restored exactly: only
/// whole sequences are decoded, and the text around them is left as it is. Pure.
/// </summary>
public static class TwiceEncoded
{
    private const int MostRounds = 3;

    // What Windows-1252 has where Latin-1 has control characters. Of sequences of three bytes only these are decoded: others may be real
    // text.
    private static readonly string Marks = SingleByteText.Windows1252.GetString([.. Enumerable.Range(0x80, 0x20).Select(b => (byte)b)]);

    private static readonly Reading[] Readings = [Windows(), Of(850, 0xC2, 0xC3, 0xE2), Of(10000, 0xC3, 0xE2)];

    /// <summary>The text as it was before it was encoded twice (up to three times over); the same text when nothing in it was.</summary>
    public static string Mend(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        for (var round = 0; round < MostRounds; round++)
        {
            var mended = Readings.Aggregate(text, (sofar, reading) => reading.Mend(sofar));
            if (mended == text) return text;
            text = mended;
        }

        return text;
    }

    private static Reading Windows()
    {
        // Bytes that Windows-1252 does not define, and all control characters of Latin-1, map to themselves.
        var bytes = Enumerable.Range(0x80, 0x80).ToDictionary(b => (char)b, b => (byte)b);
        for (var value = 0x80; value < 0xA0; value++) bytes[SingleByteText.Windows1252.GetString([(byte)value])[0]] = (byte)value;
        return new Reading(bytes, [0xC2, 0xC3, 0xE2, 0xF0]);
    }

    private static Reading Of(int codePage, params byte[] leads)
    {
        _ = SingleByteText.Windows1252;
        var encoding = Encoding.GetEncoding(codePage);
        return new Reading(Enumerable.Range(0x80, 0x80).ToDictionary(b => encoding.GetString([(byte)b])[0], b => (byte)b), leads);
    }

    /// <summary>
    /// The bytes (from 128) that a character set's characters stand for, and the lead bytes whose characters hardly occur in real text.
    /// </summary>
    private sealed class Reading(Dictionary<char, byte> bytes, byte[] leads)
    {
        private readonly SearchValues<char> _leads = SearchValues.Create([.. bytes.Where(b => leads.Contains(b.Value)).Select(b => b.Key)]);

        // Lead bytes accepted right after a decoded sequence: they come of text that was encoded three times.
        private readonly SearchValues<char> _further =
            SearchValues.Create([.. bytes.Where(b => leads.Contains(b.Value) || b.Value is 0xC5 or 0xC6 or 0xCB).Select(b => b.Key)]);

        public string Mend(string text)
        {
            if (text.AsSpan().IndexOfAny(_leads) < 0) return text;
            var (mended, wanted) = (new StringBuilder(text.Length), _leads);
            for (var at = 0; at < text.Length;)
            {
                if (wanted.Contains(text[at]) && RuneAt(text, at) is var (rune, length))
                {
                    mended.Append(rune.ToString());
                    at += length;
                    wanted = _further;
                }
                else
                {
                    mended.Append(text[at++]);
                    wanted = _leads;
                }
            }

            return mended.ToString();
        }

        private (Rune Rune, int Length)? RuneAt(string text, int at)
        {
            Span<byte> sequence = stackalloc byte[4];
            var length = bytes[text[at]] switch { >= 0xF0 => 4, >= 0xE0 => 3, _ => 2 };
            if (at + length > text.Length) return null;
            for (var n = 0; n < length; n++)
            {
                if (!bytes.TryGetValue(text[at + n], out sequence[n])) return null;
            }

            if (Rune.DecodeFromUtf8(sequence[..length], out var rune, out var used) != OperationStatus.Done || used != length) return null;

            // Of three and four bytes only punctuation, the euro sign and emoji: other sequences may be real letters next to each other.
            var isLikely = length == 2 ? sequence[0] is 0xC2 or 0xC3 || Marks.Contains((char)rune.Value, StringComparison.Ordinal)
                : length == 3 ? Marks.Contains((char)rune.Value, StringComparison.Ordinal) : sequence[1] == 0x9F;
            return isLikely ? (rune, length) : null;
        }
    }
}
