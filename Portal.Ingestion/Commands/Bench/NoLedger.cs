using System.Data.Common;
using Portal.Ingestion.Ledger.Keeping;

namespace Portal.Ingestion.Commands.Bench;

/// <summary>A log without a ledger, to measure what the ledger costs; nothing but a measurement may use it.</summary>
internal sealed class NoLedger : ILedgerAppender
{
    /// <inheritdoc />
    public LedgerTurn Begin(DbTransaction transaction) => new Nothing();

    private sealed class Nothing : LedgerTurn
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
