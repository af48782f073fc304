using Microsoft.Extensions.Localization;
using Portal.Ingestion.Catalogue;
using Portal.Platform.Text;
using Portal.Platform.Ui.Lists;

namespace Portal.Features.Catalogue;

/// <summary>The columns of the catalogue. It is short and read whole, so it is sorted in memory.</summary>
internal static class CatalogueShape
{
    public const string Known = "kendt", Name = "navn", Tells = "fortaeller", LastDay = "doegn", Total = "ialt", Latest = "senest";
    public const string Type = "type", First = "foerst";

    /// <summary>The heading of a column.</summary>
    public static string Heading(string column, IStringLocalizer<CatalogueTexts> texts) => texts[$"Column_{column}"];

    /// <summary>The list.</summary>
    public static ListShape Shape { get; } = new(
        "beskedkatalog",
        [
            new(Name) { Required = true, Sortable = true }, new(Known), new(Tells), new(LastDay) { Sortable = true },
            new(Total) { Sortable = true }, new(Latest) { Sortable = true }, new(Type), new(First) { Extra = true, Sortable = true },
        ]);

    /// <summary>The types in the order of a look; in their own, known ones first, without one.</summary>
    public static IReadOnlyList<CatalogueType> Sorted(IReadOnlyList<CatalogueType> types, ListLook look)
    {
        ArgumentNullException.ThrowIfNull(look);
        if (look.Sort is not { } sort) return types;
        var ordered = sort.Column switch
        {
            Name => types.OrderBy(t => t.Name, StringComparer.Create(DanishFormat.Danish, ignoreCase: true)),
            LastDay => types.OrderBy(t => t.LastDay),
            Total => types.OrderBy(t => t.Total),
            Latest => types.OrderBy(t => t.LastReceivedAt),
            _ => types.OrderBy(t => t.FirstSeenAt),
        };
        CatalogueType[] rising = [.. ordered.ThenBy(t => t.Beskedtype, StringComparer.Ordinal)];
        return sort.Descending ? [.. rising.Reverse()] : rising;
    }
}
