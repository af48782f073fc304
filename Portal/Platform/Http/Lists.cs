using Portal.Ingestion.Log;
using Portal.Platform.Http.Problems;

namespace Portal.Platform.Http;

/// <summary>Answers with a page of a list.</summary>
internal static class Lists
{
    /// <summary>The page, or 400 when the read rejects the cursor (<see cref="FormatException"/>).</summary>
    public static async Task<IResult> ReadAsync<TRow, T>(Func<Task<Page<TRow>>> read, Func<TRow, T> toJson)
    {
        try
        {
            return Results.Json(ListJson.Of(await read(), toJson), PortalJson.Options);
        }
        catch (FormatException)
        {
            return PortalProblems.WrongField("cursor", "cursor er ikke en, som denne liste har givet. Begynd forfra uden cursor.");
        }
    }
}

/// <summary>A list on the wire: newest first, with a cursor that is null at the end.</summary>
public sealed record ListJson<T>(IReadOnlyList<T> Items, string? Cursor);

/// <summary>Makes lists for the wire.</summary>
internal static class ListJson
{
    /// <summary>The page with each row converted.</summary>
    public static ListJson<T> Of<TRow, T>(Page<TRow> page, Func<TRow, T> toJson) => new([.. page.Items.Select(toJson)], page.Cursor);
}
