using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Portal.Platform.Ui;

/// <summary>
/// A part of a page that changes many times a second while the rest stays: it is rendered alone, so that the page's fields and buttons are
/// not compared, sent and styled again each time. When the page is rendered, so is the part.
/// </summary>
public sealed class LivePart : ComponentBase
{
    /// <summary>What is shown. It reads the page's present state, so it must not capture a local variable of the page's markup.</summary>
    [Parameter, EditorRequired] public RenderFragment? ChildContent { get; set; }

    /// <summary>Called when the browser has the part as rendered last.</summary>
    [Parameter] public Action? OnRendered { get; set; }

    /// <summary>Renders the part alone. Called in the page's own context (<c>InvokeAsync</c>).</summary>
    public void Render() => StateHasChanged();

    /// <inheritdoc />
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddContent(0, ChildContent);
    }

    /// <inheritdoc />
    protected override void OnAfterRender(bool firstRender) => OnRendered?.Invoke();
}
