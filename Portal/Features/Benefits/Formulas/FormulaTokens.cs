using Superpower;
using Superpower.Model;

namespace Portal.Features.Benefits.Formulas;

/// <summary>The tokens of a formula.</summary>
internal enum FormulaToken
{
    Number,
    Name,
    Unit,
    Plus,
    Minus,
    Times,
    Over,
    Open,
    Close,

    /// <summary>An invalid token, which the parser reports.</summary>
    Strange,
}

/// <summary>Splits a formula into tokens. A word directly after a number is its unit.</summary>
internal sealed class FormulaTokens : Tokenizer<FormulaToken>
{
    protected override IEnumerable<Result<FormulaToken>> Tokenize(TextSpan span)
    {
        var afterNumber = false;
        for (var next = SkipWhiteSpace(span); next.HasValue;)
        {
            var (start, kind) = (next.Location, KindOf(next.Value, afterNumber));
            next = kind switch
            {
                FormulaToken.Number => Digits(next),
                FormulaToken.Name when next.Value == '[' => Bracket(next),
                FormulaToken.Name => While(next, c => char.IsLetterOrDigit(c) || c is '_' or '.'),
                FormulaToken.Unit when next.Value == '%' => next.Remainder.ConsumeChar(),
                FormulaToken.Unit => While(next, c => char.IsLetter(c) || c == '.'),
                _ => next.Remainder.ConsumeChar(),
            };
            yield return Result.Value(kind, start, next.Location);
            afterNumber = kind == FormulaToken.Number;
            next = SkipWhiteSpace(next.Location);
        }
    }

    private static FormulaToken KindOf(char first, bool afterNumber) => first switch
    {
        '+' => FormulaToken.Plus,
        '-' or '−' or '–' => FormulaToken.Minus,
        '*' or '×' or '·' => FormulaToken.Times,
        '/' or '÷' or ':' => FormulaToken.Over,
        '(' => FormulaToken.Open,
        ')' => FormulaToken.Close,
        '%' => afterNumber ? FormulaToken.Unit : FormulaToken.Strange,
        '[' => FormulaToken.Name,
        _ when char.IsAsciiDigit(first) => FormulaToken.Number,
        _ when char.IsLetter(first) => afterNumber ? FormulaToken.Unit : FormulaToken.Name,
        _ => FormulaToken.Strange,
    };

    // A dot or comma belongs to the number only when a digit follows.
    private static Result<char> Digits(Result<char> next)
    {
        while (next.HasValue)
        {
            if (char.IsAsciiDigit(next.Value))
            {
                next = next.Remainder.ConsumeChar();
                continue;
            }

            if (next.Value is not ('.' or ',') || next.Remainder.ConsumeChar() is not { HasValue: true } digit
                || !char.IsAsciiDigit(digit.Value))
            {
                break;
            }
            next = digit;
        }

        return next;
    }

    private static Result<char> Bracket(Result<char> next)
    {
        next = While(next, c => c != ']');
        return next.HasValue ? While(next.Remainder.ConsumeChar(), c => char.IsLetterOrDigit(c) || c is '_' or '.') : next;
    }

    private static Result<char> While(Result<char> next, Func<char, bool> wanted)
    {
        while (next.HasValue && wanted(next.Value)) next = next.Remainder.ConsumeChar();
        return next;
    }
}
