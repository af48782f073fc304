namespace Portal.Platform.Documents.Pdf;

/// <summary>What the parts of a page are drawn with.</summary>
internal sealed record DrawingContext(PageCanvas Canvas, StructureTree Structure, MissingTexts Missing);

/// <summary>The texts of a document that its fonts lack, with the page of each.</summary>
internal sealed class MissingTexts
{
    /// <summary>More are counted but not listed.</summary>
    public const int MostListed = 500;

    private readonly Dictionary<MissingText, SortedSet<int>> _pages = [];
    private readonly List<MissingText> _listed = [];

    /// <summary>In the order in which they were found, with their pages.</summary>
    public IEnumerable<(MissingText Text, IEnumerable<int> Pages)> Listed => _listed.Select(t => (t, _pages[t].AsEnumerable()));

    /// <summary>How many there are that are not listed.</summary>
    public int Others { get; private set; }

    /// <summary>Notes a text that is named in words on a page.</summary>
    public void Note(MissingText text, int page)
    {
        if (_pages.TryGetValue(text, out var pages)) pages.Add(page);
        else if (_listed.Count == MostListed) Others++;
        else
        {
            _listed.Add(text);
            _pages[text] = [page];
        }
    }
}
