using System.Collections.Concurrent;
using System.Text;

namespace Portal.Tests.PersonNumbers;

/// <summary>A number that came out: where it had been put in, and where it came out.</summary>
internal sealed record Leak(string Place, string Where)
{
    public override string ToString() => $"{Place} → {Where}";
}

/// <summary>Searches everything that comes out of the portal. Thread-safe.</summary>
internal sealed class Output(SeededNumbers numbers)
{
    // Logs repeat themselves; longer texts seldom come again.
    private const int Repeated = 4_000;
    private readonly NumberFinder _finder = new(numbers);
    private readonly ConcurrentDictionary<string, byte> _clean = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Leak, string> _leaks = [];
    private readonly ConcurrentDictionary<string, int> _searched = new(StringComparer.Ordinal);

    /// <summary>What came out, without what <see cref="AllowedPlaces"/> names.</summary>
    public IReadOnlyList<Leak> Leaks =>
        [.. _leaks.Keys.Where(l => !AllowedPlaces.Has(l)).OrderBy(l => l.ToString(), StringComparer.Ordinal)];

    /// <summary>Everything that came out.</summary>
    public IReadOnlyCollection<Leak> All => [.. _leaks.Keys];

    /// <summary>How many texts of each kind (the first word of where they came out) were searched.</summary>
    public IReadOnlyDictionary<string, int> Searched => _searched;

    /// <summary>The text around a leak.</summary>
    public string Around(Leak leak) => _leaks.GetValueOrDefault(leak, "");

    /// <summary>Searches a text.</summary>
    public void Text(string where, string? text)
    {
        _searched.AddOrUpdate(where.Split(' ')[0], 1, (_, count) => count + 1);
        if (string.IsNullOrEmpty(text) || _clean.ContainsKey(text)) return;
        var found = _finder.In(text);
        if (found.Count == 0 && text.Length < Repeated) _clean[text] = 0;
        foreach (var digits in found) _leaks.TryAdd(new Leak(numbers.PlaceOf(digits)!, where), Cut(text, digits));
    }

    /// <summary>Searches a file, and what is packed in it.</summary>
    public void File(string where, byte[] file)
    {
        foreach (var (part, text) in FileTexts.Of(file)) Text($"{where} {part}".TrimEnd(), text);
    }

    /// <summary>Searches an answer: status line, headers and body.</summary>
    public async Task AnswerAsync(string where, HttpResponseMessage answer, CancellationToken stop)
    {
        var headers = new StringBuilder(answer.ReasonPhrase);
        foreach (var (name, values) in answer.Headers.Concat<KeyValuePair<string, IEnumerable<string>>>(answer.Content.Headers))
            headers.Append('\n').Append(name).Append(": ").AppendJoin(", ", values);
        Text($"{where}, headers", headers.ToString());
        File(where, await answer.Content.ReadAsByteArrayAsync(stop));
    }

    // Where the number is written as ten digits or by its date; else the beginning.
    private static string Cut(string text, string digits)
    {
        var at = text.IndexOf(digits, StringComparison.Ordinal);
        if (at < 0) at = text.IndexOf(digits[..6], StringComparison.Ordinal);
        var start = Math.Max(0, at - 160);
        return string.Concat(text.Substring(start, Math.Min(text.Length - start, 340)).Select(c => char.IsControl(c) ? ' ' : c));
    }
}
