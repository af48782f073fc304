using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Portal.Features.Evidence.Contested;
using Portal.Ingestion.Journal;
using Portal.Ingestion.Letters;
using Portal.Platform.Documents.PlainText;

namespace Portal.Features.Evidence;

/// <summary>The evidence package, a ZIP that can be read and verified without the portal.</summary>
internal static class EvidencePackage
{
    /// <summary>The file for the exact bytes of a message.</summary>
    public static string MessageFile(LetterEvent message) =>
        string.Create(CultureInfo.InvariantCulture, $"beskeder/besked-{message.Sequence}.xml");

    /// <summary>The file for a message that is packed masked instead of with its exact bytes.</summary>
    public static string MaskedFile(LetterEvent message) =>
        string.Create(CultureInfo.InvariantCulture, $"beskeder/besked-{message.Sequence}.maskeret.txt");

    /// <summary>The file for the proof of a message.</summary>
    public static string ProofFile(LetterEvent message) =>
        string.Create(CultureInfo.InvariantCulture, $"beviser/besked-{message.Sequence}.tlog-proof");

    /// <summary>The file for what was entered of an action.</summary>
    public static string ActionFile(ProvenEntry entry) =>
        string.Create(CultureInfo.InvariantCulture, $"handlinger/handling-{entry.Number}.json");

    /// <summary>The file for the proof of an action.</summary>
    public static string ActionProofFile(ProvenEntry entry) =>
        string.Create(CultureInfo.InvariantCulture, $"handlinger/handling-{entry.Number}.tlog-proof");

    /// <summary>The ZIP's bytes, with <c>SHA256SUMS</c> and instructions.</summary>
    /// <param name="pdf">The document.</param>
    /// <param name="messages">What it holds of the messages.</param>
    public static byte[] Of(EvidenceDossier dossier, byte[] pdf, PackagedMessages messages)
    {
        var files = new List<(string Name, byte[] Content)>
        {
            ("bevis.pdf", pdf),
            ("hvis-bestridt.txt", Encoding.UTF8.GetBytes(PlainTextWriter.Write(ContestedBlocks.Document(dossier)))),
        };
        foreach (var message in dossier.Messages)
        {
            if (messages.FileOf(message) is { } file) files.Add(file);
            if (dossier.Ledger?.Proofs.GetValueOrDefault(message.Sequence) is { } proof)
                files.Add((ProofFile(message), Encoding.UTF8.GetBytes(proof)));
        }

        if (dossier.Ledger is { } ledger)
        {
            files.Add(("checkpoint.txt", Encoding.UTF8.GetBytes(ledger.Checkpoint)));
            files.Add(("noegle.txt", Encoding.UTF8.GetBytes(ledger.VerifierKey.TrimEnd('\n') + "\n")));
        }

        if (dossier.Actions is { } actions) AddActions(files, actions);
        if (dossier.Access is { } access)
        {
            files.Add(("checkpoint-adgang.txt", Encoding.UTF8.GetBytes(access.Checkpoint.Note.ToString())));
            files.Add(("noegle-adgang.txt", Encoding.UTF8.GetBytes(access.VerifierKey.TrimEnd('\n') + "\n")));
        }

        var readme = EvidenceReadme.Build(dossier, [.. files.Select(f => f.Name)], messages);
        files.Add(("LAES-MIG.txt", Encoding.UTF8.GetBytes(PlainTextWriter.Write(readme))));
        files.Add(("SHA256SUMS", Encoding.UTF8.GetBytes(
            string.Concat(files.Select(f => $"{Convert.ToHexStringLower(SHA256.HashData(f.Content))}  {f.Name}\n")))));
        return Zip(files, dossier.MadeAt);
    }

    private static void AddActions(List<(string Name, byte[] Content)> files, JournalProofs actions)
    {
        foreach (var entry in actions.Entries)
        {
            files.Add((ActionFile(entry), Encoding.UTF8.GetBytes(entry.Json)));
            if (entry.Proof is { } proof) files.Add((ActionProofFile(entry), Encoding.UTF8.GetBytes(proof)));
        }

        files.Add(("checkpoint-handlinger.txt", Encoding.UTF8.GetBytes(actions.Checkpoint)));
        files.Add(("noegle-handlinger.txt", Encoding.UTF8.GetBytes(actions.VerifierKey.TrimEnd('\n') + "\n")));
    }

    private static byte[] Zip(List<(string Name, byte[] Content)> files, DateTimeOffset at)
    {
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8))
        {
            foreach (var (name, content) in files)
            {
                var entry = archive.CreateEntry(name, CompressionLevel.Optimal);
                entry.LastWriteTime = Portal.Platform.Text.DanishFormat.Local(at);
                using var stream = entry.Open();
                stream.Write(content);
            }
        }

        return zip.ToArray();
    }
}
