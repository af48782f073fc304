using Microsoft.Net.Http.Headers;
using Portal.Platform.Http.Problems;

namespace Portal.Features.Chains.Api;

/// <summary>
/// A chain's revision as an ETag, and the conditional headers on it (RFC 9110 §13): <c>If-Match</c> on writes, compared strongly, so that a
/// weak tag matches nothing; <c>If-None-Match</c> on reads, compared weakly. Lists and <c>*</c> are accepted.
/// </summary>
internal static class ChainRevision
{
    /// <summary>The ETag of a revision, e.g. <c>"17"</c>.</summary>
    public static EntityTagHeaderValue TagOf(long revision) =>
        new($"\"{revision.ToString(System.Globalization.CultureInfo.InvariantCulture)}\"");

    /// <summary>Sets the ETag of the response.</summary>
    public static void Name(HttpResponse response, long revision) => response.GetTypedHeaders().ETag = TagOf(revision);

    /// <summary>Tells whether a revision satisfies <c>If-Match</c>; null when the header is absent.</summary>
    /// <exception cref="FormatException">The header is not a list of ETags.</exception>
    public static Func<long, bool>? Expected(HttpRequest request) => TagsOf(request.Headers.IfMatch, "If-Match") is { } tags
        ? revision => tags.Any(t => t.Equals(EntityTagHeaderValue.Any) || t.Compare(TagOf(revision), useStrongComparison: true))
        : null;

    /// <summary>True when <c>If-None-Match</c> names this revision.</summary>
    /// <exception cref="FormatException">The header is not a list of ETags.</exception>
    public static bool IsKnown(HttpRequest request, long revision) => TagsOf(request.Headers.IfNoneMatch, "If-None-Match") is { } tags
        && tags.Any(t => t.Equals(EntityTagHeaderValue.Any) || t.Compare(TagOf(revision), useStrongComparison: false));

    /// <summary>412: <c>If-Match</c> does not name the chain's current revision.</summary>
    public static IResult Moved(HttpContext context, long revision)
    {
        Name(context.Response, revision);
        return Results.Problem(PortalProblems.Of(
            StatusCodes.Status412PreconditionFailed, "Kæden er ændret siden",
            $"Kæden er nu i revision {revision}; If-Match passer ikke på den. Intet er ændret. Hent kæden igen, flet ændringerne, "
                + "og send den med den nye ETag.", "If-Match"));
    }

    /// <summary>400: the header is not a list of ETags.</summary>
    public static IResult Wrong(FormatException problem) => PortalProblems.WrongField(
        problem.Message, $"{problem.Message} skal være en ETag i anførselstegn, som den kom fra GET (fx \"17\"), "
            + "flere med komma imellem, eller *. Intet er ændret.");

    private static IList<EntityTagHeaderValue>? TagsOf(Microsoft.Extensions.Primitives.StringValues header, string name)
    {
        if (header.All(string.IsNullOrWhiteSpace)) return null;
        return EntityTagHeaderValue.TryParseStrictList([.. header.OfType<string>()], out var tags) ? tags : throw new FormatException(name);
    }
}
