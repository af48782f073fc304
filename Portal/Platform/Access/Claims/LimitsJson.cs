using System.Text.Json;
using Portal.Ingestion.Domain;

namespace Portal.Platform.Access.Claims;

/// <summary>Reads and writes limits as the portal stores them: in a session's claims, and with a colleague.</summary>
public static class LimitsJson
{
    private sealed record Kept(string[]? Kle, string[]? Units, string[]? Sensitivities);

    /// <summary>The text; null for no limit.</summary>
    public static string? Write(AccessLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        return limits.IsNone ? null : JsonSerializer.Serialize(KeptOf(limits));
    }

    /// <summary>The text of several; null when one of them is no limit, so that nothing is left out.</summary>
    public static string? Write(IReadOnlyCollection<AccessLimits> several)
    {
        ArgumentNullException.ThrowIfNull(several);
        return several.Any(l => l.IsNone) ? null : JsonSerializer.Serialize(several.Select(KeptOf));
    }

    /// <summary>The limits of a text from <see cref="Write(AccessLimits)"/>.</summary>
    /// <exception cref="JsonException">The text is not one of ours.</exception>
    public static AccessLimits Read(string? text) =>
        string.IsNullOrEmpty(text) ? AccessLimits.None : LimitsOf(JsonSerializer.Deserialize<Kept>(text)!);

    /// <summary>The limits of a text from <see cref="Write(IReadOnlyCollection{AccessLimits})"/>.</summary>
    /// <exception cref="JsonException">The text is not one of ours.</exception>
    public static IReadOnlyList<AccessLimits> ReadSeveral(string? text) =>
        string.IsNullOrEmpty(text) ? [AccessLimits.None] : [.. JsonSerializer.Deserialize<Kept[]>(text)!.Select(LimitsOf)];

    private static Kept KeptOf(AccessLimits limits) => new(limits.Kle?.ToArray(), limits.Units?.ToArray(), limits.Sensitivities?.ToArray());

    private static AccessLimits LimitsOf(Kept kept) => new(Of(kept.Kle), Of(kept.Units), Of(kept.Sensitivities));

    private static ValueList<string>? Of(string[]? values) => values is null ? null : [.. values];
}
