using System.CommandLine;
using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Hosting;
using Portal.Ingestion.Journal;
using Portal.Ingestion.Ledger.Keeping;
using Portal.Ingestion.Ledger.Notes;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Storage;
using Portal.Ingestion.Verification;
using Portal.Ingestion.Verification.Checkpoints;

namespace Portal.Ingestion.Commands;

/// <summary>
/// <c>verify</c>: verifies the whole ledger, read-only. Exit codes: 0 intact, 1 broken, 2 any other problem. With <c>--proof</c> it
/// verifies a proof file and needs no database.
/// </summary>
internal static class VerifyCommand
{
    private const int Broken = 1;

    public static Command Create(string[] settings, Terminal terminal)
    {
        var checkpoint =
            new Option<string?>("--checkpoint") { Description = "Et checkpoint, der er gemt før: loggen skal stadig begynde med det" };
        var proof =
            new Option<string?>("--proof") { Description = "En bevisfil (.tlog-proof); kræver --message og --key, og ingen database" };
        var message = new Option<string?>("--message") { Description = "Filen med beskedens nøjagtige bytes" };
        var key = new Option<string?>("--key") { Description = "Loggens offentlige nøgle: teksten, eller en fil med den" };
        var command =
            new Command("verify", "Kontrollerer bevisets log: 0 = ubrudt, 1 = brudt, 2 = andet galt") { checkpoint, proof, message, key };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                return parsed.GetValue(proof) is { } file
                    ? await CheckProofAsync(file, parsed.GetValue(message), parsed.GetValue(key), terminal, cancellationToken)
                    : parsed.GetValue(message) is not null ? throw new ArgumentException("--message hører til --proof.")
                    : await VerifyAsync(settings, parsed.GetValue(checkpoint), parsed.GetValue(key), terminal, cancellationToken);
            }
            catch (Exception problem)
                when (problem is ArgumentException or ConfigurationProblemException or IOException or UnauthorizedAccessException)
            {
                await terminal.Error.WriteLineAsync(problem.Message);
                return ExitCodes.VerifyFailed;
            }
            catch (DbException problem)
            {
                await terminal.Error.WriteLineAsync(
                    $"Databasen kan ikke læses: {DatabaseProblem.Explain(problem)}. Angiv den rette med --Database:ConnectionString=…");
                return ExitCodes.VerifyFailed;
            }
        });
        return command;
    }

    private static async Task<int> CheckProofAsync(
        string proofPath, string? messagePath, string? keyText, Terminal terminal, CancellationToken cancellationToken)
    {
        if (messagePath is null || keyText is null) throw new ArgumentException("--proof kræver --message FIL og --key NØGLE.");
        RefuseMissingFile("--proof", proofPath);
        RefuseMissingFile("--message", messagePath);
        var why = ProofCheck.OfFiles(
            await File.ReadAllBytesAsync(proofPath, cancellationToken), await File.ReadAllBytesAsync(messagePath, cancellationToken),
            ReadKey(keyText), out var record, out var resaved);
        if (resaved is not null)
            await terminal.Error.WriteLineAsync($"Bemærk: {resaved} er gemt om af et program og er læst, som den var før.");
        await terminal.Output.WriteLineAsync(why is null
            ? $"Beviset holder (proof holds): {Named(record!)} "
                + $"{record!.At.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)}, er uændret."
            : $"BEVISET HOLDER IKKE (proof fails): {why}");
        return why is null ? 0 : Broken;
    }

    private static string Named(ProvenRecord record) => record.Kind is null
        ? $"besked {CprNumber.MaskIn(record.Id)}, modtaget"
        : $"{(record.Id.StartsWith("adgang/", StringComparison.Ordinal) ? "visning" : "handling")} {record.Id} ({record.Kind}), ført ind";

    /// <summary>Verifies the whole ledger and writes the result.</summary>
    /// <returns>0 intact, 1 broken.</returns>
    internal static async Task<int> VerifyAsync(
        string[] arguments, string? checkpointPath, string? keyText, Terminal terminal, CancellationToken cancellationToken)
    {
        await using var services = IngestionHost.Reading(arguments, out var settings);
        if (checkpointPath is not null) RefuseMissingFile("--checkpoint", checkpointPath);
        await RefuseUnreadableAsync(services, settings, cancellationToken);
        var key = keyText is not null ? ReadKey(keyText) : await KeyOfAsync(services, settings, terminal, cancellationToken);
        var (given, unreadable) = CheckpointCopies.Read(settings.LedgerCheckpointPath, key);
        if (unreadable > 0)
        {
            await terminal.Error.WriteLineAsync(
                $"{unreadable} filer i {settings.LedgerCheckpointPath} er ikke checkpoints fra denne log og er ikke brugt.");
        }
        if (checkpointPath is not null) given = [.. given, await ReadCheckpointAsync(checkpointPath, key, terminal, cancellationToken)];
        var verdict = await services.GetRequiredService<LedgerVerifier>()
            .VerifyAsync(key, given, await ProgressAsync(services, settings, terminal, cancellationToken), 0, cancellationToken);
        if (verdict is null) throw new ArgumentException("Databasen har ingen log endnu; start portalen eller workeren én gang.");
        await terminal.Output.WriteLineAsync(verdict.First is { } first
            ? string.Create(CultureInfo.InvariantCulture, $"BRUDT (broken) {PlaceOf(first)}, {first.Problem}: {first.Why}.{Also(verdict)}")
            : string.Create(CultureInfo.InvariantCulture, $"UBRUDT (intact): {verdict.Size} beskeder, {verdict.Erased} slettet efter "
                + $"reglerne, {verdict.Checkpoints} checkpoints, rod {Convert.ToBase64String(verdict.Root)}{Also(verdict)}"));
        foreach (var journal in verdict.Journals)
        {
            await terminal.Output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{(journal.First is null ? "UBRUDT (intact)"
                : "BRUDT (broken)")}: {journal.Words}: {journal.Size} blade, {journal.Erased} slettet efter reglerne, "
                + $"{journal.Checkpoints} checkpoints, rod {Convert.ToBase64String(journal.Root)}"));
        }

        await terminal.Output.WriteLineAsync($"Database: {DatabaseName.Of(settings)}");
        return verdict.Intact ? 0 : Broken;
    }

    private static string PlaceOf(LedgerFinding first) => first.Log is null
        ? string.Create(CultureInfo.InvariantCulture, $"ved løbenummer {first.Sequence} (sequence {first.Sequence})")
        : string.Create(CultureInfo.InvariantCulture, $"i {first.Log} ved blad {first.Sequence} (leaf {first.Sequence})");

    // In addition to the first fault: the extent of the damage, and what could not be compared.
    private static string Also(LedgerVerdict verdict)
    {
        var wrong = verdict.Wrong > 1 ? string.Create(CultureInfo.InvariantCulture, $" I alt {verdict.Wrong} beskeder passer ikke.") : "";
        return verdict.Earlier == 0
            ? wrong
            : string.Create(CultureInfo.InvariantCulture,
                $"{wrong} ({verdict.Earlier} læst af en tidligere version: deres bytes er kontrolleret, det læste er ikke sammenlignet)");
    }

    private static async Task RefuseUnreadableAsync(ServiceProvider services, PortalSettings settings, CancellationToken cancellationToken)
    {
        // SQLite would create a missing file.
        if (DatabaseName.FileOf(settings) is { } path && !File.Exists(path))
            throw new ArgumentException($"Databasen {path} findes ikke.");
        await using var db = await services.GetRequiredService<IDbContextFactory<IngestionDbContext>>()
            .CreateDbContextAsync(cancellationToken);
        await db.Database.OpenConnectionAsync(cancellationToken);
        if (!await services.GetRequiredService<DatabaseMigrator>().IsThereAsync(db, cancellationToken))
        {
            throw new ArgumentException(
                $"Databasen {DatabaseName.Of(settings)} har ikke portalens tabeller; angiv den rette med --Database:ConnectionString=…");
        }
        await SchemaState.RefuseOtherHistoryAsync(db, settings, cancellationToken);
        if ((await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
        {
            throw new ArgumentException(
                $"Databasen {DatabaseName.Of(settings)} er fra en ældre version; start portalen eller workeren på den én gang.");
        }
    }

    private static void RefuseMissingFile(string option, string path)
    {
        if (!File.Exists(path)) throw new ArgumentException($"{option}: filen »{path}« findes ikke.");
    }

    private static async Task<VerifyProgress> ProgressAsync(
        ServiceProvider services, PortalSettings settings, Terminal terminal, CancellationToken cancellationToken)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<IngestionDbContext>>()
            .CreateDbContextAsync(cancellationToken);
        return new VerifyProgress(terminal.Error, TimeProvider.System, (await HeadReader.ReadAsync(db, cancellationToken))?.Size ?? 0,
            DatabaseName.Of(settings), terminal.ErrorIsWatched);
    }

    // The key file is what is trusted. Without it, a copy of the database can still be verified against the public key stored in it.
    private static async Task<VerifierKey> KeyOfAsync(
        ServiceProvider services, PortalSettings settings, Terminal terminal, CancellationToken cancellationToken)
    {
        if (LedgerKeyFile.Read(settings.LedgerKeyPath) is { } own)
        {
            using var signer = new LogSigner(settings.LedgerOrigin, own);
            return signer.Verifier;
        }

        await using var db = await services.GetRequiredService<IDbContextFactory<IngestionDbContext>>()
            .CreateDbContextAsync(cancellationToken);
        var head = await HeadReader.ReadAsync(db, cancellationToken);
        if (head is null || VerifierKey.Of(head.Origin, head.PublicKey) is not { } key)
            throw new ArgumentException($"Loggens nøgle mangler: angiv den med --key, eller læg nøglefilen på {settings.LedgerKeyPath}.");
        await terminal.Error.WriteLineAsync($"Nøglefilen {settings.LedgerKeyPath} findes ikke: loggen holdes op mod den nøgle, "
            + "databasen selv opgiver. Angiv --key for at holde den op mod en nøgle, du har fra andet sted.");
        return key;
    }

    private static async Task<GivenCheckpoint> ReadCheckpointAsync(
        string path, VerifierKey key, Terminal terminal, CancellationToken cancellationToken)
    {
        var bytes = await File.ReadAllBytesAsync(path, cancellationToken);

        // Of the log of messages, or of another whose origin it names.
        var log = JournalLog.All.FirstOrDefault(
            l => Checkpoint.Parse(SignedNote.ParseFile(bytes, l.KeyOf(key), out _)?.Text ?? "")?.Origin == l.KeyOf(key).Name);
        var own = log?.KeyOf(key) ?? key;
        var note = SignedNote.ParseFile(bytes, own, out var resaved);
        var checkpoint = SignedCheckpoint.Read(note, own, out var why);
        if (checkpoint is null)
        {
            throw new ArgumentException(
                $"Checkpointet {path} kan ikke bruges: {why}{(ResavedText.Restore(bytes).Resaved ? $" – {ResavedText.GetAgain}" : "")}.");
        }
        if (resaved) await terminal.Error.WriteLineAsync($"Bemærk: {path} er gemt om af et program og er læst, som den var før.");
        return new GivenCheckpoint("det angivne checkpoint", checkpoint.Head);
    }

    private static VerifierKey ReadKey(string text) =>
        VerifierKey.Parse(text) ?? (File.Exists(text) ? VerifierKey.Parse(ResavedText.Restore(File.ReadAllBytes(text)).Text) : null)
        ?? throw new ArgumentException("--key er ikke en nøgle som navn+id+base64, eller en fil med en; hent den på /api/bevis/noegle.");
}
