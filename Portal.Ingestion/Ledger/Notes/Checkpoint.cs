using System.Globalization;
using Portal.Ingestion.Ledger.Tree;

namespace Portal.Ingestion.Ledger.Notes;

/// <summary>A tree's head (C2SP tlog-checkpoint): the log's origin, the number of leaves, and the root hash.</summary>
public sealed record Checkpoint(string Origin, long Size, byte[] Root)
{
    /// <summary>The text that is signed.</summary>
    public string ToText() => $"{Origin}\n{Size.ToString(CultureInfo.InvariantCulture)}\n{Convert.ToBase64String(Root)}\n";

    /// <summary>Parses a checkpoint's text; lines after the third (extensions) are ignored. Null when it is no checkpoint.</summary>
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

/// <summary>A checkpoint with the note that its log signed.</summary>
public sealed record SignedCheckpoint(Checkpoint Head, SignedNote Note)
{
    /// <summary>
    /// The checkpoint in a note, if it has the origin of <paramref name="key"/> and its signature; else null, with the reason in Danish.
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
