namespace Portal.Platform.Documents;

/// <summary>The limits of making PDFs.</summary>
public sealed record PdfLimits
{
    /// <summary>How many documents are made at once: one a processor, up to four.</summary>
    public int AtOnce { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, 4);

    /// <summary>How many may wait; the next gets <see cref="DocumentQueueFullException"/>.</summary>
    public int Waiting { get; init; } = 100;

    /// <summary>Bytes of one document. A thousand letters take some megabytes.</summary>
    public long DocumentBytes { get; init; } = 64 << 20;

    /// <summary>Bytes of all cached documents together.</summary>
    public long CachedBytes { get; init; } = 16 << 20;

    /// <summary>How long a document is cached, counted from its making.</summary>
    public TimeSpan CachedTime { get; init; } = TimeSpan.FromMinutes(30);
}

/// <summary>Too many documents are waiting to be made.</summary>
public sealed class DocumentQueueFullException() : Exception("Too many documents are waiting to be made as PDF.");
