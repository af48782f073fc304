using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CsvHelper;
using CsvHelper.Configuration;
using Portal.Features.Cases.Api;
using Portal.Ingestion.Domain;
using Portal.Platform.Documents;
using Portal.Platform.Documents.PlainText;
using Portal.Platform.Http;
using Portal.Platform.Text;

namespace Portal.Features.SubjectAccess;

/// <summary>The package about one person, a ZIP: a document to read, JSON for programs, and tables for a spreadsheet.</summary>
internal sealed class SubjectPackage(IDocumentPdf pdf)
{
    /// <summary>The ZIP's bytes. No name in it holds a number.</summary>
    /// <exception cref="DocumentQueueFullException">Too many documents are waiting; try again in a minute.</exception>
    public async Task<byte[]> MakeAsync(SubjectData data, CancellationToken cancellationToken)
    {
        var document = SubjectDocument.Build(data);
        var files = new List<(string Name, byte[] Content)>
        {
            ("indsigt.txt", Encoding.UTF8.GetBytes(PlainTextWriter.Write(document))),
            ("indsigt.json", JsonSerializer.SerializeToUtf8Bytes(SubjectJson.Of(data), PortalJson.Options)),
            ("breve.csv", LetterSheet.Csv(data.Letters)),
            ("statusser.csv", Statuses(data)),
            ("visninger.csv", Looks(data)),
        };
        try
        {
            files.Insert(0, ("indsigt.pdf", await pdf.MakeAsync(document, cachedFor: null, cancellationToken)));
        }
        catch (DocumentTooLargeException)
        {
            // The same is in indsigt.txt, which has no limit.
        }

        files.Add(("LAES-MIG.txt", Encoding.UTF8.GetBytes(ReadMe)));
        files.Add(("SHA256SUMS", Encoding.UTF8.GetBytes(
            string.Concat(files.Select(f => $"{Convert.ToHexStringLower(SHA256.HashData(f.Content))}  {f.Name}\n")))));
        return Zip(files, data.MadeAt);
    }

    /// <summary>The name of the file.</summary>
    public static string FileName(SubjectData data) =>
        $"indsigt-{DanishFormat.Local(data.MadeAt).ToString("yyyyMMdd-HHmm", CultureInfo.InvariantCulture)}.zip";

    private const string ReadMe =
        """
        Indsigt i det, som portalen har om én person.

        indsigt.pdf     til at læse (mangler, når den ville fylde for mange sider; læs da indsigt.txt)
        indsigt.txt     det samme som ren tekst
        indsigt.json    det samme for programmer
        breve.csv       brevene som tabel
        statusser.csv   hvad der skete med hvert brev
        visninger.csv   hvornår oplysningerne er set, og hvorfor
        SHA256SUMS      fingeraftryk af filerne

        Andre parters breve i de samme sager er ikke med. Medarbejderes navne er ikke med. Beskeder, der ikke hører til et
        registreret brev, findes ikke efter CPR-nummer og er ikke med; de slettes efter kort tid. Beskedernes nøjagtige bytes
        kan hentes fra sagens bevispakke. Se pakken igennem, før den udleveres: notater kan nævne andre.

        """;

    private static byte[] Statuses(SubjectData data) => Csv(
        ["sag", "brevets id", "tidspunkt", "status", "kanal", "fejl", "besked", "SHA-256"],
        data.Letters.SelectMany(l => l.Events.Select(e => (string?[])
        [
            l.CaseNumber, l.LetterId, e.At is { } at ? DanishFormat.Sent(at) : "", e.Status, e.Channel, e.Error?.Text, e.BeskedId, e.Sha256,
        ])));

    private static byte[] Looks(SubjectData data) => Csv(
        ["tidspunkt", "hvad", "hvem", "sag", "brevets id", "formål", "afvist"],
        data.Access.Select(SubjectAccessJson.Of).Select(a => (string?[])
            [DanishFormat.Sent(a.At), a.What, a.By, a.CaseNumber, a.LetterId, a.Purpose, a.Refused ? "ja" : ""]));

    private static byte[] Csv(string[] headings, IEnumerable<string?[]> rows)
    {
        using var bytes = new MemoryStream();
        using (var writer = new StreamWriter(bytes, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true))
        using (var csv = new CsvWriter(writer,
            new CsvConfiguration(CultureInfo.InvariantCulture)
            {
                Delimiter = ";", NewLine = "\r\n", InjectionOptions = InjectionOptions.None,
            }))
        {
            foreach (var row in rows.Prepend(headings))
            {
                foreach (var cell in row) csv.WriteField(cell is null ? "" : SpreadsheetText.Of(CprNumber.MaskIn(cell)));
                csv.NextRecord();
            }
        }

        return bytes.ToArray();
    }

    private static byte[] Zip(List<(string Name, byte[] Content)> files, DateTimeOffset at)
    {
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8))
        {
            foreach (var (name, content) in files)
            {
                var entry = archive.CreateEntry(name, CompressionLevel.Optimal);
                entry.LastWriteTime = DanishFormat.Local(at);
                using var stream = entry.Open();
                stream.Write(content);
            }
        }

        return zip.ToArray();
    }
}
