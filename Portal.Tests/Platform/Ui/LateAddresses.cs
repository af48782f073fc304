using Microsoft.AspNetCore.Components;

namespace Portal.Tests.Platform.Ui;

/// <summary>A browser on a slow net: an address that a page asks for comes when the test lets it.</summary>
internal sealed class LateAddresses : NavigationManager
{
    private readonly Queue<string> _onTheWay = new();

    public LateAddresses(string path) => Initialize("http://localhost/", "http://localhost" + path);

    /// <summary>How many have been asked for and not come.</summary>
    public int OnTheWay => _onTheWay.Count;

    /// <summary>The oldest comes.</summary>
    public void Arrive()
    {
        Uri = _onTheWay.Dequeue();
        NotifyLocationChanged(isInterceptedLink: false);
    }

    /// <inheritdoc />
    protected override void NavigateToCore(string uri, NavigationOptions options) => _onTheWay.Enqueue(ToAbsoluteUri(uri).ToString());
}
