using System.Buffers.Binary;
using System.Text;

namespace Portal.Ingestion.Ledger.Notes;

/// <summary>A signature line of a note.</summary>
public sealed record NoteSignature(string Name, uint KeyId, byte[] Signature);

/// <summary>A text with signatures (C2SP signed-note).</summary>
/// <param name="Text">What is signed; ends in a newline.</param>
public sealed record SignedNote(string Text, IReadOnlyList<NoteSignature> Signatures)
{
    private const string Dash = "— ";
    private const int IdBytes = 4;
    private const int LongestNote = 1 << 20;
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Parses a note; null when it is not valid.</summary>
    public static SignedNote? Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > LongestNote) return null;
        try
        {
            return Parse(Strict.GetString(bytes));
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>
    /// Parses a note from a file that a program may have saved again (<see cref="ResavedText"/>); null when there is none.
    /// </summary>
    /// <param name="bytes">The file.</param>
    /// <param name="key">The key whose signature shows whether the text is the original.</param>
    /// <param name="resaved">True when the file was saved again and the original text could be restored.</param>
    public static SignedNote? ParseFile(ReadOnlySpan<byte> bytes, VerifierKey key, out bool resaved)
    {
        resaved = false;
        if (bytes.Length > LongestNote) return null;
        var exact = Parse(bytes);
        if (exact?.IsSignedBy(key) == true) return exact;
        var (text, changed) = ResavedText.Restore(bytes);
        var restored = changed ? Parse(text) : null;
        resaved = restored?.IsSignedBy(key) == true;
        return resaved ? restored : exact ?? restored;
    }

    /// <summary>Parses a note; null when it is not valid.</summary>
    public static SignedNote? Parse(string note)
    {
        ArgumentNullException.ThrowIfNull(note);
        var split = note.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (split < 0 || !note.EndsWith('\n') || note.Any(c => c < ' ' && c != '\n')) return null;
        var lines = note[(split + 2)..^1].Split('\n');
        var signatures = new List<NoteSignature>(lines.Length);
        foreach (var line in lines)
        {
            if (ParseLine(line) is not { } signature) return null;
            signatures.Add(signature);
        }

        return new SignedNote(note[..(split + 1)], signatures);
    }

    /// <summary>True when the key signed the text. False if any signature with the key's name and id is invalid.</summary>
    public bool IsSignedBy(VerifierKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var bytes = Encoding.UTF8.GetBytes(Text);
        var own = Signatures.Where(s => s.KeyId == key.Id && s.Name == key.Name).ToList();
        return own.Count > 0 && own.TrueForAll(s => key.Verify(bytes, s.Signature));
    }

    /// <summary>The text of the note with its signatures.</summary>
    public override string ToString() => $"{Text}\n{string.Concat(Signatures.Select(s => $"{Dash}{s.Name} {Base64Of(s)}\n"))}";

    private static NoteSignature? ParseLine(string line)
    {
        if (!line.StartsWith(Dash, StringComparison.Ordinal) || line[Dash.Length..].Split(' ') is not [var name, var base64]
            || !VerifierKey.IsName(name))
        {
            return null;
        }
        var bytes = new byte[base64.Length];
        if (!Convert.TryFromBase64String(base64, bytes, out var length) || length <= IdBytes) return null;
        return new NoteSignature(name, BinaryPrimitives.ReadUInt32BigEndian(bytes), bytes[IdBytes..length]);
    }

    private static string Base64Of(NoteSignature signature)
    {
        var bytes = new byte[IdBytes + signature.Signature.Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, signature.KeyId);
        signature.Signature.CopyTo(bytes, IdBytes);
        return Convert.ToBase64String(bytes);
    }
}
