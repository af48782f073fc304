using System.Collections.Concurrent;

namespace Portal.Features.Benefits.Formulas;

/// <summary>
/// A formula as it was read, once for each text: what is read again and again (each refresh of a page, each chain) is taken from memory.
/// </summary>
/// <param name="Root">The formula; null when it is none.</param>
/// <param name="Problem">What is wrong; null when it could be read.</param>
/// <param name="Names">Its names, each once, in order of their first places.</param>
public sealed record ParsedFormula(FormulaNode? Root, FormulaProblem? Problem, IReadOnlyList<NameNode> Names)
{
    // At 500 characters each some megabytes; a municipality's chains have some hundreds.
    private const int MostKept = 4_096;
    private static readonly ConcurrentDictionary<string, ParsedFormula> Kept = new(StringComparer.Ordinal);

    /// <summary>The formula of a text, or what is wrong with it.</summary>
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
