using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Log;
using Portal.Platform.Live;
using Portal.Platform.Text;
using Portal.Platform.Ui;

namespace Portal.Features.Messages;

/// <summary>The live stream. Filter and chosen message are in the URL; pause and scroll position are not.</summary>
public sealed partial class MessagesPage
{
    private static readonly TimeSpan Floor = TimeSpan.FromMilliseconds(100);
    // Rows in the document: the newest, and one step more each time the user scrolls to the end.
    private const int WindowStep = 100;

    private static readonly TimeSpan RefreshEvery = TimeSpan.FromSeconds(1.5);

    // MessageFeed is not thread-safe, and a click can come during a read.
    private readonly SemaphoreSlim _refreshLock = new(1, 1);
    private readonly CancellationTokenSource _gone = new();
    private CancellationTokenSource _loading = new();
    private DotNetObjectReference<MessagesPage>? _self;
    private IJSObjectReference? _module;
    private IJSObjectReference? _follow;
    private LiveSubscription? _live;
    private ElementReference _list;
    private Viewer _viewer = Viewer.Nobody;
    private MessageFilter _filter = MessageFilter.Everything;
    // The filter that the page has asked for: on a slow net its address is still on its way, and the next choice builds on it.
    private MessageFilter _wanted = MessageFilter.Everything;
    private MessageFeed? _feed;
    private DateTimeOffset? _pausedAt;
    private long? _pausedAfter;
    private DateOnly _today;
    private MessageCount _total;
    private long _refreshed;
    private int _unseen;
    private int _window = WindowStep;
    private TaskCompletionSource? _shown;
    private bool _reading;
    private bool _asked;
    private bool _brushing;
    private bool _cprRefused;
    private TypedSearch _search = null!;

    [SupplyParameterFromQuery] public string? Type { get; set; }
    [SupplyParameterFromQuery] public string? Status { get; set; }
    [SupplyParameterFromQuery] public string? From { get; set; }
    [SupplyParameterFromQuery] public string? To { get; set; }
    [SupplyParameterFromQuery] public string? CaseNumber { get; set; }
    [SupplyParameterFromQuery] public string? Text { get; set; }

    /// <summary>The message in the panel.</summary>
    [SupplyParameterFromQuery] public string? Valgt { get; set; }

    private IEnumerable<KeyValuePair<string, string>> TypeOptions => MessageQuery.WithChosen(KnownBeskedtyper.Names, _wanted.Type);

    private IEnumerable<KeyValuePair<string, string>> StatusOptions => MessageQuery.WithChosen(KnownHandlinger.Names, _wanted.Status)
        .Select(s => KeyValuePair.Create(s.Key, StatusName.Of(s.Value, Services.Words)!));

    private string Period => MessagePeriod.Of(_wanted, Services.Time);

    protected override void OnInitialized() => _search = new TypedSearch(Services.Time, () => InvokeAsync(ApplyText));

    protected override async Task OnParametersSetAsync()
    {
        _today = DanishFormat.Day(Services.Time.GetUtcNow());
        var text = TypedSearch.Normal(Text);
        if (text is not null && TypedSearch.CprIn(text))
        {
            // A link with a CPR number: not searched for, and removed from the address bar.
            _cprRefused = true;
            text = null;
            if (RendererInfo.IsInteractive)
            {
                _search.Asked(null);
                Navigation.NavigateTo(MessageQuery.Url(FromQuery(null), Valgt), replace: true);
            }
        }
        else if (!_search.Arrive(text))
        {
            return;
        }

        var filter = _wanted = FromQuery(text);
        if (_asked && filter == _filter) return;
        _brushing |= filter.From is not null && filter.To is not null;

        // Set before any await: typing or pausing during the read is not undone.
        // A pause stays: the new filter applies to what had come until then, and what has come since waits.
        (_asked, _filter, _feed, _total, _window, _unseen) = (true, filter, null, default, WindowStep, 0);
        var (earlier, loading) = (_loading, CancellationTokenSource.CreateLinkedTokenSource(_gone.Token));
        _loading = loading;
        try
        {
            await earlier.CancelAsync();
            _viewer = await Services.Viewer.GetAsync();
            await WithLockAsync(_ => LoadAsync(filter, loading.Token), loading.Token);
        }
        catch (OperationCanceledException) when (loading.IsCancellationRequested)
        {
            // Another filter was chosen, and has its own load.
        }
    }

