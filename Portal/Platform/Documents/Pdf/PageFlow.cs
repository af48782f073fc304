namespace Portal.Platform.Documents.Pdf;

/// <summary>
/// Puts pieces on pages, one after the other, and draws each page as it is filled. What needs a page on its side waits until the upright
/// page before it is full, so that no page is left half empty.
/// </summary>
internal sealed class PageFlow(
    PdfFile file, StructureTree structure, DocumentFonts fonts, MissingTexts missing, int mostPages, CancellationToken cancellationToken)
{
    /// <summary>Depths of grounds: boxes lie below rules, rules below marks.</summary>
    public const int RuleDepth = 1000;

    /// <summary>See <see cref="RuleDepth"/>.</summary>
    public const int MarkDepth = 1001;

    private const double EdgeWidth = 2.83;
    private const double Tolerance = 0.01;

    // Of a page's height; a page with less on it looks unfinished when another follows.
    private const double LeastFilled = 2.0 / 3;

    // A long document is never held as a whole.
    private const int MostWaiting = 20;
    private readonly List<DrawnPage> _pages = [];
    private readonly List<(Bookmark Bookmark, int Page, double Top)> _bookmarks = [];
    private readonly Stack<(Frame Frame, double Top)> _open = [];
    private readonly List<List<Piece>> _wide = [];
    private DrawingContext? _context;
    private Piece? _head;
    private double _y;
    private bool _isEmpty;
    private int _headings;

    /// <summary>The pages that are drawn.</summary>
    public IReadOnlyList<DrawnPage> Pages => _pages;

    /// <summary>The headings in the order of the text, with their place: the page's object and the distance from its upper edge.</summary>
    public IReadOnlyList<(Bookmark Bookmark, int Page, double Top)> Bookmarks => [.. _bookmarks.OrderBy(b => b.Bookmark.Number)];

    private PageSize Size => _context!.Canvas.Size;

    /// <summary>Puts pieces after those that are there.</summary>
    /// <exception cref="DocumentTooLargeException">There are more pages than allowed.</exception>
    public void Add(IEnumerable<Piece> pieces)
    {
        var (group, height) = (new List<Piece>(), 0.0);
        foreach (var piece in pieces)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (piece.Bookmark is { } heading) piece.Bookmark = heading with { Number = ++_headings };
            if (group.Count > 0 && (piece.NewPage || piece.Around.Landscape != group[0].Around.Landscape)) Place();
            group.Add(piece);
            height += piece.Before + piece.Height;
            if (piece.Keep == Keep.None || height > SizeOf(piece).BodyHeight) Place();
        }

        if (group.Count > 0) Place();

        void Place()
        {
            PlaceGroup(group);
            group.Clear();
            height = 0;
        }
    }

    /// <summary>Ends the last page; a document without content has one that is empty.</summary>
    public void Finish()
    {
        var (last, isOpen) = (_pages.Count, _context is not null && _y < Size.Top + (Size.BodyHeight * LeastFilled));
        PlaceWide();
        if (_context is null && _pages.Count == 0) BeginPage(PageSize.Portrait);
        EndPage();

        // What waited in vain for a short last page comes before it, so that the page with room left is the last one.
        if (!isOpen || last == 0 || _pages.Count == last + 1) return;
        var page = _pages[last];
        _pages.RemoveAt(last);
        _pages.Add(page);
    }

    /// <summary>The page on which a piece is put.</summary>
    public static PageSize SizeOf(Piece piece) => piece.Around.Landscape ? PageSize.Landscape : PageSize.Portrait;

    private void PlaceGroup(List<Piece> group)
    {
        var size = SizeOf(group[0]);
        if (size == PageSize.Landscape && _context is not null && Size != size && !_isEmpty)
        {
            if (_wide.Count < MostWaiting)
            {
                _wide.Add([.. group]);
                return;
            }

            PlaceWide();
        }

        if (_context is null || Size != size || (group[0].NewPage && !_isEmpty)) TurnTo(size);
        if (Fits(group) || TurnsToFit(group))
        {
            foreach (var piece in group) Draw(piece);
            return;
        }

        // Too long for a page. What must stay together does; a text that is longer than a page is cut where the page ends.
        for (var start = 0; start < group.Count;)
        {
            var end = start + 1;
            while (end < group.Count && group[end - 1].Keep == Keep.Always) end++;
            var part = group.GetRange(start, end - start);
            var whole = Fits(part) || TurnsToFit(part);
            foreach (var piece in part)
            {
                if (!whole && !_isEmpty && !Fits([piece])) TurnTo(size);
                Draw(piece);
            }

            start = end;
        }
    }

    private bool Fits(List<Piece> group) => _y + HeightOf(group, _isEmpty, _head, Innermost) <= Size.BodyEnd + Tolerance;

    // Begins a page when the pieces fit on an empty one.
    private bool TurnsToFit(List<Piece> group)
    {
        if (_isEmpty || HeightOf(group, true, null, null) > Size.BodyHeight + Tolerance) return false;
        TurnTo(Size);
        return true;
    }

    private Frame? Innermost => _open.TryPeek(out var open) ? open.Frame : null;

    private static double HeightOf(List<Piece> group, bool isEmpty, Piece? head, Frame? frame)
    {
        var height = 0.0;
        foreach (var piece in group)
        {
            if (!isEmpty) height += piece.Before;
            height += piece.Height + Between(frame, piece.Around.Frame);
            if (piece.Around.Head is { } repeated && !ReferenceEquals(repeated, head) && !ReferenceEquals(repeated, piece))
            {
                (head, height) = (repeated, height + repeated.Height);
            }

            if (piece is RowPiece { IsRepeated: true }) head = piece;
            (isEmpty, frame) = (false, piece.Around.Frame);
        }

        return height + Between(frame, null);
    }

    // The padding of the boxes that end and begin between two pieces.
    private static double Between(Frame? from, Frame? to)
    {
        var padding = 0.0;
        for (var frame = from; frame is not null && !frame.Holds(to); frame = frame.Parent) padding += frame.Padding;
        for (var frame = to; frame is not null && !frame.Holds(from); frame = frame.Parent) padding += frame.Padding;
        return padding;
    }

    private void Draw(Piece piece)
    {
        while (_open.TryPeek(out var open) && !open.Frame.Holds(piece.Around.Frame)) CloseFrame();
        if (!_isEmpty) _y += piece.Before;
        OpenFrames(piece.Around.Frame);
        if (piece.Around.Head is { } head && !ReferenceEquals(_head, head)) Repeat(head);
        piece.Draw(_context!, _y);
        if (piece.Bookmark is { } bookmark) _bookmarks.Add((bookmark, _context!.Canvas.Object, _y));
        _y += piece.Height;
        _isEmpty = false;
        if (piece is RowPiece { IsRepeated: true }) _head = piece;
    }

    private void Repeat(Piece head)
    {
        _context!.Canvas.Repeats = true;
        head.Draw(_context, _y);
        _context.Canvas.Repeats = false;
        _context.Canvas.EndMark();
        _y += head.Height;
        _head = head;
    }

    private void OpenFrames(Frame? frame)
    {
        if (frame is null || (_open.TryPeek(out var open) && ReferenceEquals(open.Frame, frame))) return;
        OpenFrames(frame.Parent);
        _open.Push((frame, _y));
        _y += frame.Padding;
    }

    private void CloseFrame()
    {
        var (frame, top) = _open.Pop();
        _y += frame.Padding;
        _context!.Canvas.Ground(frame.Depth, frame.Ground, frame.X, top, frame.Width, _y - top);
        if (frame.Edge is { } edge) _context.Canvas.Ground(frame.Depth, edge, frame.X, top, EdgeWidth, _y - top);
    }

    private void TurnTo(PageSize size)
    {
        PlaceWide();
        EndPage();
        BeginPage(size);
    }

    // Ends the upright page that they waited for.
    private void PlaceWide()
    {
        if (_wide.Count == 0) return;
        var waiting = _wide.ToList();
        _wide.Clear();
        EndPage();
        BeginPage(PageSize.Landscape);
        foreach (var group in waiting) PlaceGroup(group);
    }

    private void BeginPage(PageSize size)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_pages.Count == mostPages) throw new DocumentTooLargeException(mostPages);
        _context = new DrawingContext(new PageCanvas(file, structure, fonts, size, _pages.Count + 1), structure, missing);
        (_y, _isEmpty, _head) = (size.Top, true, null);
    }

    private void EndPage()
    {
        if (_context is null) return;
        while (_open.Count > 0) CloseFrame();
        _pages.Add(_context.Canvas.Finish());
        _context = null;
    }
}
