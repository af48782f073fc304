using Portal.Ingestion.Letters;

namespace Portal.Features.Registering;

/// <summary>A line of a file of letters, and what registering it does or did; null for a line with an error.</summary>
public sealed record LetterFileRow(LetterLine Line, RegistrationOutcome? Outcome);
