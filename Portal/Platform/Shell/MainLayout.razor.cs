using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;
using Portal.Ingestion.Domain;
using Portal.Platform.Ui;

namespace Portal.Platform.Shell;

public sealed partial class MainLayout
{
    private Task<IJSObjectReference>? _coming;
    private ErrorBoundary? _boundary;
    private Viewer _viewer = Viewer.Nobody;
    private bool _menuOpen;
    private bool _dark;
    private bool _chosen;

    /// <summary>The theme in the cookie when the page was requested.</summary>
    [CascadingParameter(Name = "Theme")]
    public string? Theme { get; set; }

    // Prerendered and not yet interactive. False for a page without a render mode, which never becomes interactive.
    private bool IsStill => AssignedRenderMode is not null && !RendererInfo.IsInteractive;

    private string ThemeLabel => L[_dark ? "ThemeToLight" : "ThemeToDark"];

    protected override async Task OnInitializedAsync()
    {
        _dark = Theme == "dark";
        _viewer = await CurrentViewer.GetAsync();
        Navigation.LocationChanged += OnLocationChanged;
        Authentication.AuthenticationStateChanged += OnSignInChanged;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        await BrowserCalls.TryAsync(async () =>
        {
            _coming = Js.InvokeAsync<IJSObjectReference>("import", "./Platform/Shell/MainLayout.razor.js").AsTask();
            var module = await _coming;
            var dark = await module.InvokeAsync<string>("theme") == "dark";
            if (_chosen || dark == _dark) return;
            _dark = dark;
            StateHasChanged();
        });
    }

    private async Task SwitchThemeAsync()
    {
        (_dark, _chosen) = (!_dark, true);
        var dark = _dark;
        if (_coming is { } coming) await (await coming).InvokeVoidAsync("choose", dark ? "dark" : "light");
    }

    private void OnLocationChanged(object? sender, LocationChangedEventArgs e) => _ = InvokeAsync(() =>
    {
        _menuOpen = false;
        _boundary?.Recover();
        StateHasChanged();
    });

    // The session has ended: menu and top bar must not show or follow anything either.
    private void OnSignInChanged(Task<AuthenticationState> state) => _ = InvokeAsync(async () =>
    {
        _viewer = await CurrentViewer.GetAsync();
        StateHasChanged();
    });

    public async ValueTask DisposeAsync()
    {
        Authentication.AuthenticationStateChanged -= OnSignInChanged;
        Navigation.LocationChanged -= OnLocationChanged;
        if (_coming is { IsCompletedSuccessfully: true } coming) await (await coming).ReleaseAsync();
    }
}
