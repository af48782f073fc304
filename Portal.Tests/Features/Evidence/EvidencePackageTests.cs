using System.Diagnostics;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;
using Portal.Features.AccessControl;
using Portal.Features.Evidence;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Ledger.Notes;
using Portal.Ingestion.Letters;
using Portal.Platform.Documents;
using Portal.Tests.Features.Cases;
using Portal.Tests.Platform.Documents;
using Xunit;

namespace Portal.Tests.Features.Evidence;

/// <summary>The evidence package (<c>bevis.zip</c>).</summary>
public sealed class EvidencePackageTests : IAsyncDisposable
{
    private static readonly byte[] Message = [0xEF, 0xBB, 0xBF, .. "<besked>æ</besked>"u8];
    private readonly EvidenceFixture _fixture = new(ledger: new FakeLedger());

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    private async Task<Dictionary<string, byte[]>> PackAsync(string? purpose = "retssag", Viewer? viewer = null, byte[]? message = null)
    {
        _fixture.Cases.Add(FakeCases.Letter() with
        {
            Events = [FakeCases.Event("besked-7", "Afleveret Digital Post", StatusKind.Delivered) with { Sequence = 7 },
                FakeCases.Event("besked-9", "Klar", StatusKind.ProgressNeutral) with { Sequence = 9 }],
        });
        _fixture.Source.Bytes[7] = message ?? Message;
        using var zip = new ZipArchive(new MemoryStream(await _fixture.Maker.PackAsync(
            viewer ?? EvidenceFixture.Caseworker, await _fixture.GatherAsync(), purpose, default)));
        return zip.Entries.ToDictionary(e => e.FullName, e =>
        {
            using var stream = e.Open();
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            return copy.ToArray();
        });
    }

