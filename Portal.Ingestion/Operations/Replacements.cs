using System.Globalization;
using Portal.Ingestion.Supervision;

namespace Portal.Ingestion.Operations;

/// <summary>
/// Distinguishes a process that was restarted from one that is missing. Each starting process replaces at most one other: the one of the
/// same program on the same machine that was the last to fall silent before. Pure.
/// </summary>
internal static class Replacements
{
    // Start times are rounded to seconds, and a supervisor restarts at once.
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(2);

    /// <summary>The ids of the replaced nodes.</summary>
    /// <param name="nodes">Id (see <see cref="NodeIdentity.Id"/>), program and when it last wrote, UTC.</param>
    public static IReadOnlySet<string> Of(IEnumerable<(string Id, string Program, DateTimeOffset LastWord)> nodes)
    {
        var replaced = new HashSet<string>(StringComparer.Ordinal);
        foreach (var place in nodes.Select(n => (n.Id, n.LastWord, n.Program, Parts: n.Id.Split('/'))).Where(n => n.Parts.Length == 3)
            .GroupBy(n => (n.Program, n.Parts[0])))
        {
            foreach (var (began, id) in place.Select(n => (Began: StartOf(n.Parts), n.Id)).OrderBy(n => n.Began))
            {
                var gone = place.Where(n => n.Id != id && n.LastWord <= began + Slack && !replaced.Contains(n.Id))
                    .OrderByDescending(n => n.LastWord).Select(n => n.Id).FirstOrDefault();
                if (gone is not null) replaced.Add(gone);
            }
        }

        return replaced;
    }

    private static DateTimeOffset StartOf(string[] parts) =>
        long.TryParse(parts[2], CultureInfo.InvariantCulture, out var seconds)
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : DateTimeOffset.MinValue;
}
