using System.Data.Common;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Ledger.Notes;
using Portal.Ingestion.Ledger.Tree;

namespace Portal.Ingestion.Ledger.Keeping;

/// <summary>Appends messages to the ledger within the transaction that appends them to the log.</summary>
public interface ILedgerAppender
{
    /// <summary>Begins an append; call it while holding the write lock.</summary>
    /// <exception cref="StorageUnavailableException">The ledger's own rows were changed from outside: nothing may be appended to
    /// them.</exception>
    LedgerAppendSession Begin(DbTransaction transaction);
}

/// <summary>
/// Appends messages to the ledger of a database: <see cref="Begin"/> while the write lock is held (SQLite: the write gate; PostgreSQL: the
/// advisory lock), <see cref="LedgerAppendSession.Add"/> for each message in sequence order, <see cref="LedgerAppendSession.Write"/> before
/// the commit. The right edge of the tree is cached between appends and reused only if the head in the database still matches it.
/// </summary>
public sealed class LedgerAppender(LedgerKey key) : ILedgerAppender, IDisposable
{
    private LedgerRows? _rows;
    private TileTree? _tree;
    private byte[] _root = [];

    LedgerAppendSession ILedgerAppender.Begin(DbTransaction transaction) => Begin(transaction);

    /// <inheritdoc cref="ILedgerAppender.Begin" />
    public TreeAppendSession Begin(DbTransaction transaction)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        var connection = transaction.Connection ?? throw new InvalidOperationException("The transaction is over.");
        if (_rows?.Connection != connection)
        {
            _rows?.Dispose();
            _rows = new LedgerRows(connection);
        }

        _rows.Transaction = transaction;
        if (_rows.ReadHead() is not var (size, root)) throw Damaged(null);
        if (_tree is null || _tree.Size != size || !_root.AsSpan().SequenceEqual(root)) Load(size, root);
        return new TreeAppendSession(this, _tree!);
    }

    /// <inheritdoc />
    public void Dispose() => _rows?.Dispose();

    /// <summary>Writes the changed tiles and the signed head.</summary>
    internal void Write(TileTree tree)
    {
        var head = new Checkpoint(key.Verifier.Name, tree.Size, tree.Root());
        _rows!.Write(tree.TakeChanged(), head, key.Signer.Sign(head));
        _root = head.Root;
    }

    private void Load(long size, byte[] root)
    {
        _tree = null;
        try
        {
            var tree = TileTree.Load(size, _rows!.ReadTile);
            if (!tree.Root().AsSpan().SequenceEqual(root)) throw Damaged(null);
            (_tree, _root) = (tree, root);
        }
        catch (LedgerDamagedException damaged)
        {
            throw Damaged(damaged);
        }
    }

    private static StorageUnavailableException Damaged(Exception? inner) =>
        new("Bevisets log er ændret udefra, så der kan ikke føjes til den. Kør verify, der siger hvor, "
            + "og læg databasen tilbage fra en sikkerhedskopi.", inner);
}

/// <summary>Messages being appended to the ledger within one transaction.</summary>
public abstract class LedgerAppendSession
{
    /// <summary>
    /// The highest sequence number in the ledger. A new message gets a higher number, even if the last rows of the log were deleted.
    /// </summary>
    public abstract long Size { get; }

    /// <summary>
    /// Appends a message under its sequence number. Numbers skipped since the last message get <see cref="LeafRecord.NothingReceived"/>
    /// forever.
    /// </summary>
    /// <param name="sequence">The message's sequence number, from 1.</param>
    /// <param name="leafHash"><see cref="LeafRecord.ToLeafHash"/> of the message's record.</param>
    /// <exception cref="InvalidOperationException">The number is in the ledger already.</exception>
    public abstract void Add(long sequence, byte[] leafHash);

    /// <summary>Writes the tiles and the signed head; call once, before the commit.</summary>
    public abstract void Write();
}

/// <summary>An append that grows the tree.</summary>
public sealed class TreeAppendSession : LedgerAppendSession
{
    private readonly LedgerAppender _appender;
    private readonly TileTree _tree;
    private readonly long _from;

    internal TreeAppendSession(LedgerAppender appender, TileTree tree) => (_appender, _tree, _from) = (appender, tree, tree.Size);

    /// <inheritdoc />
    public override long Size => _tree.Size;

    /// <inheritdoc />
    public override void Add(long sequence, byte[] leafHash)
    {
        if (sequence <= _tree.Size) throw new InvalidOperationException("The number stands in the ledger already.");
        while (_tree.Size < sequence - 1) _tree.Append(LeafRecord.NothingReceived);
        _tree.Append(leafHash);
    }

    /// <inheritdoc />
    public override void Write()
    {
        if (_tree.Size > _from) _appender.Write(_tree);
    }
}
