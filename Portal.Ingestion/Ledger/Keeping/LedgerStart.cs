using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Ledger.Notes;
using Portal.Ingestion.Ledger.Tree;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Ledger.Keeping;

/// <summary>Prepares the ledger's key and head at start. Called by one program at a time, after the migrations.</summary>
internal sealed class LedgerStart(PortalSettings settings, LedgerKey key)
{
    private const string Database = "Database:ConnectionString";

    /// <summary>Reads or creates the key, and starts the ledger in a new database.</summary>
    /// <exception cref="ConfigurationProblemException">The key is missing, readable by others or not the database's; the database has
    /// another origin or has lost its head.</exception>
    public async Task PrepareAsync(IngestionDbContext db, CancellationToken cancellationToken)
    {
        var head = await db.Set<StoredLedgerHead>().AsNoTracking().SingleOrDefaultAsync(cancellationToken)
            ?? await BeginAsync(db, cancellationToken);
        key.Use(Open(settings, head));
    }

    /// <summary>The signer for a database that has a ledger.</summary>
    /// <exception cref="ConfigurationProblemException">The key is missing, readable by others or not the database's; the database has
    /// another origin.</exception>
    public static LogSigner Open(PortalSettings settings, StoredLedgerHead head)
    {
        if (head.Origin != settings.LedgerOrigin)
        {
            throw new ConfigurationProblemException("Ledger:Origin",
                $"databasens log hedder »{head.Origin}« og kan ikke skifte navn; skriv det igen i stedet for »{settings.LedgerOrigin}«.");
        }

        var read = LedgerKeyFile.Read(settings.LedgerKeyPath)
            ?? throw new ConfigurationProblemException("Ledger:KeyPath", $"nøglen »{settings.LedgerKeyPath}« mangler, "
                + "men databasen har en log, der er underskrevet med den; læg den tilbage fra sikkerhedskopien.");
        var signer = new LogSigner(settings.LedgerOrigin, read);
        if (signer.Verifier.PublicKey.SequenceEqual(head.PublicKey)) return signer;
        signer.Dispose();
        throw new ConfigurationProblemException("Ledger:KeyPath",
            $"nøglen »{settings.LedgerKeyPath}« er ikke den, som databasens log er underskrevet med; brug den rette nøgle til databasen.");
    }

    private async Task<StoredLedgerHead> BeginAsync(IngestionDbContext db, CancellationToken cancellationToken)
    {
        // A ledger starts only with an empty log. A lost head is never replaced by a new one: its signature would cover whatever was
        // changed meanwhile.
        if (await db.HasMessagesAsync(cancellationToken)
            || await db.Set<StoredLedgerTile>().AnyAsync(cancellationToken)
            || await db.Set<StoredCheckpoint>().AnyAsync(cancellationToken))
        {
            throw new ConfigurationProblemException(Database, "databasens log har mistet sit hoved (tabellen LedgerHead er tom); "
                + "kør verify, og læg databasen tilbage fra en sikkerhedskopi.");
        }

        using var signer = new LogSigner(settings.LedgerOrigin, LedgerKeyFile.ReadOrMake(settings.LedgerKeyPath));
        var empty = new Checkpoint(settings.LedgerOrigin, 0, MerkleHash.EmptyRoot);
        var head = new StoredLedgerHead
        {
            Origin = settings.LedgerOrigin, PublicKey = [.. signer.Verifier.PublicKey], Root = empty.Root, Signature = signer.Sign(empty),
        };
        db.Add(head);
        await db.SaveChangesAsync(cancellationToken);
        db.Entry(head).State = EntityState.Detached;
        return head;
    }
}
