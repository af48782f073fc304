using System.Collections.Concurrent;

namespace Portal.Features.Benefits.Formulas;

/// <summary>A parsed formula, cached by its text, since each refresh of a page reads the same formulas again.</summary>
/// <param name="Root">The formula; null when it could not be parsed.</param>
/// <param name="Problem">What is wrong; null when it could be parsed.</param>
/// <param name="Names">Its distinct names, in order of first position.</param>
public sealed record ParsedFormula(FormulaNode? Root, FormulaProblem? Problem, IReadOnlyList<NameNode> Names)
{
    // Some megabytes with 500 characters each; the chains of a municipality have hundreds.
    private const int MostKept = 4_096;
    private static readonly ConcurrentDictionary<string, ParsedFormula> Kept = new(StringComparer.Ordinal);

    /// <summary>Parses a text, or returns the cached result.</summary>
    public static ParsedFormula Of(string? text)
    {
        if (text is null or { Length: > FormulaParser.MaxLength }) return Read(text);
        if (Kept.TryGetValue(text, out var known)) return known;
        if (Kept.Count >= MostKept) Kept.Clear();
        return Kept[text] = Read(text);
    }

    private static ParsedFormula Read(string? text)
    {
        var (root, problem) = FormulaParser.Parse(text);
        return new ParsedFormula(root, problem, root is null ? [] : FormulaNames.Distinct(root));
    }
}
