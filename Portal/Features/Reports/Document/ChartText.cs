using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Portal.Features.Reports.Document;

/// <summary>A text in a chart. A component of its own, since <c>&lt;text&gt;</c> means something else in Razor.</summary>
public sealed class ChartText : ComponentBase
{
    /// <summary>From the left.</summary>
    [Parameter, EditorRequired] public string X { get; set; } = "";

    /// <summary>Its base line, from above.</summary>
    [Parameter, EditorRequired] public string Y { get; set; } = "";

    /// <summary>What it says.</summary>
    [Parameter, EditorRequired] public string Text { get; set; } = "";

    /// <summary>Classes besides its own.</summary>
    [Parameter] public string Class { get; set; } = "";

    /// <inheritdoc />
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.OpenElement(0, "text");
        builder.AddAttribute(1, "x", X);
        builder.AddAttribute(2, "y", Y);
        builder.AddAttribute(3, "class", $"chart-text {Class}".TrimEnd());
        builder.AddContent(4, Text);
        builder.CloseElement();
    }
}
