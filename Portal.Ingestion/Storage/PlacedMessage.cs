namespace Portal.Ingestion.Storage;

/// <summary>A message with the case and the letter that it belongs to; see <see cref="IngestionDbContext.PlacedMessages"/>.</summary>
internal sealed class PlacedMessage
{
    public required long Sequence { get; init; }
    public required string CaseNumber { get; init; }
    public required string CaseNumberKey { get; init; }
    public required string LetterId { get; init; }
    public required string LetterIdKey { get; init; }
    public required string Title { get; init; }
}
