namespace Portal.Features.Chains.Document;

/// <summary>Names of stages on the wire.</summary>
public static class ChainStages
{
    private static readonly string[] Names = ["draft", "in-workshop", "agreed", "following", "closed"];

    /// <summary>All names.</summary>
    public static IReadOnlyList<string> Wire => Names;

    /// <summary><c>in-workshop</c>.</summary>
    public static string ToWire(this ChainStage stage) => Names[(int)stage];

    /// <summary>The stage of a wire name; null for anything else.</summary>
    public static ChainStage? Parse(string? name) => Array.IndexOf(Names, name) is >= 0 and var n ? (ChainStage)n : null;
}
