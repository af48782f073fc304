using System.Globalization;
using Portal.Features.Benefits.Calculations;
using Portal.Features.Benefits.Formulas;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Problems;
using Portal.Platform.Text;
using Portal.Platform.Ui;

namespace Portal.Features.Benefits.Figures;

/// <summary>
/// Formats the numbers of benefits, the same on the page, in the report and in its PDF: in the notation and with the units of the language
/// of the page or the document.
/// </summary>
public static class BenefitFormat
{
    /// <summary>Shown instead of 0 where nothing was measured.</summary>
    public const string NoData = "ingen data";

    /// <summary>925 t, 98,6 %, 1.000 kr.; <see cref="NoData"/> for null.</summary>
    public static string Value(decimal? value, string unit) => value is null ? NoData : In(DanishFormat.Danish, value, unit);

    /// <summary>The same in the language of the page that is rendered.</summary>
    public static string Localized(decimal? value, string unit) => In(CultureInfo.CurrentUICulture, value, unit);

    /// <summary>A number without its unit, in the language of the page that is rendered.</summary>
    public static string LocalizedNumber(decimal value) => NumberIn(CultureInfo.CurrentUICulture, value);

    /// <summary>The same in a language, in that language's notation.</summary>
    public static string In(CultureInfo language, decimal? value, string unit) =>
        value is not { } number ? ProblemTexts.Of("NoData").In(language)
            : NumberIn(language, number) is var shown ? shown + Suffix(unit, shown, language) : "";

    /// <summary>A number with its unit and all its decimals, in a language's notation.</summary>
    public static string ExactIn(CultureInfo language, decimal value, string unit)
    {
        var shown = ExactNumber(language, value, unit);
        return shown + Suffix(unit, shown, language);
    }

    private static string ExactNumber(CultureInfo language, decimal value, string unit)
    {
        // Kroner have øre, or none: 412,50 kr. and 450 kr.
        var money = UnitText.Parse(unit) == Unit.OfMoney && value != Math.Truncate(value);
        var text = Math.Abs(value).ToString(money ? "#,##0.00##########" : "#,##0.############", LanguageFormat.Of(language));
        return value < 0 ? "−" + text : text;
    }

    /// <summary>A number in a language's notation: without decimals from 100, with at most one below.</summary>
    public static string NumberIn(CultureInfo language, decimal value)
    {
        var rounded = PrintedNumber.Round(value, Decimals(value));
        var text = rounded.ToString(rounded == Math.Truncate(rounded) ? "N0" : "N1", LanguageFormat.Of(language));
        return rounded < 0 ? "−" + text.TrimStart('-', '−') : text;
    }

    /// <summary>How many decimals a number is shown with.</summary>
    public static int Decimals(decimal value) => Math.Abs(value) >= 100 ? 0 : 1;

    /// <summary>A number that was typed, with all its decimals, in the language of the page: the user sees how it was read.</summary>
    public static string Exact(decimal value, string unit) => ExactIn(CultureInfo.CurrentUICulture, value, unit);

    /// <summary>
    /// What came of numbers that were typed: exact when it has no more decimals than they have, otherwise rounded as all that is
    /// calculated.
    /// </summary>
    /// <param name="typed">The numbers that were typed; none when it is counted or calculated.</param>
    public static string AsTyped(CultureInfo language, decimal? value, string unit, IEnumerable<decimal> typed) =>
        value is { } number && IsAsTyped(number, typed) ? ExactIn(language, number, unit) : In(language, value, unit);

    /// <summary>A number of a benefit that was measured: <see cref="AsTyped"/> when its numbers are entered.</summary>
    public static string Measured(CultureInfo language, BenefitFigure figure, decimal? value)
    {
        ArgumentNullException.ThrowIfNull(figure);
        return AsTyped(language, value, figure.Definition.Unit, figure.Typed);
    }

