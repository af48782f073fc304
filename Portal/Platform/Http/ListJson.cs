using Portal.Ingestion.Log;

namespace Portal.Platform.Http;

/// <summary>A list on the wire: newest first, with a cursor that is null at the end.</summary>
public sealed record ListJson<T>(IReadOnlyList<T> Items, string? Cursor);

/// <summary>Makes lists for the wire.</summary>
internal static class ListJson
{
    /// <summary>A page's rows as they are on the wire.</summary>
    public static ListJson<T> Of<TRow, T>(Page<TRow> page, Func<TRow, T> toJson) => new([.. page.Items.Select(toJson)], page.Cursor);
}
