using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Portal.Features.Reports.Document;

/// <summary>A text in a chart. A component in C#, since <c>&lt;text&gt;</c> has another meaning in Razor.</summary>
public sealed class ChartText : ComponentBase
{
    /// <summary>SVG x coordinate.</summary>
    [Parameter, EditorRequired] public string X { get; set; } = "";

    /// <summary>SVG y coordinate of its baseline.</summary>
    [Parameter, EditorRequired] public string Y { get; set; } = "";

    /// <summary>The text.</summary>
    [Parameter, EditorRequired] public string Text { get; set; } = "";

    /// <summary>CSS classes in addition to its own.</summary>
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
