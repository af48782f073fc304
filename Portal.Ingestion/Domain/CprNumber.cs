using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Portal.Ingestion.Domain;

/// <summary>
/// A Danish person number (CPR). Formats as masked (<c>010101-xxxx</c>), so that logging or serialising it by accident leaks nothing; only
/// <see cref="Reveal"/> returns the digits.
/// </summary>
public readonly struct CprNumber : IEquatable<CprNumber>
{
    private const int LongestWriting = 100;
    private const string MaskedEnd = "-xxxx";
    private readonly string _digits;

    private CprNumber(string digits) => _digits = digits;

    /// <summary>The ten digits. Call this only to show them when a user asked for it and that is logged, or to hash them.</summary>
    public string Reveal() => _digits;

    /// <summary>The date part, then x's: <c>010101-xxxx</c>.</summary>
    public override string ToString() => _digits is null ? "" : $"{_digits.AsSpan(0, 6)}{MaskedEnd}";

    /// <summary>
    /// Reads ten digits and nothing else, in any notation that <see cref="MaskIn(string)"/> knows: any kind of hyphen, space, dot or slash
    /// after the sixth or after each pair. Date and modulus 11 are not checked: test persons, and numbers issued since 2007, fail them.
    /// </summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out CprNumber number)
    {
        number = default;
        if (text is null || text.Length > LongestWriting || CprScan.Whole(text) is not { } digits) return false;
        number = new CprNumber(digits);
        return true;
    }

    /// <summary>
    /// Masks everything in <paramref name="text"/> that looks like a person number, however it is written: <c>ddmmyy-xxxx</c>.
    /// </summary>
    public static string MaskIn(string text) => Replace(text, null);

    /// <summary>Replaces everything in <paramref name="text"/> that looks like a person number with <paramref name="mask"/>.</summary>
    public static string MaskIn(string text, string mask)
    {
        ArgumentNullException.ThrowIfNull(mask);
        return Replace(text, mask);
    }

    /// <summary><see cref="MaskIn(string)"/>; null stays null.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? MaskInOrNull(string? text) => text is null ? null : MaskIn(text);

    /// <summary>True when <paramref name="text"/> contains something that looks like a person number.</summary>
    public static bool IsIn(string text) => CprScan.Find(text).Count > 0;

    /// <summary>
    /// True when <paramref name="text"/> contains a masked person number: such a name must not be a filter to choose from.
    /// </summary>
    public static bool IsMaskedIn(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Contains(MaskedEnd, StringComparison.Ordinal);
    }

    private static string Replace(string text, string? mask)
    {
        var hits = CprScan.Find(text);
        if (hits.Count == 0) return text;
        var masked = new StringBuilder(text.Length);
        var at = 0;
        foreach (var hit in hits)
        {
            masked.Append(text, at, hit.Start - at);
            if (mask is null) masked.Append(hit.Digits, 0, 6).Append(MaskedEnd);
            else masked.Append(mask);
            at = hit.End;
        }

        return masked.Append(text, at, text.Length - at).ToString();
    }

    /// <inheritdoc />
    public bool Equals(CprNumber other) => _digits == other._digits;

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is CprNumber other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode() => _digits?.GetHashCode(StringComparison.Ordinal) ?? 0;

    /// <summary>True when the digits are equal.</summary>
    public static bool operator ==(CprNumber left, CprNumber right) => left.Equals(right);

    /// <summary>True when the digits differ.</summary>
    public static bool operator !=(CprNumber left, CprNumber right) => !left.Equals(right);
}