    private async Task LoadAsync(MessageFilter filter, CancellationToken cancellationToken)
    {
        var feed = new MessageFeed(Services.Reader, Services.Shared, _viewer, filter);
        await feed.LoadAsync(cancellationToken, _pausedAfter);
        if (_pausedAfter is not null) await feed.ReadOnAsync(() => _pausedAt is not null, () => false, cancellationToken);
        var total = await Services.Reader.CountAsync(_viewer, filter, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        (_feed, _total, _refreshed) = (feed, total, Services.Time.GetTimestamp());
        if (_pausedAt is not null) _pausedAfter ??= feed.Position;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        // Called after the browser has acknowledged the render.
        Interlocked.Exchange(ref _shown, null)?.TrySetResult();
        if (!firstRender) return;
        _live =
            LiveSubscription.Start(Services.Signal, Services.Time, Floor, stopping => InvokeAsync(() => RefreshAsync(stopping)), Logger);
        await BrowserCalls.TryAsync(async () =>
        {
            _self = DotNetObjectReference.Create(this);
            _module = await Js.InvokeAsync<IJSObjectReference>("import", "./Features/Messages/MessagesPage.razor.js");
            if (_gone.IsCancellationRequested) return;
            _follow = await _module.InvokeAsync<IJSObjectReference>("follow", _list, _self);
            if (Valgt is not null && _follow is not null) await _follow.InvokeVoidAsync("reveal", Valgt);
        });
    }

    /// <summary>Called by the browser when the user begins or ends reading a row.</summary>
    [JSInvokable]
    public void OnReading(bool reading)
    {
        _reading = reading;
        if (!reading) (_unseen, _window) = (0, WindowStep);
        StateHasChanged();
    }

    /// <summary>
    /// Called by the browser near the last row: shows more rows of the feed, then older messages while it has room. False when no more can
    /// be shown without removing the newest.
    /// </summary>
    [JSInvokable]
    public async Task<bool> OnNearEndAsync()
    {
        if (_feed is not { } feed) return false;
        var room = feed.HasOlder && feed.Rows.Count + MessageFeed.PageSize <= MessageFeed.Capacity;
        if (_window >= feed.Rows.Count && !room) return false;
        await MoreAsync();
        StateHasChanged();
        return true;
    }

    private async Task RefreshAsync(CancellationToken stopping)
    {
        await WithLockAsync(gone => RefreshOnceAsync(stopping, gone));
        // A busy browser gets fewer, larger changes: the next refresh waits until it has rendered this one.
        if (_shown is { } shown) await shown.Task.WaitAsync(stopping);
    }

    private async Task RefreshOnceAsync(CancellationToken stopping, CancellationToken gone)
    {
        if (_feed is not { } feed || stopping.IsCancellationRequested) return;
        var filter = _filter;
        var came = await feed.ReadOnAsync(() => _pausedAt is not null, () => _reading, gone);
        if (feed != _feed) return;
        var paused = _pausedAt is not null;
        _total = _total with { Value = _total.Value + came };
        if (_reading && !paused) _unseen += came;
        var changed = came > 0;
        if (!paused && Services.Time.GetElapsedTime(_refreshed) >= RefreshEvery)
        {
            changed |= await feed.RefreshAsync(gone);
            // New messages are added to the total as they arrive; the shared count may be a second old, and must not reduce it.
            var total = await Services.Shared.CountAsync(_viewer, filter, gone);

            // Another filter was chosen, and has its own load.
            if (feed != _feed) return;
            if (came == 0 || total.Value > _total.Value)
            {
                changed |= total != _total;
                _total = total;
            }

            _today = DanishFormat.Day(Services.Time.GetUtcNow());
            _refreshed = Services.Time.GetTimestamp();
        }

        if (!changed) return;
        _shown ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        StateHasChanged();
    }

    private void Pause() => (_pausedAt, _pausedAfter) = (Services.Time.GetUtcNow(), _feed?.Position);

    // Set at once, so that a press of pause during the read takes effect.
    private Task ResumeAsync()
    {
        (_pausedAt, _pausedAfter) = (null, null);
        return WithLockAsync(async gone =>
        {
            if (_feed is not { } feed || _pausedAt is not null) return;
            await feed.ReleaseAsync(gone);
            await feed.ReadOnAsync(() => _pausedAt is not null, () => false, gone);
        });
    }

    private async Task ToTopAsync()
    {
        await WithLockAsync(async gone =>
        {
            _unseen = 0;
            if (_feed is { } feed && (feed.Waiting > 0 || feed.AwayFromTop)) await feed.ReleaseAsync(gone);
        });
        if (_follow is not null) await _follow.InvokeVoidAsync("toTop");
    }

    private Task MoreAsync()
    {
        if (_feed is null || _window >= _feed.Rows.Count) return ShowOlderAsync();
        _window += WindowStep;
        return Task.CompletedTask;
    }

    private Task ShowOlderAsync() => WithLockAsync(async gone =>
    {
        if (_feed is not { } feed) return;
        await feed.ShowOlderAsync(gone);
        if (feed == _feed) _window = feed.Rows.Count;
    });

    /// <summary>
    /// Called by the browser when a row is clicked. <paramref name="room"/>: open the message in the panel, otherwise on its page.
    /// </summary>
    [JSInvokable]
    public void OnChosen(string beskedId, bool room)
    {
        if (room) Choose(beskedId);
        else Navigation.NavigateTo(PortalUrls.Message(beskedId));
    }

    private async Task OnKeyAsync(KeyboardEventArgs key)
    {
        if (_feed is not { Rows.Count: > 0 } feed) return;
        var at = feed.Rows.Select(m => m.BeskedId).ToList().IndexOf(Valgt ?? "");
        int? to = key.Key switch
        {
            "ArrowDown" => Math.Min(at + 1, feed.Rows.Count - 1),
            "ArrowUp" => Math.Max(at - 1, 0),
            "Home" => 0,
            "End" => feed.Rows.Count - 1,
            _ => null,
        };
        if (to is { } index)
        {
            _window = Math.Max(_window, index + 1);
            Choose(feed.Rows[index].BeskedId);
            if (_follow is not null) await _follow.InvokeVoidAsync("reveal", feed.Rows[index].BeskedId);
        }
        else if (key.Key == "Escape" && Valgt is not null)
        {
            Choose(null);
        }
        else if (key.Key == "Enter" && Valgt is { } chosen)
        {
            Navigation.NavigateTo(PortalUrls.Message(chosen));
        }
    }

    // Back closes the message that was opened; another one takes its place.
    private void Choose(string? beskedId) =>
        Navigation.NavigateTo(MessageQuery.Url(_wanted, beskedId), replace: Valgt is not null || beskedId is null);

    private void Apply(MessageFilter filter)
    {
        // What is typed counts in every choice, also before its wait is over.
        if (!_cprRefused) filter = filter with { Text = _search.Wanted };
        (_cprRefused, _wanted) = (false, filter);
        _search.Asked(filter.Text);
        Navigation.NavigateTo(MessageQuery.Url(filter, Valgt), replace: true);
    }

    private void ClearFilters()
    {
        _search.Set("");
        _cprRefused = false;
        Apply(MessageFilter.Everything);
    }

    private void ApplyPeriod(string? period)
    {
        if (MessagePeriod.In(_wanted, period, Services.Time) is { } filter) Apply(filter);
    }

    private void TypeText(string? text)
    {
        _search.Type(text);
        _cprRefused = _search.HoldsCpr;
    }

    // What is typed is searched for when the typing rests, the field is left or Enter is pressed.
    private void ApplyText()
    {
        if (!_cprRefused && !_search.IsUpToDate) Apply(_wanted);
    }

    private void ApplyTextOnEnter(KeyboardEventArgs key)
    {
        if (key.Key == "Enter") ApplyText();
    }

    private MessageFilter FromQuery(string? text) => MessageQuery.Read(Type, Status, From, To, CaseNumber, text);

    private static string? Chosen(string? value) => string.IsNullOrEmpty(value) ? null : value;

    private string NameIn(IEnumerable<KeyValuePair<string, string>> options, string? value, string all) =>
        string.IsNullOrEmpty(value) ? L[all] : options.FirstOrDefault(o => o.Key == value).Value ?? value;

    private async Task WithLockAsync(Func<CancellationToken, Task> work, CancellationToken? giveUp = null)
    {
        try
        {
            await _refreshLock.WaitAsync(giveUp ?? _gone.Token);
            try
            {
                await work(_gone.Token);
            }
            finally
            {
                _refreshLock.Release();
            }
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
            // The page is closed.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _gone.CancelAsync();
        _search.Dispose();
        if (_live is not null) await _live.DisposeAsync();
        _self?.Dispose();
        await _follow.ReleaseAsync("stop");
        await _module.ReleaseAsync();
    }
}
