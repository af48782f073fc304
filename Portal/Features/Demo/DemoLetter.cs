using Portal.Ingestion.Letters;

namespace Portal.Features.Demo;

/// <summary>A letter of the demo with the statuses that came of it. All persons and numbers are invented.</summary>
/// <param name="Key">Short and unique; identities are derived from it, so that a second start makes the same ones.</param>
/// <param name="SentAgo">How long before the first start the letter was sent.</param>
internal sealed record DemoLetter(
    string Key, string CaseNumber, string CaseType, string Title, LetterRecipient Recipient, LetterChannel Channel, TimeSpan SentAgo,
    IReadOnlyList<DemoStatus> Statuses)
{
    /// <summary>The letter says what a party must act on within a period.</summary>
    public bool Decision { get; init; } = true;

    /// <summary>Set where two letters share an identifier, so that a status cannot tell them apart.</summary>
    public string? SharedCorrelation { get; init; }
}

/// <summary>A status of a demo letter.</summary>
/// <param name="After">After sending.</param>
/// <param name="Deliveries">How often the same message is delivered.</param>
internal sealed record DemoStatus(TimeSpan After, string Handling, string Kanal, string? FejlKode = null, string? FejlTekst = null,
    string? EventCode = null, int Deliveries = 1);
