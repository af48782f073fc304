using System.Globalization;
using Portal.Ingestion.Ledger.Tree;

namespace Portal.Ingestion.Ledger.Notes;

/// <summary>A tree's head (C2SP tlog-checkpoint): which log, how many leaves, and the root that binds them all.</summary>
public sealed record Checkpoint(string Origin, long Size, byte[] Root)
{
    /// <summary>The text that is signed.</summary>
    public string ToText() => $"{Origin}\n{Size.ToString(CultureInfo.InvariantCulture)}\n{Convert.ToBase64String(Root)}\n";

    /// <summary>Reads a checkpoint's text; lines beyond the third are kept. Null when it is none.</summary>
    public static Checkpoint? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Split('\n') is not [{ Length: > 0 } origin, var number, var base64, .., ""]) return null;
        if (!long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            || number != size.ToString(CultureInfo.InvariantCulture))
        {
            return null;
        }
        var root = new byte[MerkleHash.Size + 2];
        return Convert.TryFromBase64String(base64, root, out var length) && length == MerkleHash.Size
            ? new Checkpoint(origin, size, root[..length])
            : null;
    }
}

/// <summary>A checkpoint as its log signed it.</summary>
public sealed record SignedCheckpoint(Checkpoint Head, SignedNote Note)
{
    /// <summary>
    /// Reads a checkpoint that <paramref name="key"/> signed as its own log's; null, with the reason in Danish, when it is none.
    /// </summary>
    public static SignedCheckpoint? Read(SignedNote? note, VerifierKey key, out string? why)
    {
        ArgumentNullException.ThrowIfNull(key);
        var head = note is null ? null : Checkpoint.Parse(note.Text);
        why = note is null || head is null ? "det er ikke et checkpoint (C2SP signed note)"
            : head.Origin != key.Name ? $"det er et checkpoint fra en anden log ({head.Origin})"
            : !note.IsSignedBy(key) ? "underskriften passer ikke med loggens nøgle"
            : null;
        return why is null ? new SignedCheckpoint(head!, note!) : null;
    }
}
