using Portal.Ingestion.Ledger.Notes;
using Xunit;

namespace Portal.Tests.Ingestion.Ledger;

public sealed class ProofFileTests
{
    private static readonly string Whole = new LedgerProof([1, 2, 3], 0, [new byte[32]], SignedNote.Parse("beviser.example\n1\nAAAA\n\n— "
        + "beviser.example x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n")!).ToString();

    [Fact]
    public void A_proof_is_read_as_it_was_written() => Assert.Equal(Whole, LedgerProof.Parse(Whole, out _)!.ToString());

    [Fact]
    public void A_file_that_is_no_proof_is_distinguished_from_one_that_was_cut_off()
    {
        Assert.Null(LedgerProof.Parse("PK" + Whole, out var other));
        Assert.Contains("begynder ikke", other, StringComparison.Ordinal);

        for (var length = Whole.IndexOf('\n', StringComparison.Ordinal) + 1;
            length < Whole.IndexOf("\n\n", StringComparison.Ordinal) + 2; length++)
        {
            Assert.Null(LedgerProof.Parse(Whole[..length], out var cut));
            Assert.DoesNotContain("begynder ikke", cut, StringComparison.Ordinal);
        }
    }
}
