using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;
using Portal.Ingestion.Domain;

namespace Portal.Platform.Shell;

public sealed partial class MainLayout
{
    private ErrorBoundary? _boundary;
    private Viewer _viewer = Viewer.Nobody;
    private bool _menuOpen, _palette, _shortcuts;

    // Prerendered and not yet interactive. False for a page without a render mode, which never becomes interactive.
    private bool IsStill => AssignedRenderMode is not null && !RendererInfo.IsInteractive;

    protected override async Task OnInitializedAsync()
    {
        _viewer = await CurrentViewer.GetAsync();
        Navigation.LocationChanged += OnLocationChanged;
        Authentication.AuthenticationStateChanged += OnSignInChanged;
    }

    private void OnLocationChanged(object? sender, LocationChangedEventArgs e) => _ = InvokeAsync(() =>
    {
        (_menuOpen, _palette, _shortcuts) = (false, false, false);
        _boundary?.Recover();
        StateHasChanged();
    });

    // The session has ended: menu and top bar must not show or follow anything either.
    private void OnSignInChanged(Task<AuthenticationState> state) => _ = InvokeAsync(async () =>
    {
        _viewer = await CurrentViewer.GetAsync();
        StateHasChanged();
    });

    public void Dispose()
    {
        Authentication.AuthenticationStateChanged -= OnSignInChanged;
        Navigation.LocationChanged -= OnLocationChanged;
    }
}
