using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Log;

/// <summary>
/// A BeskedId as it is shown: in pages, URLs, the API, worklists and notes. A sender may put anything in it. An id that contains a person
/// number is masked, and since masked ids may be equal, the sequence number is appended (<c>010101-xxxx~nr1042</c>): that form finds the
/// message as the id itself does. Any other id is shown as stored. The ledger's leaf has the unmasked id.
/// </summary>
public static partial class ShownBeskedId
{
    /// <summary>The id of a message as it is shown.</summary>
    public static string Of(string beskedId, long sequence)
    {
        var masked = CprNumber.MaskIn(beskedId);
        return masked == beskedId ? beskedId : string.Create(CultureInfo.InvariantCulture, $"{masked}~nr{sequence}");
    }

    /// <summary>The id of a stored message as it is shown.</summary>
    public static string Of(StoredMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return Of(message.BeskedId, message.Sequence);
    }

    /// <summary>The sequence number at the end of a shown id; null for an id that was not masked.</summary>
    public static long? SequenceIn(string shown) =>
        Masked().Match(shown) is { Success: true } match
        && long.TryParse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    /// <summary>
    /// The messages of masked ids among <paramref name="ids"/>; other ids find none. The caller checks whether the viewer may see them.
    /// </summary>
    internal static async Task<List<StoredMessage>> FindMaskedAsync(
        IngestionDbContext db, IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        long[] sequences = [.. ids.Select(SequenceIn).OfType<long>().Distinct()];
        if (sequences.Length == 0) return [];
        var messages = db.Messages.AsNoTracking().Where(m => EF.Parameter(sequences).Contains(m.Sequence));
        return (await messages.ToListAsync(cancellationToken)).FindAll(m => ids.Contains(Of(m)));
    }

    [GeneratedRegex("-xxxx.*~nr([0-9]{1,19})\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Masked();
}
