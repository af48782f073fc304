using Portal.Platform.Documents.Model;
using Xunit;

namespace Portal.Tests.Platform.Documents.Pdf;

public sealed class PdfWriterTests
{
    [Fact]
    public void A_document_with_one_of_everything_is_accessible_and_says_what_it_should() =>
        PdfSamples.Checked(PdfSamples.Everything());
}
