namespace Portal.Ingestion.Operations;

/// <summary>Decides whether messages may be received, before the database has to refuse them.</summary>
public interface IStorageGuard
{
    /// <summary>Why no messages may be stored now, in one Danish sentence; null when they may. Cheap enough for each commit.</summary>
    string? Refusal { get; }
}
