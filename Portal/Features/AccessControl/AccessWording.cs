using Microsoft.Extensions.Localization;
using Portal.Ingestion.Access;
using Portal.Platform.Text;

namespace Portal.Features.AccessControl;

/// <summary>A line in words.</summary>
internal static class AccessWording
{
    /// <summary>What was shown, in the reader's language; the stored name for a kind of a later version.</summary>
    public static string Of(AccessEntry entry, IStringLocalizer<AccessTexts> texts) =>
        KeyOf(entry) is { } key ? texts[key] : entry.Record.Kind;

    /// <summary>What was shown, in Danish.</summary>
    public static string Danish(AccessEntry entry) =>
        KeyOf(entry) is { } key ? TextResources.Danish<AccessTexts>(key) : entry.Record.Kind;

    // A package has exact bytes only where a purpose was given.
    private static string? KeyOf(AccessEntry entry) => entry.Kind switch
    {
        null => null,
        AccessKind.EvidencePackage when !entry.Record.Refused => entry.Record.Purpose is null ? "PackageWithoutBytes" : "PackageWithBytes",
        { } kind => $"Kind{kind}",
    };

    /// <summary>How many rows a list or a search showed; null for anything else.</summary>
    public static string? Hits(AccessEntry entry, IStringLocalizer<AccessTexts> texts) => entry.Record.Hits is { } hits
        ? entry.Kind switch
        {
            AccessKind.LetterList or AccessKind.LettersShown => Count("Letters", hits, texts),
            AccessKind.PersonSearch or AccessKind.CaseList or AccessKind.SubjectAccess => Count("Hits", hits, texts),
            _ => Count("Rows", hits, texts),
        }
        : null;

    /// <summary>The document, row or list that a line is about; null for none. A list without a filter is its name alone.</summary>
    public static string? Reference(AccessRecord line) => line.Reference?.TrimEnd('?');

    private static string Count(string key, int count, IStringLocalizer<AccessTexts> texts) =>
        count == 1 ? texts[$"{key}One"] : texts[$"{key}Many", LanguageFormat.PageNumber(count)];
}
