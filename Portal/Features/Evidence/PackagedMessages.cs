using System.Globalization;
using System.Text;
using System.Xml;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Log.Content;

namespace Portal.Features.Evidence;

/// <summary>
/// What an evidence package holds of its messages. Without a purpose: no bytes. With one: the exact bytes; but a source system's
/// credentials leave only to those who may have every exact byte (administrators, keys with <c>messages:raw</c>). To others, a message
/// whose bytes hold credentials is packed as the masked text that its page shows, under another name, and the instructions say so: its
/// fingerprint and proof are of the exact bytes, which an administrator can pack.
/// </summary>
internal sealed class PackagedMessages
{
    private readonly Dictionary<long, (string Name, byte[] Content)> _files = [];
    private readonly List<string> _notes = [];

    private PackagedMessages(bool withBytes) => WithBytes = withBytes;

    /// <summary>A package that nobody gave a purpose for.</summary>
    public static PackagedMessages WithoutBytes { get; } = new(withBytes: false);

    /// <summary>True for a package with exact bytes.</summary>
    public bool WithBytes { get; }

    /// <summary>Why messages are not in it with their exact bytes, in Danish, one sentence each.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>The messages whose exact bytes are in it.</summary>
    public IReadOnlyList<LetterEvent> Exact { get; private set; } = [];

    /// <summary>The file of a message; null when there is none.</summary>
    public (string Name, byte[] Content)? FileOf(LetterEvent message) =>
        _files.TryGetValue(message.Sequence, out var file) ? file : null;

    /// <summary>The messages of a package with exact bytes.</summary>
    /// <param name="mayHoldCredentials">True for the sequence numbers that whoever takes the package may have with the source system's
    /// credentials; others are masked when they hold any.</param>
    /// <param name="bytes">Exact bytes by sequence number, or why they cannot be read.</param>
    public static PackagedMessages Of(
        Func<long, bool> mayHoldCredentials, IEnumerable<LetterEvent> messages, IReadOnlyDictionary<long, ContentReading> bytes)
    {
        var packaged = new PackagedMessages(withBytes: true);
        var exact = new List<LetterEvent>();
        foreach (var message in messages)
        {
            if (bytes.GetValueOrDefault(message.Sequence).Bytes is not { } content) packaged.AddMissing(message, bytes);
            else if (mayHoldCredentials(message.Sequence) || !XmlMasking.HoldsCredentials(content))
            {
                packaged._files[message.Sequence] = (EvidencePackage.MessageFile(message), content);
                exact.Add(message);
            }
            else packaged.AddMasked(message, content);
        }

        packaged.Exact = exact;
        return packaged;
    }

    private void AddMissing(LetterEvent message, IReadOnlyDictionary<long, ContentReading> bytes) => Note(message,
        bytes.ContainsKey(message.Sequence)
            ? "kan ikke læses: det, der er gemt, er beskadiget eller ændret, og er derfor ikke lagt i pakken"
            : "er slettet efter reglerne om opbevaring");

    private void AddMasked(LetterEvent message, byte[] content)
    {
        try
        {
            _files[message.Sequence] =
                (EvidencePackage.MaskedFile(message), Encoding.UTF8.GetBytes(XmlMasking.Mask(content, credentials: false)));
            Note(message, $"rummer afsendersystemets adgangsoplysninger, som kun en administrator må hente. {EvidencePackage.MaskedFile(
                message)} er beskeden uden dem og med maskerede CPR-numre. En administrator kan lave pakken med de nøjagtige bytes");
        }
        catch (XmlException)
        {
            Note(message, "kan ikke vises uden at vise, hvad kun en administrator må hente, og er derfor ikke lagt i pakken");
        }
    }

    private void Note(LetterEvent message, string why) => _notes.Add(string.Create(
        CultureInfo.InvariantCulture, $"Indholdet af besked nr. {message.Sequence} {why}. Dens fingeraftryk er {message.Sha256}."));
}
