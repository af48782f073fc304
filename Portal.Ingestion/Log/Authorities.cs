using System.Text.RegularExpressions;
using Portal.Ingestion.Envelopes;

namespace Portal.Ingestion.Log;

/// <summary>The authorities that a message belongs to, as CVR numbers.</summary>
internal static partial class Authorities
{
    /// <summary>
    /// The CVR numbers in TilladtModtager, else those in ObjektAnsvarligMyndighed, else <paramref name="own"/>, the authority from whose
    /// queue (dueslag) the message came. Never empty.
    /// </summary>
    public static IReadOnlyList<string> Of(Haendelsesbesked besked, string own)
    {
        var allowed = besked.TilladtModtager.Select(Cvr).OfType<string>().Distinct().ToList();
        if (allowed.Count > 0) return allowed;
        var responsible = besked.ObjektRegistrering.Select(o => Cvr(o.ObjektAnsvarligMyndighed)).OfType<string>().Distinct().ToList();
        return responsible.Count > 0 ? responsible : [own];
    }

    /// <summary>The eight digits of <c>urn:oio:cvr:…</c> or <c>urn:oio:cvr-nr:…</c>; null for anything else.</summary>
    public static string? Cvr(string? urn) =>
        urn is not null && CvrUrn().Match(urn) is { Success: true } match ? match.Groups[1].Value : null;

    [GeneratedRegex(@"^urn:oio:cvr(?:-nr)?:\s*(\d{8})\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex CvrUrn();
}