    [Fact]
    public async Task It_holds_the_document_the_exact_bytes_the_proofs_and_how_to_check_them()
    {
        var files = await PackAsync();
        Assert.Equal(
            ["LAES-MIG.txt", "SHA256SUMS", "beskeder/besked-7.xml", "bevis.pdf", "beviser/besked-7.tlog-proof",
                "beviser/besked-9.tlog-proof", "checkpoint.txt", "hvis-bestridt.txt", "noegle.txt"],
            files.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(Message, files["beskeder/besked-7.xml"]);
        var readme = Encoding.UTF8.GetString(files["LAES-MIG.txt"]);
        Assert.Contains("verify --proof", readme, StringComparison.Ordinal);
        Assert.Contains("Indholdet af besked nr. 9 er slettet", readme, StringComparison.Ordinal);
        Assert.DoesNotContain("besked nr. 7 er slettet", readme, StringComparison.Ordinal);
        Assert.Contains("størrelse er anden linje i checkpointet", readme.ReplaceLineEndings(" "), StringComparison.Ordinal);
        var guide = Encoding.UTF8.GetString(files["hvis-bestridt.txt"]);
        Assert.Contains("5. Viser den, at netop dette brev kom frem?", guide, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_sums_are_of_the_files()
    {
        var files = await PackAsync();
        var sums = Encoding.UTF8.GetString(files["SHA256SUMS"]).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(l => l.Split("  ")).ToDictionary(l => l[1], l => l[0]);
        Assert.Equal(files.Keys.Where(f => f != "SHA256SUMS").Order(StringComparer.Ordinal), sums.Keys.Order(StringComparer.Ordinal));
        Assert.All(sums, s => Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(files[s.Key])), s.Value));
    }

    [Fact]
    public async Task The_package_and_every_message_that_it_gives_exactly_are_logged_with_the_purpose()
    {
        await PackAsync();
        Assert.Equal([(AccessKind.EvidencePackage, null), (AccessKind.ExactBytes, "besked-7")],
            _fixture.Access.Notes.Select(n => (n.Note.Kind, n.Note.BeskedId)));
        Assert.All(_fixture.Access.Notes, n => Assert.Equal("retssag", n.Note.Purpose));
    }

    [Fact]
    public async Task Without_a_purpose_it_has_no_bytes_and_says_so_and_how_to_check_what_it_has()
    {
        var files = await PackAsync(purpose: null);
        Assert.Equal(
            ["LAES-MIG.txt", "SHA256SUMS", "bevis.pdf", "beviser/besked-7.tlog-proof", "beviser/besked-9.tlog-proof", "checkpoint.txt",
                "hvis-bestridt.txt", "noegle.txt"],
            files.Keys.Order(StringComparer.Ordinal));
        var readme = Encoding.UTF8.GetString(files["LAES-MIG.txt"]).ReplaceLineEndings(" ");
        Assert.Contains("Denne pakke er uden beskedernes nøjagtige bytes.", readme, StringComparison.Ordinal);
        Assert.Contains("for f in beviser/*.tlog-proof", readme, StringComparison.Ordinal);
        Assert.DoesNotContain("beskeder/", readme, StringComparison.Ordinal);
        Assert.DoesNotContain("verify --proof", readme, StringComparison.Ordinal);
        Assert.Equal([AccessKind.EvidencePackage], _fixture.Access.Notes.Select(n => n.Note.Kind));
    }

    [Theory]
    [InlineData(ViewerRights.Cases | ViewerRights.EvidenceBytes, false)]
    [InlineData(ViewerRights.Cases | ViewerRights.EvidenceBytes | ViewerRights.ExactBytes, true)]
    public async Task Credentials_leave_only_to_whoever_may_have_every_exact_byte(ViewerRights rights, bool exact)
    {
        const string Secret = "Q049SGVtbWVsaWc=";
        var message = Encoding.UTF8.GetBytes("<k:Haendelsesbesked xmlns:k=\"urn:oio:besked:kuvert:1.0\"><k:KildesystemAkkreditiver>"
            + $"{Secret}</k:KildesystemAkkreditiver><k:Navn>010101-1234</k:Navn></k:Haendelsesbesked>");
        var files = await PackAsync(viewer: EvidenceFixture.Caseworker with { Rights = rights }, message: message);
        Assert.Equal(exact, files.ContainsKey("beskeder/besked-7.xml"));
        Assert.Equal(exact ? 2 : 1, _fixture.Access.Notes.Count);
        var readme = Encoding.UTF8.GetString(files["LAES-MIG.txt"]).ReplaceLineEndings(" ");
        if (exact)
        {
            Assert.Equal(message, files["beskeder/besked-7.xml"]);
            Assert.DoesNotContain("maskeret.txt", readme, StringComparison.Ordinal);
            return;
        }

        var masked = Encoding.UTF8.GetString(files["beskeder/besked-7.maskeret.txt"]);
        Assert.Contains("<k:Navn>010101-xxxx</k:Navn>", masked, StringComparison.Ordinal);
        Assert.All(files.Values, f => Assert.DoesNotContain(Secret, Encoding.UTF8.GetString(f), StringComparison.Ordinal));
        Assert.Contains("besked nr. 7 rummer afsendersystemets adgangsoplysninger", readme, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_not_have_exact_bytes_gets_no_package_with_a_purpose()
    {
        await Assert.ThrowsAsync<UnauthorizedAccessException>(
            () => PackAsync(viewer: EvidenceFixture.Caseworker with { Rights = ViewerRights.Cases }));
        Assert.Empty(_fixture.Access.Notes);
    }

    [Fact]
    public async Task The_document_in_it_is_the_same_as_alone_and_is_never_cached()
    {
        var files = await PackAsync();
        var (document, cachedFor) = Assert.Single(_fixture.Pdf.Made);
        Assert.Null(cachedFor);
        Assert.Equal(await new FakePdf().MakeAsync(document, null, default), files["bevis.pdf"]);
    }

    [Fact]
    public async Task A_document_that_is_too_large_gives_no_package_and_no_line_in_the_access_log()
    {
        _fixture.Pdf.IsTooLarge = true;
        await Assert.ThrowsAsync<DocumentTooLargeException>(() => PackAsync());
        Assert.Empty(_fixture.Access.Notes);
    }

    [Fact]
    public async Task A_package_of_one_letter_holds_its_messages_alone()
    {
        _fixture.Cases.Add(
            FakeCases.Letter("L-1") with { Events = [FakeCases.Event("a") with { Sequence = 1 }] },
            FakeCases.Letter("L-2") with { Events = [FakeCases.Event("b") with { Sequence = 2 }] });
        (_fixture.Source.Bytes[1], _fixture.Source.Bytes[2]) = ([.. "<a/>"u8], [.. "<b/>"u8]);
        var dossier = await _fixture.GatherAsync(letterId: "l-2");
        using var zip = new ZipArchive(new MemoryStream(
            await _fixture.Maker.PackAsync(EvidenceFixture.Caseworker, dossier, "retssag", default)));
        Assert.Equal(
            ["beskeder/besked-2.xml"], zip.Entries.Select(e => e.FullName).Where(n => n.StartsWith("beskeder", StringComparison.Ordinal)));
        Assert.All(_fixture.Access.Notes, n => Assert.Equal("L-2", n.Note.LetterId));
        Assert.Equal(2, _fixture.Access.Notes.Count);
    }

    [Fact]
    public async Task The_instructions_name_every_file_and_wrap_only_what_is_no_command()
    {
        var files = await PackAsync();
        var readme = Encoding.UTF8.GetString(files["LAES-MIG.txt"]);
        Assert.All(files.Keys, name => Assert.Contains($"  {name} ", readme, StringComparison.Ordinal));
        Assert.All(readme.Split('\n'), line => Assert.True(
            line.Length <= 100 || line.StartsWith("    ", StringComparison.Ordinal), line));
        Assert.StartsWith("BEVISPAKKE BEV-20261124-", readme, StringComparison.Ordinal);
        Assert.Contains("HVAD PAKKEN INDEHOLDER\n", readme, StringComparison.Ordinal);
        Assert.Contains("SÅDAN KONTROLLERES PAKKEN UDEN OS\n", readme, StringComparison.Ordinal);
        Assert.Contains("\n    sha256sum -c SHA256SUMS\n", readme, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_lines_for_openssl_in_it_work_as_they_are_and_a_changed_checkpoint_fails()
    {
        using var signer = new LogSigner("portal.local/beskeder", new Key(SignatureAlgorithm.Ed25519));
        await using var fixture = new EvidenceFixture(ledger: new SignedLedger(signer));
        fixture.Cases.Add(FakeCases.Letter());
        var folder = Directory.CreateTempSubdirectory("pakke").FullName;
        using (var zip = new ZipArchive(
            new MemoryStream(await fixture.Maker.PackAsync(EvidenceFixture.Caseworker, await fixture.GatherAsync(), "retssag", default))))
        {
            await zip.ExtractToDirectoryAsync(folder, TestContext.Current.CancellationToken);
        }
        var lines = (await File.ReadAllLinesAsync(Path.Combine(folder, "LAES-MIG.txt"), TestContext.Current.CancellationToken))
            .Select(l => l.Trim()).ToList();
        var recipe = string.Join('\n', lines[lines.FindIndex(l => l.StartsWith("head -n 3",
            StringComparison.Ordinal))..(lines.FindIndex(l => l.StartsWith("openssl pkeyutl", StringComparison.Ordinal)) + 1)]);
        Assert.Equal((0, "Signature Verified Successfully"), await RunAsync(folder, recipe));
        var checkpoint = Path.Combine(folder, "checkpoint.txt");
        await File.WriteAllTextAsync(checkpoint, (await File.ReadAllTextAsync(checkpoint, TestContext.Current.CancellationToken)).Replace(
            "\n1042\n", "\n1043\n", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        Assert.NotEqual(0, (await RunAsync(folder, recipe)).Status);
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<(int Status, string Text)> RunAsync(string folder, string recipe)
    {
        using var shell = Process.Start(new ProcessStartInfo("sh",
            ["-c", recipe]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var text = await shell.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (shell.ExitCode, text.Trim());
    }

    private sealed class SignedLedger(LogSigner signer) : ILedgerProofs
    {
        public Task<LedgerEvidence?> ReadAsync(IReadOnlyCollection<long> sequences, CancellationToken cancellationToken)
        {
            var head = new Checkpoint(signer.Verifier.Name, 1042, SHA256.HashData("rod"u8));
            var id = Convert.FromHexString(signer.Verifier.ToString().Split('+')[1]);
            return Task.FromResult<LedgerEvidence?>(new LedgerEvidence(
                $"{head.ToText()}\n— {head.Origin} {Convert.ToBase64String([.. id, .. signer.Sign(head)])}\n", signer.Verifier.ToString(),
                new Dictionary<long, string>()));
        }
    }
}
