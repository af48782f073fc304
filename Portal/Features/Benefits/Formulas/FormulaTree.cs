using Portal.Features.Benefits.Problems;
using Portal.Platform.Text;

namespace Portal.Features.Benefits.Formulas;

/// <summary>Which number of an indicator a name refers to.</summary>
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

/// <summary>A node of a parsed formula. <paramref name="Position"/> is its index in the text, from 0.</summary>
public abstract record FormulaNode(int Position);

/// <summary>A number with the unit written after it.</summary>
public sealed record NumberNode(int Position, decimal Value, Unit Unit) : FormulaNode(Position);

/// <summary>The name of an indicator or of a box's number. An empty name is the indicator's own baseline or target.</summary>
public sealed record NameNode(int Position, string Name, NamePart Part) : FormulaNode(Position);

/// <summary>An operation on two operands.</summary>
public sealed record OperatorNode(int Position, FormulaOperator Operator, FormulaNode Left, FormulaNode Right) : FormulaNode(Position);

/// <summary>Negation.</summary>
public sealed record MinusNode(int Position, FormulaNode Of) : FormulaNode(Position);

/// <summary>A problem in a formula, and where.</summary>
/// <param name="Position">Index in the text, from 0.</param>
public sealed record FormulaProblem(int Position, ProblemText Text)
{
    internal FormulaProblem(int position, string key, params object[] places) : this(position, ProblemTexts.Of(key, places))
    {
    }

    /// <summary>True when a number in it is beyond <see cref="Portal.Platform.Text.Numbers.Amount"/>.</summary>
    public bool IsTooLarge => Text.Key is "NumberGrowsTooLarge" or "GathersTooLarge";

    /// <summary>The problem with its position, counted from 1.</summary>
    public ProblemText WithPosition => ProblemTexts.Of("AtCharacter", Position + 1, Text);
}

/// <summary>Collects the names in a formula.</summary>
public static class FormulaNames
{
    /// <summary>The names, in order of position.</summary>
    public static IReadOnlyList<NameNode> Of(FormulaNode node)
    {
        var names = new List<NameNode>();
        Collect(node, names);
        return names;
    }

    /// <summary>The distinct names (by name and part), in order of first position.</summary>
    public static IReadOnlyList<NameNode> Distinct(FormulaNode node) => [.. Of(node).DistinctBy(n => (n.Name.ToLowerInvariant(), n.Part))];

    // Recursion is as deep as the tree, which the formula's length limits.
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
