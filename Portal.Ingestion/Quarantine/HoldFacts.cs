using System.Globalization;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Journal;

namespace Portal.Ingestion.Quarantine;

/// <summary>What the log of actions says of a hold: a function of its row alone, so that <c>verify</c> can compare the two.</summary>
internal static class HoldFacts
{
    /// <summary>The start of the ids of its entries; the row's number follows.</summary>
    public const string Prefix = "quarantine-hold/";

    public const string Held = "quarantine-held";
    public const string Released = "quarantine-released";

    /// <summary>The entry of a hold, in force or released.</summary>
    public static JournalDraft Of(StoredQuarantineHold hold) => new(
        hold.ReleasedAt is null ? Held : Released, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{hold.Id}"),
        hold.ReleasedAt ?? hold.HeldAt,
        new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["authority"] = hold.Authority, ["reason"] = hold.Reason, ["cause"] = Text(hold.Detail), ["why"] = Text(hold.Why),
            ["owner"] = Text(hold.Owner), ["until"] = JournalTime.Text(hold.Until), ["link"] = Text(hold.Link),
            ["heldAt"] = JournalTime.Text(hold.HeldAt), ["by"] = Text(hold.HeldByName), ["byId"] = Text(hold.HeldBy),
            ["releasedAt"] = hold.ReleasedAt is { } released ? JournalTime.Text(released) : null,
            ["releasedBy"] = Text(hold.ReleasedByName),
        })
    {
        Authority = hold.Authority,
    };

    private static string? Text(string? text) => CprNumber.MaskInOrNull(StorableText.Clean(text));
}
