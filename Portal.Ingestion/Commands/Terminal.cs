namespace Portal.Ingestion.Commands;

/// <summary>Where a verb writes its results, and its progress and problems.</summary>
/// <param name="Output">Results, for a person or a script.</param>
/// <param name="Error">Progress and problems.</param>
/// <param name="ErrorIsWatched">True when <paramref name="Error"/> is a terminal, not redirected to a file.</param>
public sealed record Terminal(TextWriter Output, TextWriter Error, bool ErrorIsWatched)
{
    /// <summary>The console of this process.</summary>
    public static Terminal Own { get; } = new(Console.Out, Console.Error, !Console.IsErrorRedirected);
}
