using Portal.Platform.Documents.Model;
using Xunit;
using Xunit.Sdk;

namespace Portal.Tests.Platform.Documents.Pdf;

/// <summary>The checker finds what it is there to find.</summary>
public sealed class PdfCheckTests
{
    private static readonly byte[] Right = PdfSamples.Write(PdfSamples.Of(b => b
        .Paragraph("Tekst").Paragraph(l => l.Text("Mere ").Code("kode").Text(", ").Link("link", "https://a.dk/"))
        .Note(Tone.Ok, n => n.Paragraph("Note")).Heading(2, "En").Heading(2, "To").Figure(PdfSamples.Chart, "Kurve")
        .Table([new("Navn")], t => t.Row("Anna")).List(ordered: false, ["Punkt"])));

    [Fact]
    public void A_text_that_the_pdf_lacks_or_has_besides_is_found()
    {
        var pdf = PdfSamples.Write(PdfSamples.Of(b => b.Paragraph("Første").Paragraph("Anden")));
        Assert.ThrowsAny<XunitException>(() => PdfCheck.Says(pdf, PdfSamples.Of(b => b.Paragraph("Første"))));
        Assert.ThrowsAny<XunitException>(() => PdfCheck.Says(pdf, PdfSamples.Of(b => b.Paragraph("Anden").Paragraph("Første"))));
        Assert.ThrowsAny<XunitException>(() => PdfCheck.Says(pdf, PdfSamples.Of(b => b.Paragraph("Første").Heading(2, "Anden"))));
    }

    [Fact]
    public void What_is_only_taken_apart_and_put_together_passes() =>
        PdfCheck.Accessible(ChangedPdf.Of(Right, "/Tabs/S", "/Tabs /S"), "Prøve");

    [Fact]
    public void Another_title_is_found() => Assert.ThrowsAny<XunitException>(() => PdfCheck.Accessible(Right, "En anden"));

    [Theory]
    [InlineData("/Tabs/S", "/Tabs/R")]
    [InlineData("/Alt<", "/Alternative<")]
    [InlineData("/Scope/Column", "/Scope/Both")]
    [InlineData("/S/H2", "/S/H4")]
    [InlineData("/S/Code", "/S/Kode")]
    [InlineData("/S/TBody", "/S/P")]
    [InlineData("/S/LBody", "/S/P")]
    [InlineData("/BBox[", "/Box[")]
    [InlineData("/FontFile2", "/FontFile0")]
    [InlineData("/ToUnicode", "/FromUnicode")]
    [InlineData("/DisplayDocTitle true", "/DisplayDocTitle false")]
    [InlineData("/Marked true", "/Marked false")]
    [InlineData("/Contents<", "/Subject<")]
    [InlineData("/Lang(da)", "/Lang(en)")]
    [InlineData("<pdfuaid:part>1<", "<pdfuaid:part>2<")]
    [InlineData("/StructParent ", "/StructParent 1")]
    [InlineData("/P<</MCID 0>>BDC", "")]
    [InlineData("/Artifact<</Type/Layout>>BDC", "")]
    [InlineData("/Artifact<</Type/Layout>>BDC", "/P<</MCID 99>>BDC")]
    [InlineData("<</MCID 1>>", "<</MCID 0>>")]
    [InlineData("/Outlines ", "/Outlined ")]
    public void What_is_wrong_is_found(string right, string wrong)
    {
        var pdf = ChangedPdf.Of(Right, right, wrong);
        Assert.ThrowsAny<Exception>(() => PdfCheck.Accessible(pdf, "Prøve"));
    }
}
