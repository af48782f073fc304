using Portal.Platform.Text.Numbers;
using Superpower;
using Superpower.Model;
using Superpower.Parsers;

namespace Portal.Features.Benefits.Formulas;

/// <summary>Parses formulas: names, numbers, + − × ÷ and parentheses. A formula has no side effects.</summary>
public static class FormulaParser
{
    /// <summary>The longest formula, in characters.</summary>
    public const int MaxLength = 500;

    /// <summary>The deepest nesting of parentheses and minus signs.</summary>
    public const int MaxDepth = 40;

    /// <summary>The most different names.</summary>
    public const int MaxNames = 100;

    private static readonly FormulaTokens Tokens = new();

    // Thrown by the inner parsers for a token that is wrong in itself; Parse catches it.
    private sealed class WrongTokenException(FormulaProblem problem) : Exception
    {
        public FormulaProblem Problem { get; } = problem;
    }

    private static readonly TokenListParser<FormulaToken, FormulaNode> Number =
        from number in Token.EqualTo(FormulaToken.Number)
        from unit in Token.EqualTo(FormulaToken.Unit).OptionalOrDefault()
        select (FormulaNode)NumberOf(number, unit);

    private static readonly TokenListParser<FormulaToken, FormulaNode> Inner =
        from open in Token.EqualTo(FormulaToken.Open)
        from inner in Superpower.Parse.Ref(() => Sum!)
        from close in Token.EqualTo(FormulaToken.Close)
        select inner;

    private static readonly TokenListParser<FormulaToken, FormulaNode> Called =
        from name in Token.EqualTo(FormulaToken.Name)
        from inner in Inner.AsNullable().OptionalOrDefault()
        select (FormulaNode)NameOf(name, inner);

    private static readonly TokenListParser<FormulaToken, FormulaNode> Factor =
        (from minus in Token.EqualTo(FormulaToken.Minus)
         from of in Superpower.Parse.Ref(() => Factor!)
         select (FormulaNode)new MinusNode(minus.Position.Absolute, of)).Or(Number).Or(Called).Or(Inner);

    private static readonly TokenListParser<FormulaToken, FormulaNode> Product =
        Superpower.Parse.Chain(Token.EqualTo(FormulaToken.Times).Or(Token.EqualTo(FormulaToken.Over)), Factor, Both);

    private static readonly TokenListParser<FormulaToken, FormulaNode> Sum =
        Superpower.Parse.Chain(Token.EqualTo(FormulaToken.Plus).Or(Token.EqualTo(FormulaToken.Minus)), Product, Both);

    /// <summary>Parses a formula; returns the formula or its first problem.</summary>
    public static (FormulaNode? Formula, FormulaProblem? Problem) Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return (null, new FormulaProblem(0, "FormulaEmpty"));
        if (text.Length > MaxLength) return (null, new FormulaProblem(MaxLength, "FormulaTooLong", MaxLength));
        if (TooDeep(text) is { } deep) return (null, new FormulaProblem(deep, "FormulaTooDeep", MaxDepth));
        try
        {
            var tokens = Tokens.Tokenize(text);
            var result = Sum.AtEnd().TryParse(tokens);
            if (!result.HasValue) return (null, Unexpected(text, result));
            return FormulaNames.Distinct(result.Value) is { Count: > MaxNames } names
                ? (null, new FormulaProblem(names[MaxNames].Position, "FormulaTooManyNames", MaxNames))
                : (result.Value, null);
        }
        catch (WrongTokenException wrong)
        {
            return (null, wrong.Problem);
        }
    }

    private static int? TooDeep(string text)
    {
        var (depth, minuses) = (0, 0);
        for (var n = 0; n < text.Length; n++)
        {
            if (char.IsWhiteSpace(text[n])) continue;
            depth += text[n] switch { '(' => 1, ')' => -1, _ => 0 };
            minuses = text[n] is '-' or '−' or '–' ? minuses + 1 : 0;
            if (depth + minuses > MaxDepth) return n;
        }

        return null;
    }

    private static FormulaProblem Unexpected(string text, TokenListParserResult<FormulaToken, FormulaNode> result)
    {
        if (result.Remainder.IsAtEnd)
        {
            return new FormulaProblem(
                text.TrimEnd().Length, text.Count(c => c == '(') > text.Count(c => c == ')') ? "FormulaUnclosed" : "FormulaUnfinished");
        }
        var token = result.Remainder.ConsumeToken().Value;
        var (at, word) = (token.Position.Absolute, token.ToStringValue());
        return new FormulaProblem(at, token.Kind switch
        {
            FormulaToken.Close => text.Count(c => c == ')') > text.Count(c => c == '(') ? "FormulaClosedTwice" : "FormulaEmptyParentheses",
            FormulaToken.Strange => "FormulaStrange",
            FormulaToken.Number or FormulaToken.Name or FormulaToken.Open or FormulaToken.Unit => "FormulaOperatorMissing",
            _ => "FormulaOperandMissing",
        }, word);
    }

    private static NumberNode NumberOf(Token<FormulaToken> number, Token<FormulaToken> unit)
    {
        var (at, text) = (number.Position.Absolute, number.ToStringValue());
        var reading = WrittenNumber.Read(text);
        if (reading.Value is not { } value)
        {
            throw new WrongTokenException(reading.Problem is { } problem
                ? new FormulaProblem(at, problem.Key == "NumberTooLarge"
                    ? Portal.Features.Benefits.Problems.ProblemTexts.Of("NumberGrowsTooLarge", Amount.Largest)
                    : problem)
                : new FormulaProblem(at, "NumberTwoWays", text, text.Remove(text.IndexOfAny(['.', ',']), 1), text.Replace('.', ',') + '0'));
        }

        if (!unit.HasValue) return new NumberNode(at, value, Unit.None);
        var word = unit.ToStringValue();
        if (UnitText.Literal(word) is not { } known)
            throw new WrongTokenException(new FormulaProblem(unit.Position.Absolute, "UnitUnknown", word));
        return new NumberNode(at, known.Enter(value), known.Percent ? Unit.None : known);
    }

    private static NameNode NameOf(Token<FormulaToken> token, FormulaNode? inner)
    {
        var (at, word) = (token.Position.Absolute, token.ToStringValue());
        if (word is ['[', .. var within, ']']) word = within;
        var part = word.ToLowerInvariant() switch { "nulpunkt" or "baseline" => NamePart.Baseline, "mål" or "target" =>
            NamePart.Target, _ => NamePart.Value };
        if (inner is null) return new NameNode(at, part == NamePart.Value ? word : "", part);
        if (part == NamePart.Value) throw new WrongTokenException(new FormulaProblem(at, "NoFunction", word));
        return inner is NameNode { Part: NamePart.Value } name
            ? new NameNode(at, name.Name, part)
            : throw new WrongTokenException(new FormulaProblem(inner.Position, "OneNameWithin", word));
    }

    private static FormulaNode Both(Token<FormulaToken> token, FormulaNode left, FormulaNode right) => new OperatorNode(
        token.Position.Absolute,
        token.Kind switch { FormulaToken.Plus => FormulaOperator.Add, FormulaToken.Minus => FormulaOperator.Subtract, FormulaToken.Times =>
            FormulaOperator.Multiply, _ => FormulaOperator.Divide },
        left, right);
}
