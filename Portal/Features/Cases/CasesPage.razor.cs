using Microsoft.AspNetCore.Components;
using Portal.Features.Cases.Api;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Letters;
using Portal.Platform.Live;
using Portal.Platform.Text;
using Portal.Platform.Ui;
using Portal.Platform.Ui.Lists;

namespace Portal.Features.Cases;

/// <summary>Search for cases. The search text is in the URL, unless it is a CPR number, which stays in the circuit's memory.</summary>
public sealed partial class CasesPage
{
    private const int PageSize = 50;
    private const int MostAtOnce = 1000;

    private TypedSearch _search = null!;
    private PageNews _news = null!;
    private string _newsText = "";
    private Viewer _viewer = Viewer.Nobody;
    private IReadOnlyList<CaseSummary>? _rows;
    private PersonHits? _ofPerson;
    private string? _cursor;
    private string? _shownText;
    private LetterFilters _filters = new();
    private ListLook _look = ListLook.Usual;
    private bool _wrongFilter;
    private bool _loaded;
    private bool _busy;

    /// <summary>The search text.</summary>
    [SupplyParameterFromQuery] public string? Soeg { get; set; }

    /// <summary>The search text, as the search field of the top bar sends it.</summary>
    [SupplyParameterFromQuery] public string? Q { get; set; }

    /// <summary>The filter of letters, by the names of <c>GET /api/breve</c>; null for none.</summary>
    [SupplyParameterFromQuery] public string? Verdict { get; set; }

    /// <inheritdoc cref="Verdict" />
    [SupplyParameterFromQuery] public string? From { get; set; }

    /// <inheritdoc cref="Verdict" />
    [SupplyParameterFromQuery] public string? To { get; set; }

    /// <inheritdoc cref="Verdict" />
    [SupplyParameterFromQuery] public string? Kind { get; set; }

    /// <summary>How the list is shown: <see cref="ListLook"/>.</summary>
    [SupplyParameterFromQuery] public string? Kol { get; set; }

    /// <inheritdoc cref="Kol" />
    [SupplyParameterFromQuery] public string? Taet { get; set; }

    /// <inheritdoc cref="Kol" />
    [SupplyParameterFromQuery] public string? Sort { get; set; }

    private IReadOnlyList<CaseSummary>? Rows => _ofPerson?.Cases ?? _rows;

    // A text that is a CPR number asks for a purpose (PersonSearch); a CPR number among other words is refused.
    private CprNumber? Person => CprNumber.TryParse(_search.Text, out var cpr) ? cpr : null;

    // What was searched for has the order of the letters that were found.
    private bool CanSort => _shownText is null && _ofPerson is null && _viewer.AuthoritiesOf(ViewerRights.Cases).Length == 1;

    /// <summary>The query of the page's address, without the question mark.</summary>
    private string Query => QueryOf(_shownText, _look);

    private string QueryOf(string? text, ListLook look) => look.In(
        !_filters.IsEmpty ? _filters.QueryString : text is null ? "" : $"soeg={Uri.EscapeDataString(text)}");

    protected override void OnInitialized() =>
        (_news, _search) = (new PageNews(Time), new TypedSearch(Time, () => InvokeAsync(ApplyTyped)));

