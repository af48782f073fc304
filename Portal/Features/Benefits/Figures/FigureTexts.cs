using System.Globalization;
using Portal.Ingestion.Domain.Time;
using Portal.Platform.Text;

namespace Portal.Features.Benefits.Figures;

/// <summary>
/// Names the words of figures: how sure they are, how they are calculated, what was changed (<c>.resx</c> next to this file).
/// </summary>
public sealed class FigureTexts
{
    private FigureTexts()
    {
    }

    /// <summary>A text about figures.</summary>
    public static ProblemText Of(string key, params object[] places) => new(typeof(FigureTexts), key, places);
}

/// <summary>A month in a text: »april 2026«.</summary>
public sealed record MonthText(Month Month) : ILocalizedText
{
    /// <inheritdoc />
    public string In(CultureInfo language) => Month.First.ToString("MMMM yyyy", LanguageFormat.Of(language));
}

/// <summary>A number with its unit in a text.</summary>
/// <param name="Value">Null: »ingen data«.</param>
/// <param name="Exact">True to show all its decimals: for a number that people have agreed on.</param>
public sealed record AmountText(decimal? Value, string Unit, bool Exact = false) : ILocalizedText
{
    /// <inheritdoc />
    public string In(CultureInfo language) =>
        Exact && Value is { } agreed ? BenefitFormat.ExactIn(language, agreed, Unit) : BenefitFormat.In(language, Value, Unit);
}

/// <summary>A text that is the same in every language, because a person wrote it.</summary>
public sealed record WrittenText(string Text) : ILocalizedText
{
    /// <inheritdoc />
    public string In(CultureInfo language) => Text;
}
