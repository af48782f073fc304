using Portal.Ingestion.Log;
using Portal.Platform.Http.Problems;

namespace Portal.Platform.Http;

/// <summary>Answers with a page of a list.</summary>
internal static class Lists
{
    /// <summary>The page, or 400 when the cursor is not one of ours.</summary>
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
