using Microsoft.Extensions.Localization;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;

namespace Portal.Platform.Access;

/// <summary>Words for what a role is limited to (<c>LimitTexts.resx</c>, Danish; <c>.en.resx</c>, English).</summary>
public sealed class LimitTexts
{
    // A role may have a thousand values; a line has room for a few.
    private const int MostValues = 6;
    private const int ShortUuid = 8;

    /// <summary>
    /// What a viewer sees of what a right opens, in one line: <c>27.45.*, 32.*</c>; null when it sees all of it at all its authorities.
    /// </summary>
    public static string? Of(Viewer viewer, ViewerRights right, IStringLocalizer<LimitTexts> texts)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        ArgumentNullException.ThrowIfNull(texts);
        var grants = viewer.GrantsOf(right);
        var whole = viewer.WholeAuthoritiesOf(right);
        string[] authorities = [.. grants.Select(g => g.Authority).Distinct()];
        if (authorities.All(whole.Contains)) return null;
        var parts = authorities.Select(authority => (Authority: authority, Seen: whole.Contains(authority)
            ? texts["All"].Value
            : string.Join(texts["And"], grants.Where(g => g.Authority == authority).Select(g => Of(g.Limits, texts)).Distinct())));
        return authorities.Length == 1
            ? parts.First().Seen
            : string.Join("; ", parts.Select(p => texts["AtAuthority", p.Seen, p.Authority].Value));
    }

    /// <summary>The limits of one role; »alt« without any.</summary>
    public static string Of(AccessLimits limits, IStringLocalizer<LimitTexts> texts)
    {
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentNullException.ThrowIfNull(texts);
        if (limits.IsNone) return texts["All"];
        var parts = new List<string>();
        if (limits.Kle is { } kle) parts.Add(Listed(kle, texts));
        if (limits.Units is { } units) parts.Add(texts[units.Count == 1 ? "Unit" : "Units", Listed([.. units.Select(Shortened)], texts)]);
        if (limits.Sensitivities is { } classes) parts.Add(Listed([.. classes.Select(c => NameOf(c, texts)).Distinct()], texts));
        return string.Join(" · ", parts);
    }

    private static string Listed(ValueList<string> values, IStringLocalizer<LimitTexts> texts) => values.Count <= MostValues
        ? string.Join(", ", values)
        : texts["More", string.Join(", ", values.Take(MostValues)), values.Count - MostValues];

    private static string NameOf(string classification, IStringLocalizer<LimitTexts> texts) =>
        classification == KnownSikkerhedsklassificeringer.IkkeFortrolig ? texts["NotConfidential"]
        : KnownSikkerhedsklassificeringer.Fortrolige.Contains(classification) ? texts["Confidential"]
        : Shortened(classification);

    private static string Shortened(string uuid) => TextCut.At(uuid, ShortUuid, "…");
}
