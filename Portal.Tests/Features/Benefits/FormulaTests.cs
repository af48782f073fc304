using System.Globalization;
using CsCheck;
using Portal.Features.Benefits.Formulas;
using Xunit;

namespace Portal.Tests.Features.Benefits;

public sealed class FormulaTests
{
    private static readonly string[] Pieces = ["tvister", "minutter", "nulpunkt(", "(", ")", "+", "−", "×", "÷", "60", "1,5", "1.234", "%",
        "min", " ", "[", "]", "ø", ";"];

    private static Quantity? Evaluate(NameNode name) => (name.Name, name.Part) switch
    {
        ("tvister", NamePart.Value) => new Quantity(41, Unit.OfCount),
        ("tvister", NamePart.Baseline) => new Quantity(550, Unit.OfCount),
        ("minutter", NamePart.Value) => new Quantity(109, Unit.OfMinutes),
        ("andel", NamePart.Value) => new Quantity(0.986m, Unit.OfPercent),
        ("tom", NamePart.Value) => new Quantity(null, Unit.OfCount),
        ("nul", NamePart.Value) => new Quantity(0, Unit.OfCount),
        ("kroner", NamePart.Value) => new Quantity(10, Unit.OfMoney),
        _ => null,
    };

    private static string Danish(Unit unit) => new UnitName(unit).In(CultureInfo.GetCultureInfo("da-DK"));

    private static FormulaResult Work(string text)
    {
        var (formula, problem) = FormulaParser.Parse(text);
        return formula is null ? new FormulaResult(default, problem) : FormulaEvaluator.Evaluate(formula, Evaluate);
    }

    [Theory]
    [InlineData("(nulpunkt(tvister) − tvister) × minutter ÷ 60", "924.6833", "timer")]
    [InlineData("(baseline(tvister)-tvister)*minutter/60", "924.6833", "timer")]
    [InlineData("550 × 109 min ÷ 60", "999.1667", "timer")]
    [InlineData("andel × 1000", "986", "et rent tal")]
    [InlineData("2 + 3 × 4", "14", "et rent tal")]
    [InlineData("10 − 2 − 3", "5", "et rent tal")]
    [InlineData("-(2 - 5)", "3", "et rent tal")]
    [InlineData("1.234.567,5 + 1", "1234568.5", "et rent tal")]
    [InlineData("tvister × kroner", "410", "kroner")]
    [InlineData("12,5 % × 8", "1", "et rent tal")]
    [InlineData("[tvister] + 1 stk", "42", "antal")]
    public void A_formula_is_worked_out_with_its_unit(string text, string value, string unit)
    {
        var result = Work(text);
        Assert.Null(result.Problem);
        Assert.Equal(value, Math.Round(result.Quantity.Value!.Value, 4).ToString("0.####", CultureInfo.InvariantCulture));
        Assert.Equal(unit, Danish(result.Quantity.Unit with { Percent = false }));
    }

