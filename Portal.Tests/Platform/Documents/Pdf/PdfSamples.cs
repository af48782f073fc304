using Portal.Platform.Documents.Model;
using Portal.Platform.Documents.Pdf;

namespace Portal.Tests.Platform.Documents.Pdf;

/// <summary>Documents for the tests of the PDF writer.</summary>
internal static class PdfSamples
{
    public static readonly Drawing Chart = new(
        0, 0, 640, 200,
        [
            new RectShape(0, 0, 640, 200, "#f2f6f7", new Stroke("#d9e0e6"), 8), new CircleShape(100, 120, 4, "#a3211a"),
            new PathShape("M 20 180 L 100 120 Q 200 20 300 100 C 350 140 400 60 500 60 H 560 V 100", null, new Stroke("#0b5566", 2), true),
            new GroupShape("Titel", [new WordsShape(320, 24, ["Timer pr. måned", "Łódź — Δ"], 14, 18, "#17232e", true, Anchor.Middle)]),
            new PathShape("M20 150H620", null, new Stroke("#176b35", 1, [6, 3])),
        ]);

    public static string Prose(int sentences) => string.Join(
        ' ', Enumerable.Repeat("Sagsbehandlerne bruger 12,4 minutter på hvert brev, og borgerne får svar samme dag.", sentences));

    /// <summary>A document with one of everything.</summary>
    public static Document Everything() => new DocumentBuilder()
        .Title("Gevinstrapport", "Digital post: færre breve", "Borgerservice · november 2026", new FigureBlock(Chart, "QR-kode", 25))
        .Note(Tone.Ok, n => n
            .Paragraph(l => l.Strong("Gevinsten er nået. ").Text("Der er sparet 1.240 timer."), BlockStyle.Lead)
            .Facts(f => f.Add("Målt", "1.240 timer").Add("Mål", "1.100 timer")))
        .Heading(2, "Konklusion").Paragraph(Prose(9), BlockStyle.Lead)
        .Paragraph(l => l.Text("Se ").Link("sagens side", "https://portal.example.dk/sager/12?x=(1)").Text(", kode ").Code("a3f8-Ω")
            .Break().Text("Status: ").Mark("Nået", Tone.Ok).Text(" ").Mark("Bagud", Tone.Bad))
        .Heading(3, "Navne").List(ordered: false, ["Nguyễn Thị Ánh", "Łukasz Żółć", "Γεώργιος", "Людмила Щербакова"])
        .List(ordered: true, [Prose(1), Prose(2)])
        .Facts(f => f.Add("Sag", "2026-001234").Add("Hash", new string('a', 64), TextStyle.Code), ruled: true)
        .Heading(2, "Gevinster")
        .Table(
            [new("Gevinst") { IsRowHeader = true }, new("Målt", 20, true), new("Status"), new("Forløb", 30)],
            t =>
            {
                for (var i = 0; i < 60; i++)
                {
                    t.Row(c => c.Text($"Færre opkald {i}"), c => c.Text("12.400"), c => c.Mark("Nået", Tone.Ok),
                        c => c.Figure(Chart, "Forløb " + i, 25));
                }
            })
        .Keep(k => k.Heading(3, "Måling").Figure(Chart, "Kurven falder fra 12.400 til 7.912."))
        .Code("{\n  \"besked\": \"Hej\"\n}")
        .Landscape(l => l.Heading(2, "Effektkæden").Figure(Chart with { Height = 330 }, "Kæden"))
        .NewPage(p => p.Heading(2, "Bilag").Paragraph(Prose(40)).Paragraph("Slut.", BlockStyle.Caption))
        .Build("Gevinstrapport: Digital post", "Gevinstrapport · Digital post");

    public static byte[] Write(Document document)
    {
        using var output = new MemoryStream();
        new PdfWriter().Write(document, output, CancellationToken.None);
        return output.ToArray();
    }

    /// <summary>Writes a document, and checks that it is accessible and says what it should.</summary>
    public static byte[] Checked(Document document)
    {
        var pdf = Write(document);
        PdfCheck.Accessible(pdf, DocumentTexts.Normal(document.Title).Length == 0 ? "Dokument" : document.Title,
            document.Language ?? Document.Danish);
        PdfCheck.Says(pdf, document);
        return pdf;
    }

    public static Document Of(Action<DocumentBuilder> blocks)
    {
        var builder = new DocumentBuilder();
        blocks(builder);
        return builder.Build("Prøve", "Prøve");
    }
}
