using Portal.Ingestion.Letters;

namespace Portal.Features.Demo;

/// <summary>A letter of the demo and its statuses. All persons and numbers are invented.</summary>
/// <param name="Key">Short and unique; ids are derived from it, so that a second start finds the same letters and messages.</param>
/// <param name="SentAgo">How long before the first start the letter was sent.</param>
internal sealed record DemoLetter(
    string Key, string CaseNumber, string CaseType, string Title, LetterRecipient Recipient, LetterChannel Channel, TimeSpan SentAgo,
    IReadOnlyList<DemoStatus> Statuses)
{
    /// <summary>The letter is a decision, with a period for appeal.</summary>
    public bool Decision { get; init; } = true;

    /// <summary>Set where two letters share an identifier, so that a status matches both.</summary>
    public string? SharedCorrelation { get; init; }
}

/// <summary>A status of a demo letter.</summary>
/// <param name="After">Time after sending.</param>
/// <param name="Deliveries">How often the same message is delivered.</param>
internal sealed record DemoStatus(TimeSpan After, string Handling, string Kanal, string? FejlKode = null, string? FejlTekst = null,
    string? EventCode = null, int Deliveries = 1);
