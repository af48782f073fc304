using System.Globalization;
using System.Text.RegularExpressions;

namespace Portal.Ingestion.Domain.Time;

/// <summary>
/// The one format of a time that the HTTP interface accepts: ISO 8601 with a zone, such as <c>2023-02-13T12:21:40+01:00</c>. Envelopes are
/// read more leniently (<see cref="DanishTime.ParseTidsstempel"/>).
/// </summary>
public static partial class IsoMoment
{
    /// <summary>Decimal digits of a second that are kept (a tick, 100 ns).</summary>
    public const int KeptFraction = 7;

    /// <summary>Reads a moment, with the offset that was written.</summary>
    /// <param name="text">What was sent, without spaces around it.</param>
    /// <param name="at">The moment; the default when the text is not one.</param>
    /// <param name="mostFraction">A text with more decimal digits of a second is refused.</param>
    public static bool TryRead(string text, out DateTimeOffset at, int mostFraction = KeptFraction)
    {
        at = default;
        return Form().Match(text) is { Success: true } match && match.Groups["f"].Length <= mostFraction
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out at);
    }

    [GeneratedRegex(
        @"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}([.,](?<f>\d+))?)?(Z|[+-]\d{2}:?\d{2})\z",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Form();
}
