using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;
using Portal.Ingestion.Access;

namespace Portal.Shell;

public sealed partial class MainLayout
{
    private IJSObjectReference? _module;
    private ErrorBoundary? _boundary;
    private Viewer _viewer = Viewer.Nobody;
    private bool _menuOpen;
    private bool _dark;

    /// <summary>The theme that the cookie named when the page was asked for.</summary>
    [CascadingParameter(Name = "Theme")]
    public string? Theme { get; set; }

    private string ThemeLabel => L[_dark ? "ThemeToLight" : "ThemeToDark"];

    protected override async Task OnInitializedAsync()
    {
        _dark = Theme == "dark";
        _viewer = await CurrentViewer.GetAsync();
        Navigation.LocationChanged += OnLocationChanged;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        try
        {
            _module = await Js.InvokeAsync<IJSObjectReference>("import", "./Shell/MainLayout.razor.js");
            var dark = await _module.InvokeAsync<string>("theme") == "dark";
            if (dark == _dark) return;
            _dark = dark;
            StateHasChanged();
        }
        catch (JSDisconnectedException)
        {
            // The reader left while the page was coming up.
        }
    }

    private async Task SwitchThemeAsync()
    {
        _dark = !_dark;
        if (_module is not null) await _module.InvokeVoidAsync("choose", _dark ? "dark" : "light");
    }

    private void OnLocationChanged(object? sender, LocationChangedEventArgs e) => _ = InvokeAsync(() =>
    {
        _menuOpen = false;
        _boundary?.Recover();
        StateHasChanged();
    });

    public async ValueTask DisposeAsync()
    {
        Navigation.LocationChanged -= OnLocationChanged;
        if (_module is null) return;
        try
        {
            await _module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and the module with it.
        }
    }
}
