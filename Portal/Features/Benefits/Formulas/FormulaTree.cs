using Portal.Features.Benefits.Problems;
using Portal.Platform.Text;

namespace Portal.Features.Benefits.Formulas;

/// <summary>What of an indicator a name asks for.</summary>
public enum NamePart
{
    /// <summary>Its measured value.</summary>
    Value,

    /// <summary><c>nulpunkt(navn)</c></summary>
    Baseline,

    /// <summary><c>mål(navn)</c></summary>
    Target,
}

/// <summary>The arithmetic operators.</summary>
public enum FormulaOperator
{
    Add,
    Subtract,
    Multiply,
    Divide,
}

/// <summary>A formula as read. <paramref name="Position"/> is where it is in the text, from 0.</summary>
public abstract record FormulaNode(int Position);

/// <summary>A number, with the unit written behind it.</summary>
public sealed record NumberNode(int Position, decimal Value, Unit Unit) : FormulaNode(Position);

/// <summary>The name of something else. An empty name with a part is the indicator's own.</summary>
public sealed record NameNode(int Position, string Name, NamePart Part) : FormulaNode(Position);

/// <summary>Arithmetic on two.</summary>
public sealed record OperatorNode(int Position, FormulaOperator Operator, FormulaNode Left, FormulaNode Right) : FormulaNode(Position);

/// <summary>Negation.</summary>
public sealed record MinusNode(int Position, FormulaNode Of) : FormulaNode(Position);

/// <summary>What is wrong with a formula, and where.</summary>
/// <param name="Position">From 0.</param>
public sealed record FormulaProblem(int Position, ProblemText Text)
{
    internal FormulaProblem(int position, string key, params object[] places) : this(position, ProblemTexts.Of(key, places))
    {
    }

    /// <summary>A number in it is beyond <see cref="Portal.Platform.Text.Numbers.Amount"/>.</summary>
    public bool IsTooLarge => Text.Key is "NumberGrowsTooLarge" or "GathersTooLarge";

    /// <summary>What is wrong with its place, counted from 1 as people do.</summary>
    public ProblemText WithPosition => ProblemTexts.Of("AtCharacter", Position + 1, Text);
}

/// <summary>All names in a formula.</summary>
public static class FormulaNames
{
    /// <summary>The names, in order of their places.</summary>
    public static IReadOnlyList<NameNode> Of(FormulaNode node)
    {
        var names = new List<NameNode>();
        Collect(node, names);
        return names;
    }

    /// <summary>The names, each with each part once, in order of their first places.</summary>
    public static IReadOnlyList<NameNode> Distinct(FormulaNode node) => [.. Of(node).DistinctBy(n => (n.Name.ToLowerInvariant(), n.Part))];

    // No deeper than the formula's own depth, which its length bounds.
    private static void Collect(FormulaNode node, List<NameNode> names)
    {
        switch (node)
        {
            case NameNode name:
                names.Add(name);
                break;
            case MinusNode minus:
                Collect(minus.Of, names);
                break;
            case OperatorNode both:
                Collect(both.Left, names);
                Collect(both.Right, names);
                break;
        }
    }
}
