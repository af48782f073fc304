using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Tokens;

namespace Portal.Tests.Platform.Documents.Pdf;

/// <summary>Reads a PDF's objects and structure.</summary>
internal sealed class PdfReading : IDisposable
{
    private readonly Dictionary<(int Page, int Mcid), string> _texts = [];
    private readonly Dictionary<long, int> _pageNumbers = [];

    public PdfReading(byte[] pdf)
    {
        Pdf = PdfDocument.Open(pdf);
        Catalog = Pdf.Structure.Catalog.CatalogDictionary;
        var kids = Get<ArrayToken>(Get<DictionaryToken>(Catalog, "Pages"), "Kids");
        for (var i = 0; i < kids.Length; i++) _pageNumbers[((IndirectReferenceToken)kids[i]).Data.ObjectNumber] = i + 1;
        Pages = [.. Pdf.GetPages()];
        foreach (var page in Pages)
        {
            foreach (var content in page.GetMarkedContents().Where(c => c.MarkedContentIdentifier >= 0))
            {
                _texts.Add((page.Number, content.MarkedContentIdentifier), string.Concat(content.Letters.Select(l => l.Value)));
            }
        }

        Root = Get<DictionaryToken>(Catalog, "StructTreeRoot");
        Document = Element(Root.Data["K"]);
    }

    public PdfDocument Pdf { get; }

    public IReadOnlyList<Page> Pages { get; }

    public DictionaryToken Catalog { get; }

    /// <summary>The root of the structure.</summary>
    public DictionaryToken Root { get; }

    /// <summary>The element that holds all others.</summary>
    public PdfElement Document { get; }

    /// <summary>Every content that a page marks for the structure.</summary>
    public IReadOnlyCollection<(int Page, int Mcid)> Contents => _texts.Keys;

    public int PageOf(IToken reference) => _pageNumbers[((IndirectReferenceToken)reference).Data.ObjectNumber];

    public T Get<T>(DictionaryToken from, string key) where T : IToken => Get<T>(from.Data[key]);

    public T Get<T>(IToken token) where T : IToken =>
        token is IndirectReferenceToken reference ? (T)Pdf.Structure.GetObject(reference.Data).Data : (T)token;

    public DictionaryToken Object(long number) => (DictionaryToken)Pdf.Structure.GetObject(new IndirectReference(number, 0)).Data;

    public void Dispose() => Pdf.Dispose();

    private PdfElement Element(IToken reference)
    {
        var dictionary = Get<DictionaryToken>(reference);
        var page = dictionary.Data.TryGetValue("Pg", out var at) ? PageOf(at) : 0;
        var kids = dictionary.Data.TryGetValue("K", out var token) ? Get<ArrayToken>(token).Data : [];
        return new PdfElement(
            ((IndirectReferenceToken)reference).Data.ObjectNumber, ((NameToken)dictionary.Data["S"]).Data, dictionary,
            [.. kids.Select(k => Part(k, page))]);
    }

    private PdfElement.Part Part(IToken kid, int page) => kid switch
    {
        NumericToken number => Content((page, number.Int)),
        IndirectReferenceToken => new PdfElement.Part(Element(kid)),
        DictionaryToken marked when ((NameToken)marked.Data["Type"]).Data == "MCR" =>
            Content((PageOf(marked.Data["Pg"]), ((NumericToken)marked.Data["MCID"]).Int)),
        DictionaryToken annotation => new PdfElement.Part(
            Annotation: ((IndirectReferenceToken)annotation.Data["Obj"]).Data.ObjectNumber),
        _ => throw new InvalidDataException($"{kid} is no part of an element."),
    };

    private PdfElement.Part Content((int Page, int Mcid) at) => new(Content: at, Text: _texts.GetValueOrDefault(at, ""));
}
