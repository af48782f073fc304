using Portal.Ingestion.Ledger.Notes;
using Xunit;

namespace Portal.Tests.Ingestion.Ledger;

public sealed class SignedNoteTests
{
    // The example in the documentation of the format's first implementation (Go, golang.org/x/mod/sumdb/note).
    private const string Key = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

    private const string Note =
        "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n" +
        "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

    [Fact]
    public void The_documented_note_is_signed_by_the_documented_key()
    {
        var key = VerifierKey.Parse(Key);
        var note = SignedNote.Parse(Note);
        Assert.Equal(Key, key!.ToString());
        Assert.True(note!.IsSignedBy(key));
        Assert.Equal(Note, note.ToString());
    }

    [Fact]
    public void A_changed_letter_is_not_signed()
    {
        var note = SignedNote.Parse(Note.Replace("answer", "Answer", StringComparison.Ordinal));
        Assert.False(note!.IsSignedBy(VerifierKey.Parse(Key)!));
    }

    [Theory]
    [InlineData("PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("PeterNeumann+c74f20a3+ARpc2Qc")]
    [InlineData("")]
    public void A_key_whose_id_or_form_is_wrong_is_none(string text) => Assert.Null(VerifierKey.Parse(text));
}
