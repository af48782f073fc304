namespace Portal.Ingestion.Operations;

/// <summary>Says whether messages may be taken, before the database has to refuse them.</summary>
public interface IStorageGuard
{
    /// <summary>
    /// Why nothing may be taken now, in one Danish sentence for people; null when all is well. Cheap enough to ask before each commit.
    /// </summary>
    string? Refusal { get; }
}
