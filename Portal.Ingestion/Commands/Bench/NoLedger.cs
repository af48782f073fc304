using System.Data.Common;
using Portal.Ingestion.Ledger.Keeping;

namespace Portal.Ingestion.Commands.Bench;

/// <summary>A log without a ledger, to measure what the ledger costs; nothing but a measurement may use it.</summary>
internal sealed class NoLedger : ILedgerAppender
{
    /// <inheritdoc />
    public LedgerAppendSession Begin(DbTransaction transaction) => new NoAppendSession();

    private sealed class NoAppendSession : LedgerAppendSession
    {
        public override long Size => 0;

        public override void Add(long sequence, byte[] leafHash)
        {
            // Nothing is kept.
        }

        public override void Write()
        {
            // Nothing is kept.
        }
    }
}
