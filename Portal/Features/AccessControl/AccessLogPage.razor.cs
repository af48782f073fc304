using System.Globalization;
using Microsoft.AspNetCore.Components;
using Portal.Ingestion.Domain;
using Portal.Platform.Text;
using Portal.Platform.Ui;
using Portal.Platform.Ui.Lists;

namespace Portal.Features.AccessControl;

/// <summary>Who saw which personal data. The filter is in the URL, so that a colleague with the link sees the same.</summary>
public sealed partial class AccessLogPage
{
    private const int PageSize = 100;

    private Viewer _viewer = Viewer.Nobody;
    private List<AccessEntry>? _rows;
    private ListLook _look = ListLook.Usual;
    private string? _cursor;
    private string? _shown;
    private string? _text = "";
    private string? _kind = "";
    private DateTime? _fromDay;
    private DateTime? _toDay;
    private bool _busy;

    // The applied filter; the fields take effect when the form is submitted.
    private AccessFilter _filter = new();

    /// <summary>Free text.</summary>
    [SupplyParameterFromQuery] public string? Tekst { get; set; }

    /// <summary>Wire name of a kind.</summary>
    [SupplyParameterFromQuery] public string? Art { get; set; }

    /// <summary>First day, <c>yyyy-MM-dd</c>, Copenhagen.</summary>
    [SupplyParameterFromQuery] public string? Fra { get; set; }

    /// <summary>Last day, included.</summary>
    [SupplyParameterFromQuery] public string? Til { get; set; }

    /// <summary>How the list is shown: <see cref="ListLook"/>.</summary>
    [SupplyParameterFromQuery] public string? Kol { get; set; }

    /// <inheritdoc cref="Kol" />
    [SupplyParameterFromQuery] public string? Taet { get; set; }

    // As applied, not as typed.
    private string Address => PortalUrls.AccessLogWith(_filter.Text, Art, Fra, Til);

    private string Query => LinkTo(_look).Split('?', 2).ElementAtOrDefault(1) ?? "";

    private int Active => ((string?[])[_filter.Text, Art, Fra, Til]).Count(v => !string.IsNullOrEmpty(v));

    private Func<string, string> Export => PortalUrls.AccessLogFile(
        _filter.Text, _filter.Kind?.ToWire(), _filter.From, _filter.To, query => _look.NamedIn(AccessShape.Shape, query));

    // The pickers have dates without time, in Copenhagen.
    private DateOnly? From => _fromDay is { } day ? DateOnly.FromDateTime(day) : null;

    private DateOnly? To => _toDay is { } day ? DateOnly.FromDateTime(day) : null;

    private string KindText(string? wire) => AccessKinds.FromWire(wire) is { } kind ? L[$"Kind{kind}"] : L["AllKinds"];

    // Why nothing is found: dates the wrong way round, or a number, which the log never holds.
    private string EmptyText =>
        From > To ? "PeriodBackwards"
        : CprNumber.MaskIn(_text ?? "", "") != (_text ?? "") || (_text ?? "").Contains("-xxxx", StringComparison.Ordinal) ? "NumbersNotHere"
        : "EmptyText";

    private bool Still => !RendererInfo.IsInteractive;

    protected override async Task OnParametersSetAsync()
    {
        _look = ListLook.Read(AccessShape.Shape, name => name switch { "kol" => Kol, "taet" => Taet, _ => null });
        var asked = PortalUrls.AccessLogWith(Tekst, Art, Fra, Til);
        if (asked == _shown) return;
        (_shown, _rows, _cursor, _busy) = (asked, null, null, false);
        (_text, _kind, _fromDay, _toDay) = (Tekst ?? "", Art ?? "", Picked(Fra), Picked(Til));
        var before = To is { } to && to < DateOnly.MaxValue ? DanishFormat.StartOf(to.AddDays(1)) : (DateTimeOffset?)null;
        _filter = new(AccessKinds.FromWire(_kind), _text, From is { } from ? DanishFormat.StartOf(from) : null, before);
        Reads.Restart();
        var read = Reads.Begin();
        _viewer = await CurrentViewer.GetAsync();
        var page = await Log.ReadAsync(_viewer, _filter, null, PageSize, PageGone);
        if (!Reads.TryShow(read)) return;
        (_rows, _cursor) = ([.. page.Items], page.Cursor);
    }

    // Adds new lines at the top; keeps the lines that are shown.
    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        if (_rows is not { } rows || _busy) return;
        var read = Reads.Begin();
        var page = await Log.ReadAsync(_viewer, _filter, null, PageSize, cancellationToken);
        if (!Reads.TryShow(read) || !ReferenceEquals(rows, _rows)) return;
        var newest = rows.Count > 0 ? rows[0].Number : 0;
        List<AccessEntry> come = [.. page.Items.TakeWhile(row => row.Number > newest)];
        if (come.Count == 0) return;

        // More than a page of new lines: start again from the newest page; "show more" reads the rest.
        if (come.Count == page.Items.Count && page.Cursor is not null) (_rows, _cursor) = ([.. page.Items], page.Cursor);
        else rows.InsertRange(0, come);
        StateHasChanged();
    }

    private void Submit() => GoTo(_text, _kind);

    // A choice acts at once, on what is applied: a text that is still being typed waits for its own button.
    private void ChooseKind(string? kind)
    {
        // At once: the search button may be pressed before the new address is shown.
        _kind = kind;
        GoTo(_filter.Text, kind);
    }

    // A CPR number must not be in a URL: it is masked, and then finds nothing, since the log holds none.
    private void GoTo(string? text, string? kind) => Navigation.NavigateTo(
        In(PortalUrls.AccessLogWith(CprNumber.MaskIn((text ?? "").Trim()), kind, Text(From), Text(To)), _look));

    private string Heading(string column) => AccessShape.Heading(column, L);

    private string LinkTo(ListLook look) => In(Address, look);

    private static string In(string address, ListLook look)
    {
        var parts = address.Split('?', 2);
        return look.In(parts.ElementAtOrDefault(1) ?? "") is { Length: > 0 } query ? $"{parts[0]}?{query}" : parts[0];
    }

    private async Task ShowMoreAsync()
    {
        if (_busy || _cursor is null) return;
        _busy = true;
        var read = Reads.Begin();
        try
        {
            var page = await Log.ReadAsync(_viewer, _filter, _cursor, PageSize, PageGone);
            if (!Reads.IsCurrent(read)) return;
            _rows!.AddRange(page.Items);
            _cursor = page.Cursor;
        }
        finally
        {
            if (Reads.IsCurrent(read)) _busy = false;
        }
    }

    private static DateTime? Picked(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day.ToDateTime(TimeOnly.MinValue)
            : null;

    private static string? Text(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
