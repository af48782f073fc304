namespace Portal.Features.Chains.Document;

/// <summary>The kinds of box, one per zone of the Effektkæde, in the order in which the method fills them.</summary>
public enum ChainKind
{
    Purpose,

    /// <summary>Also today's situation.</summary>
    Problem,
    Technology,
    Capability,
    Future,
    Result,
    Difference,
    Benefit,
    NegativeBenefit,
    NewBehaviour,
    Note,
}

/// <summary>Names of kinds on the wire (<c>data-kind</c>, JSON).</summary>
public static class ChainKinds
{
    private static readonly string[] Names = ["purpose", "problem", "technology", "capability", "future", "result", "difference", "benefit",
        "negative-benefit", "new-behaviour", "note"];

    /// <summary>All kinds in the method's order.</summary>
    public static IReadOnlyList<ChainKind> InOrder { get; } = Enum.GetValues<ChainKind>();

    /// <summary>All names in the method's order.</summary>
    public static IReadOnlyList<string> Wire => Names;

    /// <summary>The wire name, e.g. <c>negative-benefit</c>.</summary>
    public static string ToWire(this ChainKind kind) => Names[(int)kind];

    /// <summary>The kind of a wire name; null for anything else.</summary>
    public static ChainKind? Parse(string? name) => Array.IndexOf(Names, name) is >= 0 and var n ? (ChainKind)n : null;
}

/// <summary>Names of stages on the wire.</summary>
public static class ChainStages
{
    private static readonly string[] Names = ["draft", "in-workshop", "agreed", "following", "closed"];

    /// <summary>All names.</summary>
    public static IReadOnlyList<string> Wire => Names;

    /// <summary>The wire name, e.g. <c>in-workshop</c>.</summary>
    public static string ToWire(this ChainStage stage) => Names[(int)stage];

    /// <summary>The stage of a wire name; null for anything else.</summary>
    public static ChainStage? Parse(string? name) => Array.IndexOf(Names, name) is >= 0 and var n ? (ChainStage)n : null;
}
