using System.Data.Common;
using Portal.Ingestion.Ledger.Keeping;

namespace Portal.Ingestion.Commands.Bench;

/// <summary>Disables the ledger, to measure its cost. For the benchmark only.</summary>
internal sealed class NoLedger : ILedgerAppender
{
    /// <inheritdoc />
    public LedgerAppendSession Begin(DbTransaction transaction) => new NoAppendSession();

    private sealed class NoAppendSession : LedgerAppendSession
    {
        public override long Size => 0;

        public override void Add(long sequence, byte[] leafHash)
        {
            // Nothing to store.
        }

        public override void Write()
        {
            // Nothing to store.
        }
    }
}
