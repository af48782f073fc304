using System.Globalization;
using Microsoft.AspNetCore.Components;
using Portal.Ingestion.Access;
using Portal.Ingestion.Letters;
using Portal.Shell;

namespace Portal.Access.Log;

/// <summary>Who saw which personal data. What is asked for stands in the URL, so that a colleague sees the same.</summary>
public sealed partial class AccessLogPage
{
    private const int PageSize = 100;

    private Viewer _viewer = Viewer.Nobody;
    private List<AccessEntry>? _rows;
    private string? _cursor;
    private string? _shown;
    private string _text = "";
    private string _kind = "";
    private DateOnly? _from;
    private DateOnly? _to;
    private bool _busy;

    /// <summary>Free text.</summary>
    [SupplyParameterFromQuery] public string? Tekst { get; set; }

    /// <summary>Wire name of a kind.</summary>
    [SupplyParameterFromQuery] public string? Art { get; set; }

    /// <summary>First day, <c>yyyy-MM-dd</c>, Copenhagen.</summary>
    [SupplyParameterFromQuery] public string? Fra { get; set; }

    /// <summary>Last day.</summary>
    [SupplyParameterFromQuery] public string? Til { get; set; }

    private bool Still => !RendererInfo.IsInteractive;

    private AccessFilter Filter => new(
        AccessKinds.FromWire(_kind), _text, _from is { } from ? DanishFormat.StartOf(from) : null, _to is { } to && to < DateOnly.MaxValue ? DanishFormat.StartOf(to.AddDays(1)) : null);

    protected override async Task OnParametersSetAsync()
    {
        var asked = PortalUrls.AccessLogWith(Tekst, Art, Fra, Til);
        if (asked == _shown) return;
        _shown = asked;
        (_text, _kind, _from, _to) = (Tekst ?? "", Art ?? "", Day(Fra), Day(Til));
        _viewer = await CurrentViewer.GetAsync();
        var page = await Log.ReadAsync(_viewer, Filter, null, PageSize, CancellationToken.None);
        (_rows, _cursor) = ([.. page.Items], page.Cursor);
    }

    // A person number never goes into an address: what looks like one is masked, and finds nothing, for none stands in the log.
    private void Submit() => Navigation.NavigateTo(PortalUrls.AccessLogWith(CprNumber.MaskIn(_text.Trim()), _kind, Text(_from), Text(_to)));

    private async Task ShowMoreAsync()
    {
        if (_busy || _cursor is null) return;
        _busy = true;
        try
        {
            var page = await Log.ReadAsync(_viewer, Filter, _cursor, PageSize, CancellationToken.None);
            _rows!.AddRange(page.Items);
            _cursor = page.Cursor;
        }
        finally
        {
            _busy = false;
        }
    }

    private static DateOnly? Day(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static string? Text(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