    /// <summary>A baseline, a target or what is expected: as it was agreed, with all its decimals, or what came of that.</summary>
    public static string Agreed(CultureInfo language, IndicatorDefinition definition, decimal? value)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return AsTyped(language, value, definition.Unit, AgreedOf(definition));
    }

    /// <summary>An expected range as it was agreed: »820,25–980,5 t«; one number when both are the same.</summary>
    public static string AgreedRange(CultureInfo language, IndicatorDefinition definition, decimal low, decimal high)
    {
        var end = Agreed(language, definition, high);
        if (low == high) return end;
        return IsAsTyped(low, AgreedOf(definition))
            ? $"{ExactNumber(language, low, definition.Unit)}–{end}"
            : $"{NumberIn(language, low)}–{end}";
    }

    private static IEnumerable<decimal> AgreedOf(IndicatorDefinition definition) =>
        new[] { definition.Baseline.Value, definition.Target, definition.Low, definition.Likely, definition.High }.OfType<decimal>();

    /// <summary>How many decimals a number that came of typed ones is printed with.</summary>
    public static int Decimals(decimal value, IEnumerable<decimal> typed) =>
        IsAsTyped(value, typed) ? Math.Max(Decimals(value), DecimalsOf(value)) : Decimals(value);

    private static bool IsAsTyped(decimal value, IEnumerable<decimal> typed)
    {
        ArgumentNullException.ThrowIfNull(typed);
        return typed.Select(t => (int?)DecimalsOf(t)).Max() is { } decimals && DecimalsOf(value) <= decimals;
    }

    // Zeros at the end do not count: a database may add them.
    private static int DecimalsOf(decimal value)
    {
        var decimals = 0;
        while (decimal.Round(value, decimals) != value) decimals++;
        return decimals;
    }

    /// <summary>A number without decimals from 100, with at most one below.</summary>
    public static string Number(decimal value) => NumberIn(DanishFormat.Danish, value);

    /// <summary>How a measurement was entered, in Danish as in all files; a way of a later version unchanged.</summary>
    public static string Via(string via) => via switch
    {
        "form" => "skema",
        "paste" => "indsat fra regneark",
        "api" => "API",
        "demo" => "demodata",
        _ => via,
    };

    /// <summary>The state of a benefit, in Danish.</summary>
    public static string State(BenefitState state) => state switch
    {
        BenefitState.Empty => "ikke beskrevet",
        BenefitState.Described => "beskrevet",
        BenefitState.NoData => NoData,
        BenefitState.NothingToCompare => "uden nulpunkt og mål",
        BenefitState.Reached => "nået",
        BenefitState.ReachedUnsure => "nået, men usikkert",
        BenefitState.Missed => "ikke nået til tiden",
        BenefitState.OnTrack => "på vej",
        BenefitState.Behind => "bagud",
        BenefitState.Unchanged => "uændret",
        BenefitState.Better => "forbedret",
        BenefitState.NotCalculable => "kan ikke regnes",
        _ => "forværret",
    };

    /// <summary>The chip's colour: <c>ok</c>, <c>info</c>, <c>warn</c>, <c>bad</c> or <c>grey</c>.</summary>
    public static string Style(BenefitState state) => state switch
    {
        BenefitState.Reached or BenefitState.Better => "ok",
        BenefitState.OnTrack => "info",
        BenefitState.Behind or BenefitState.Unchanged or BenefitState.NotCalculable or BenefitState.ReachedUnsure
            or BenefitState.Missed => "warn",
        BenefitState.Worse => "bad",
        _ => "grey",
    };

    /// <summary>The source of a benefit's numbers, in Danish.</summary>
    public static string Source(IndicatorDefinition indicator)
    {
        ArgumentNullException.ThrowIfNull(indicator);
        return indicator.Kind switch
        {
            IndicatorKind.Counted => Measure(indicator.Measure)
                + (indicator.CaseType is { Length: > 0 } type ? $" ({Portal.Platform.Ui.CaseTypes.Name(type)})" : ""),
            IndicatorKind.Calculated => indicator.Formula ?? "",
            IndicatorKind.ByHand => indicator.Name.Length > 0 ? indicator.Name : "tal, der er indtastet",
            _ => "beskrivende, ingen måling",
        };
    }

    /// <summary>What is counted, in Danish.</summary>
    public static string Measure(LogMeasure measure) => measure == LogMeasure.MessageVolume
        ? "modtagne beskeder af typen" // The type follows; the form's list says »af en type«.
        : TextResources.Danish<BenefitsTexts>($"Measure{measure}");

    // Abbreviates hours, minutes, percent and kroner, and leaves out the period (»om året«).
    private static string Suffix(string unit, string shown, CultureInfo language)
    {
        var parsed = UnitText.Parse(unit);
        if (parsed == Unit.OfHours) return UnitWord.IsEnglish(language) ? " h" : " t";
        if (parsed == Unit.OfMinutes) return " min";
        if (parsed == Unit.OfPercent) return " %";
        if (parsed == Unit.OfMoney) return " kr.";
        var word = UnitText.WithoutPeriod(unit);

        // The end of a scale is written in words: 3,1 af 5.
        if (LanguageFormat.IsEnglish(language) && word.StartsWith("af ", StringComparison.Ordinal)) return $" of {word[3..]}";
        return word.Length is 0 or > 20 ? "" : $" {UnitWord.Of(word, shown, language)}";
    }
}
