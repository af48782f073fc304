using Portal.Ingestion.Ledger.Notes;

namespace Portal.Ingestion.Journal;

/// <summary>
/// A log next to the one of messages: of the same formats and signed with the same key, with its own name, tree and lock. What was entered
/// is found even if somebody changes every table alike.
/// </summary>
/// <param name="Number">The log's number in the tables, and of its lock.</param>
/// <param name="Name">The end of its origin.</param>
/// <param name="Format">The first line of its leaves' records.</param>
/// <param name="Words">What it is in findings, in Danish.</param>
public sealed record JournalLog(int Number, string Name, string Format, string Words)
{
    /// <summary>What people do: registrations, corrections, matches by hand, notes, holds, incidents.</summary>
    public static JournalLog Actions { get; } = new(1, "handlinger", "portal-handling/v1", "loggen over handlinger");

    /// <summary>Who saw which personal data: cases, messages, searches, evidence, exact bytes, numbers.</summary>
    public static JournalLog Access { get; } = new(2, "adgang", "portal-adgang/v1", "adgangsloggen");

    /// <summary>Every log but the messages'.</summary>
    public static IReadOnlyList<JournalLog> All { get; } = [Actions, Access];

    /// <summary>The log's public key: the messages' key under this log's origin.</summary>
    public VerifierKey KeyOf(VerifierKey messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        return VerifierKey.Of($"{messages.Name}/{Name}", [.. messages.PublicKey])
            ?? throw new ArgumentException("Not a log's key.", nameof(messages));
    }
}
