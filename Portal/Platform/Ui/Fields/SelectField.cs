using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using MudBlazor;

namespace Portal.Platform.Ui.Fields;

/// <summary>
/// A <see cref="MudSelect{T}"/> with the portal's defaults: outlined, dense, and its list as wide as its words. In a form that names a
/// draft, the browser keeps what is chosen as it keeps text (<c>drafts.js</c>): a hidden field tells it, and takes it back.
/// </summary>
/// <typeparam name="T">The values; texts and enumerations are kept.</typeparam>
public class SelectField<T> : MudSelect<T>
{
    private string? _id;
    private T? _given;

    /// <summary>Sets the defaults; a page's parameters win.</summary>
    public SelectField()
    {
        (Variant, Margin, Dense) = (Variant.Outlined, Margin.Dense, true);
        RelativeWidth = DropdownWidth.Adaptive;
        (ErrorId, HelperId) = FieldIds.New();
    }

    /// <inheritdoc />
    public override Task SetParametersAsync(ParameterView parameters)
    {
        // What was chosen before comes back as the parameter; any other value is one that the page gives.
        if (parameters.TryGetValue<T>(nameof(Value), out var value) && !EqualityComparer<T?>.Default.Equals(value, ReadValue))
            _given = value;
        if (parameters.TryGetValue<string>(nameof(InputId), out var id)) _id = id;
        return base.SetParametersAsync(parameters);
    }

    /// <inheritdoc />
    protected override Task ValidateValue() => RequiredMark.IsAll(this) ? Task.CompletedTask : base.ValidateValue();

    /// <inheritdoc />
    protected override void BuildRenderTree(RenderTreeBuilder __builder)
    {
        ArgumentNullException.ThrowIfNull(__builder);
        base.BuildRenderTree(__builder);
        if (string.IsNullOrEmpty(_id) || !ChoiceText.Keeps<T>() || UserAttributes.ContainsKey("data-no-draft")) return;

        // Numbered after all of the library's own markup.
        __builder.OpenRegion(100_000);
        __builder.OpenElement(0, "input");
        __builder.AddAttribute(1, "type", "hidden");
        __builder.AddAttribute(2, "id", $"{_id}-valgt");
        __builder.AddAttribute(3, "data-label", Label);
        __builder.AddAttribute(4, "data-given", ChoiceText.Of(_given));
        __builder.AddAttribute(5, "data-chosen", ChoiceText.Of(ReadValue));
        __builder.AddAttribute(6, "data-shown", ReadText ?? "");
        __builder.AddAttribute(7, "onchange", EventCallback.Factory.Create<ChangeEventArgs>(this, RestoreAsync));
        __builder.CloseElement();
        __builder.CloseRegion();
    }

    private Task RestoreAsync(ChangeEventArgs e) =>
        e.Value is string text && ChoiceText.TryRead<T>(text, out var value) ? SelectOption(value) : Task.CompletedTask;
}

/// <summary>A choice as the text by which the browser keeps it.</summary>
internal static class ChoiceText
{
    /// <summary>True when values of the type can be kept.</summary>
    public static bool Keeps<T>() => typeof(T) == typeof(string) || EnumOf<T>() is not null;

    /// <summary>The text of a value; empty for none.</summary>
    public static string Of<T>(T? value) => value?.ToString() ?? "";

    /// <summary>Reads a kept value; false when it is none of the type's.</summary>
    public static bool TryRead<T>(string text, out T? value)
    {
        value = default;
        if (typeof(T) == typeof(string)) value = (T)(object)text;
        else if (text.Length == 0) return default(T) is null;
        else if (EnumOf<T>() is { } type && Enum.TryParse(type, text, out var named) && Enum.IsDefined(type, named)) value = (T)named;
        else return false;
        return true;
    }

    private static Type? EnumOf<T>() => (Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T)) is { IsEnum: true } type ? type : null;
}
