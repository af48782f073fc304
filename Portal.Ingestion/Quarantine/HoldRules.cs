using Portal.Ingestion.Domain;

namespace Portal.Ingestion.Quarantine;

/// <summary>What a hold may be. Pure; the page and the store ask the same.</summary>
public static class HoldRules
{
    /// <summary>The longest reason, in UTF-16 code units.</summary>
    public const int LongestWhy = 500;

    /// <summary>The longest name of an owner, in UTF-16 code units.</summary>
    public const int LongestOwner = 100;

    /// <summary>The longest link, in UTF-16 code units.</summary>
    public const int LongestLink = 500;

    /// <summary>The most days from today to the day of review: longer than this nobody should leave a cause without looking.</summary>
    public const int LongestDays = 366;

    /// <summary>The problems of a draft; none when it can be stored.</summary>
    /// <param name="today">The Copenhagen date.</param>
    public static IReadOnlyList<HoldProblem> ProblemsOf(HoldDraft draft, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(draft);
        var problems = new List<HoldProblem>();
        if (string.IsNullOrWhiteSpace(draft.Why)) problems.Add(HoldProblem.WhyMissing);
        if (string.IsNullOrWhiteSpace(draft.Owner)) problems.Add(HoldProblem.OwnerMissing);
        if (draft.Until <= today || draft.Until > today.AddDays(LongestDays)) problems.Add(HoldProblem.DayOutside);
        if (!string.IsNullOrWhiteSpace(draft.Link) && LinkOf(draft.Link) is null) problems.Add(HoldProblem.LinkRefused);
        return problems;
    }

    /// <summary>
    /// The address of a link; null unless it is https, without a user name (which could make it look like another's) and without a person
    /// number.
    /// </summary>
    public static Uri? LinkOf(string? link) =>
        link?.Trim() is { Length: > 0 and <= LongestLink } text && Uri.TryCreate(text, UriKind.Absolute, out var address)
        && address.Scheme == Uri.UriSchemeHttps && address.UserInfo.Length == 0 && address.Host.Length > 0
        && CprNumber.MaskIn(text) == text && CprNumber.MaskIn(Uri.UnescapeDataString(text)) == Uri.UnescapeDataString(text)
            ? address
            : null;
}