    [Theory]
    [InlineData("", 1, "formlen er tom")]
    [InlineData("tvister + ukendt", 11, "navnet »ukendt« er ukendt")]
    [InlineData("tvister ÷ nul", 9, "der divideres med nul")]
    [InlineData("tvister + minutter", 9, "minutter kan ikke lægges til antal")]
    [InlineData("kroner − minutter", 8, "minutter kan ikke trækkes fra kroner")]
    [InlineData("(tvister + 1", 13, "der mangler en slutparentes")]
    [InlineData("tvister + 1)", 12, "der er en slutparentes for meget")]
    [InlineData("tvister +", 10, "formlen slutter for tidligt")]
    [InlineData("tvister 2", 9, "der mangler et regnetegn")]
    [InlineData("× 2", 1, "der mangler et tal eller et navn")]
    [InlineData("1.234 + 1", 1, "kan læses på to måder")]
    [InlineData("2 heste", 3, "enheden »heste« er ukendt")]
    [InlineData("System.IO(1)", 1, "kan ikke bruges med parentes")]
    [InlineData("tvister ; drop", 9, "tegnet »;« kan ikke bruges")]
    [InlineData("nulpunkt", 1, "har intet nulpunkt selv")]
    [InlineData("nulpunkt(1 + 2)", 12, "skal der stå ét navn")]
    public void What_is_wrong_is_said_in_danish_with_its_place(string text, int place, string words)
    {
        var problem = Work(text).Problem;
        Assert.NotNull(problem);
        Assert.StartsWith($"Tegn {place}: ", problem.WithPosition.Danish, StringComparison.Ordinal);
        Assert.Contains(words, problem.Text.Danish, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tvister + minutter", "Character 9: minutes cannot be added to a count.")]
    [InlineData("minutter + 1 timer", "Character 10: hours cannot be added to minutes. Multiply or divide one of them by 60 first.")]
    [InlineData("tvister ; drop", "Character 9: the character “;” cannot be used; use names, numbers, + − × ÷ and parentheses.")]
    [InlineData("1.234 + 1", "Character 1: “1.234” can be read in two ways. Write 1234 for thousands, or 1,2340 for decimals.")]
    [InlineData("nulpunkt", "Character 1: the measurement has no baseline of its own. Say whose: nulpunkt(name).")]
    public void What_is_wrong_is_said_in_english_to_who_reads_english(string text, string words) =>
        Assert.Equal(words, Work(text).Problem!.WithPosition.In(CultureInfo.GetCultureInfo("en")));

    [Fact]
    public void Missing_data_gives_no_number_and_no_zero()
    {
        var result = Work("tom × 2 + tvister");
        Assert.Null(result.Problem);
        Assert.Null(result.Quantity.Value);
        Assert.Equal(Unit.OfCount, result.Quantity.Unit);
    }

    [Fact]
    public void A_missing_division_by_60_is_suggested() =>
        Assert.Equal("formlen giver minutter, men målingen er i timer. Divider med 60.",
            FormulaEvaluator.Mismatch(Work("tvister × minutter").Quantity, Unit.OfHours)?.Text.Danish);

    [Fact]
    public void Depth_and_length_are_bounded()
    {
        Assert.Contains("for mange parenteser", FormulaParser.Parse(new string('(', 60) + "1" + new string(')', 60)).Problem!.Text.Danish,
            StringComparison.Ordinal);
        Assert.Contains("for lang", FormulaParser.Parse(new string('1', 501)).Problem!.Text.Danish, StringComparison.Ordinal);
        Assert.Contains(
            "for mange parenteser", FormulaParser.Parse(new string('-', 60) + "1").Problem!.Text.Danish, StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_is_written_gives_a_number_or_a_problem_within_the_text() =>
        Gen.OneOf(Gen.Int[0, Pieces.Length - 1].Select(n => Pieces[n]), Gen.String[0, 4]).Array[0, 12].Sample(parts =>
        {
            var text = string.Concat(parts);
            var (formula, problem) = FormulaParser.Parse(text);
            return (formula is null) != (problem is null) && (problem is null || (problem.Position >= 0 && problem.Position <= text.Length))
                && (formula is null || FormulaEvaluator.Evaluate(formula, Evaluate).Problem is not { } wrong
                    || wrong.Position <= text.Length);
        });

    [Fact]
    public void Sums_and_products_agree_with_plain_arithmetic() =>
        Gen.Select(Gen.Int[-999, 999], Gen.Int[1, 999], Gen.Int[1, 999]).Sample((a, b, c) =>
            Work($"({a} + {b}) × {c} − {a} ÷ {b}").Quantity.Value == ((a + b) * (decimal)c) - ((decimal)a / b));

    [Theory]
    [InlineData("timer/år", "timer", 12)]
    [InlineData("timer om året", "timer", 12)]
    [InlineData("min", "minutter", null)]
    [InlineData("kr. pr. måned", "kroner", 1)]
    [InlineData("%", "procent", null)]
    [InlineData("tvister om året", "antal", 12)]
    [InlineData("minutter pr. tvist", "minutter", null)]
    [InlineData("", "et rent tal", null)]
    public void Units_are_read_as_people_write_them(string text, string unit, int? months)
    {
        Assert.Equal(unit, Danish(UnitText.Parse(text)));
        Assert.Equal(months, UnitText.MonthsOf(text));
    }
}
