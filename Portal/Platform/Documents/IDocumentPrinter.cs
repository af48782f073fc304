namespace Portal.Platform.Documents;

/// <summary>Makes tagged PDF of documents; reports and evidence documents know only this interface.</summary>
public interface IDocumentPrinter
{
    /// <summary>False when no browser that can print was found at start; then <see cref="PrintAsync"/> always throws.</summary>
    bool IsAvailable { get; }

    /// <summary>
    /// The document as PDF: tagged, with outline, title, language, embedded fonts and »Side n af m« at the foot of every page.
    /// </summary>
    /// <exception cref="PrintProblemException">It could not be printed; the exception says why.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled, or the portal stops; the place in the queue is free
    /// again.</exception>
    Task<byte[]> PrintAsync(PrintDocument document, CancellationToken cancellationToken);
}

/// <summary>Why a document was not printed.</summary>
public enum PrintProblem
{
    /// <summary>The server has no browser of the Chromium family.</summary>
    NoBrowser,

    /// <summary>The queue is full.</summary>
    Busy,

    /// <summary>Printing took longer than <see cref="PrintSettings.TimeLimit"/>.</summary>
    TimedOut,

    /// <summary>The browser did not start, or failed on this document twice.</summary>
    Failed,
}

/// <summary>A document could not be printed. Holds nothing of the document.</summary>
public sealed class PrintProblemException(PrintProblem problem, Exception? inner = null) : Exception($"Printing: {problem}.", inner)
{
    public PrintProblem Problem { get; } = problem;
}