    protected override async Task OnParametersSetAsync()
    {
        var text = TypedSearch.Normal(Soeg ?? Q);
        if (text is not null && TypedSearch.CprIn(text))
        {
            // A link with a CPR number: not searched for, and removed from the address bar.
            _search.Set(text);
            text = null;
            if (RendererInfo.IsInteractive)
            {
                _search.Asked(null);
                Navigation.NavigateTo(PortalUrls.Cases, replace: true);
            }
        }
        else if (!_search.Arrive(text))
        {
            return;
        }

        var (filters, wrong) = LetterFilters.Read(
            name => name switch { "verdict" => Verdict, "from" => From, "to" => To, _ => Kind });
        var look = ListLook.Read(
            filters.IsEmpty ? CaseShape.Shape : LetterShape.Shape,
            name => name switch { "kol" => Kol, "taet" => Taet, "sort" => Sort, _ => null });
        var (sameFilter, sameOrder) = (filters == _filters, look.Sort == _look.Sort);
        (_filters, _wrongFilter, _look) = (filters, wrong is not null, look);
        if (_loaded && sameFilter && sameOrder && text == _shownText) return;
        if (!sameFilter) _ofPerson = null;
        (_shownText, _loaded) = (text, true);
        (_rows, _cursor, _busy, _newsText) = (null, null, false, "");
        Reads.Restart();
        _news.Restart();
        _viewer = await CurrentViewer.GetAsync();
        await RefreshAsync(PageGone);
    }

    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        // LetterRows reads the letters.
        if (!_filters.IsEmpty) return;
        var (read, shown) = (Reads.Begin(), _rows?.Count ?? 0);
        var page = await Cases.ListAsync(
            _viewer, _shownText, _look, null, Math.Clamp(shown, PageSize, MostAtOnce), cancellationToken);

        // More rows are shown by now, or more than one read returns, or a newer read is shown.
        if (_busy || (_rows is not null && (shown != _rows.Count || shown > MostAtOnce)) || !Reads.TryShow(read)) return;
        var same = _rows is not null && page.Cursor == _cursor && page.Items.SequenceEqual(_rows);
        if (!same)
        {
            (_rows, _cursor) = (page.Items, page.Cursor);
            CheckForNews(own: false);
        }

        if (AnnounceNews() || !same) StateHasChanged();
    }

    // A new case or a changed verdict is news; rows that appear because the user asked for more (own) are not.
    private void CheckForNews(bool own) =>
        _news.Observe((_rows ?? []).Select(c => (c.CaseNumber, (object?)(c.Shown, c.Letters, c.NeedsAttention))), own);

    private bool AnnounceNews()
    {
        var count = _news.Announce().Count;
        var text = count == 1 ? "CasesNewsOne" : "CasesNewsMany";
        if (count > 0) _newsText = L[text, DanishFormat.Clock(Time.GetUtcNow()), LanguageFormat.PageNumber(count)];
        return count > 0;
    }

    private async Task ShowMoreAsync()
    {
        if (_busy || _rows is null) return;
        _busy = true;
        var read = Reads.Begin();
        try
        {
            var page = await Cases.ListAsync(_viewer, _shownText, _look, _cursor, PageSize, PageGone);
            if (!Reads.IsCurrent(read) || _rows is null) return;

            // A case that got a new letter since the first page has moved up: do not show it twice.
            var known = _rows.Select(r => r.CaseNumber).ToHashSet(StringComparer.Ordinal);
            (_rows, _cursor) = ([.. _rows, .. page.Items.Where(c => !known.Contains(c.CaseNumber))], page.Cursor);
            CheckForNews(own: true);
        }
        finally
        {
            if (Reads.IsCurrent(read)) _busy = false;
        }
    }

    private void ApplyTyped()
    {
        if (!_search.HoldsCpr) Apply();
    }

    private void Clear()
    {
        _search.Set("");
        Apply();
    }

    private void ShowPerson(PersonHits hits)
    {
        _ofPerson = hits;
        _search.Set("");
    }

    private void Apply()
    {
        _ofPerson = null;
        if (_search.IsUpToDate && _filters.IsEmpty) return;
        var text = _search.Wanted;
        _search.Asked(text);
        Navigation.NavigateTo(AddressOf(_look.In(text is null ? "" : $"soeg={Uri.EscapeDataString(text)}")), replace: true);
    }

    private string Heading(string column) => CaseShape.Heading(column, L);

    private string LinkTo(ListLook look) => AddressOf(QueryOf(_shownText, look));

    // The columns of the letters stay while their filter changes; those of the cases are others.
    private string LettersWith(LetterFilters filters) =>
        _filters.IsEmpty || filters.IsEmpty ? PortalUrls.LettersWith(filters) : AddressOf(_look.In(filters.QueryString));

    private static string AddressOf(string query) => query.Length == 0 ? PortalUrls.Cases : $"{PortalUrls.Cases}?{query}";

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing) _search.Dispose();
    }
}
