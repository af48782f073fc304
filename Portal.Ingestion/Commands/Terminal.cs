namespace Portal.Ingestion.Commands;

/// <summary>Where a verb writes: its result to one, its progress and its problems to the other.</summary>
/// <param name="Output">Results, for a person or a script.</param>
/// <param name="Error">Progress and problems.</param>
/// <param name="ErrorIsWatched">True where a person looks at <paramref name="Error"/>, so that one line may be written over again.</param>
public sealed record Terminal(TextWriter Output, TextWriter Error, bool ErrorIsWatched)
{
    /// <summary>This process's own.</summary>
    public static Terminal Own { get; } = new(Console.Out, Console.Error, !Console.IsErrorRedirected);
}
