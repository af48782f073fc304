using System.Globalization;

namespace Portal.Tests.Features.Benefits;

/// <summary>
/// Calculates an expression from its printed text: numbers in a language's notation, + − × ÷ and parentheses. Written for the tests alone,
/// so that a report can be recomputed from its own text by something other than what wrote it.
/// </summary>
internal static class PrintedArithmetic
{
    /// <summary>The exact result.</summary>
    /// <exception cref="FormatException">The text is no expression.</exception>
    public static decimal Calculate(string text, CultureInfo language)
    {
        var at = 0;
        var value = Sum();
        Space();
        return at == text.Length ? value : throw new FormatException($"»{text}« cannot be read from character {at}.");

        void Space()
        {
            while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
        }

        bool Take(char c)
        {
            Space();
            if (at >= text.Length || text[at] != c) return false;
            at++;
            return true;
        }

        decimal Sum()
        {
            var sum = Product();
            while (true)
            {
                if (Take('+')) sum += Product();
                else if (Take('−')) sum -= Product();
                else return sum;
            }
        }

        decimal Product()
        {
            var product = One();
            while (true)
            {
                if (Take('×')) product *= One();
                else if (Take('÷')) product /= One();
                else return product;
            }
        }

        decimal One()
        {
            if (Take('−')) return -One();
            if (Take('('))
            {
                var inner = Sum();
                return Take(')') ? inner : throw new FormatException($"»{text}« lacks a parenthesis.");
            }

            Space();
            var from = at;
            while (at < text.Length && (char.IsDigit(text[at]) || text[at] is ',' or '.')) at++;
            return decimal.Parse(text[from..at], NumberStyles.Number, language);
        }
    }
}
