using System.Globalization;
using System.Text;
using Portal.Ingestion.Ledger.Tree;

namespace Portal.Ingestion.Ledger.Notes;

/// <summary>
/// The proof that a message is in the log (C2SP tlog-proof). To check it one needs only the message's bytes and the log's public key.
/// </summary>
/// <param name="Record">The leaf's record, in the proof's <c>extra</c> line.</param>
/// <param name="Index">The leaf's number, from 0.</param>
/// <param name="Hashes">The inclusion proof, from the leaf's sibling upwards.</param>
/// <param name="Note">The signed checkpoint, unchanged.</param>
public sealed record LedgerProof(byte[] Record, long Index, IReadOnlyList<byte[]> Hashes, SignedNote Note)
{
    private const string FirstLine = "c2sp.org/tlog-proof@v1";
    private const string Extra = "extra ";
    private const string IndexWord = "index ";

    /// <summary>The text of the proof.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(
            $"{FirstLine}\n{Extra}{Convert.ToBase64String(Record)}\n{IndexWord}{Index.ToString(CultureInfo.InvariantCulture)}\n");
        foreach (var hash in Hashes) text.Append(Convert.ToBase64String(hash)).Append('\n');
        return text.Append('\n').Append(Note).ToString();
    }

    /// <summary>Parses a proof; null, with the reason in Danish, when it is not valid.</summary>
    public static LedgerProof? Parse(string text, out string? why)
    {
        ArgumentNullException.ThrowIfNull(text);
        why = null;
        if (!text.StartsWith(FirstLine + "\n", StringComparison.Ordinal))
            return Refuse($"filen begynder ikke med linjen {FirstLine}", out why);
        var split = text.IndexOf("\n\n", StringComparison.Ordinal);
        var lines = split < 0 ? [] : text[..split].Split('\n');
        if (lines is not [_, var extra, var index, ..])
            return Refuse("filen er ikke hel: den skal have linjerne extra og index, en tom linje og et checkpoint", out why);
        if (!extra.StartsWith(Extra, StringComparison.Ordinal) || FromBase64(extra[Extra.Length..]) is not { } record)
            return Refuse("linjen extra mangler eller kan ikke læses", out why);
        if (!index.StartsWith(IndexWord, StringComparison.Ordinal)
            || !long.TryParse(index[IndexWord.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return Refuse("linjen index mangler eller er ikke et tal", out why);
        }
        var hashes = lines.Skip(3).Select(FromBase64).ToList();
        if (hashes.Exists(h => h?.Length != MerkleHash.Size)) return Refuse("en af bevisets hashværdier kan ikke læses", out why);
        return SignedNote.Parse(text[(split + 2)..]) is { } note
            ? new LedgerProof(record, number, [.. hashes.OfType<byte[]>()], note)
            : Refuse("checkpointet til sidst kan ikke læses", out why);
    }

    private static LedgerProof? Refuse(string reason, out string? why)
    {
        why = reason;
        return null;
    }

    private static byte[]? FromBase64(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : null;
    }
}
