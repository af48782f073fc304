using Portal.Platform.Text;

namespace Portal.Features.FollowUp;

/// <summary>The note of a telephone call, as it is stored: "Anna Lejer, 29.11.2026 kl. 14.03: brevet er set". Pure.</summary>
public static class CallNote
{
    /// <summary>The note; null when nothing was written.</summary>
    /// <param name="with">The person that was talked to.</param>
    /// <param name="at">When, Copenhagen time; null when it was not said, and then the note's own time is all there is.</param>
    /// <param name="said">What was said.</param>
    public static string? Text(string? with, DateTime? at, string? said)
    {
        var (who, what) = (with?.Trim() ?? "", said?.Trim() ?? "");
        if (who.Length == 0 && what.Length == 0) return null; // The time alone is not a note.
        var when = at?.ToString("dd'.'MM'.'yyyy 'kl.' HH'.'mm", DanishFormat.Danish) ?? "";
        var head = string.Join(", ", new[] { who, when }.Where(p => p.Length > 0));
        return head.Length == 0 ? what : what.Length == 0 ? head : $"{head}: {what}";
    }
}
