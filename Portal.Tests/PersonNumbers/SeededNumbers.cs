using System.Collections.Concurrent;
using System.Globalization;

namespace Portal.Tests.PersonNumbers;

/// <summary>
/// Person numbers that a test puts into the portal, a new one for each place, so that a number that comes out tells where it was put in.
/// </summary>
internal sealed class SeededNumbers
{
    // As people and systems write them; NumberFinder finds all of these.
    private static readonly Func<string, string, string>[] Forms =
    [
        (date, serial) => date + serial,
        (date, serial) => $"{date}-{serial}",
        (date, serial) => $"{date} {serial}",
        (date, serial) => $"{date}\u2013{serial}",
        (date, serial) => $"{date[..2]}-{date[2..4]}-{date[4..]}-{serial}",
        (date, serial) => $"{date}\u2011{serial}",
        (date, serial) => $"{date} - {serial}",
        (date, serial) => $"{date[..2]} {date[2..4]} {date[4..]} {serial}",
        (date, serial) => $"{date}\u00A0{serial}",
        (date, serial) => $"{date}/{serial}",
        (date, serial) => $"{date[..2]}.{date[2..4]}.{date[4..]}-{serial}",
        (date, serial) => $"{date}\u2212{serial}",
        (date, serial) => string.Join(' ', (date + serial).ToCharArray()),
        (date, serial) => $"{date}\u200B{serial}",
        (date, serial) => string.Concat((date + serial).Select(c => (char)(c - '0' + '\uFF10'))),
    ];

    private readonly ConcurrentDictionary<string, string> _places = new(StringComparer.Ordinal);
    private int _made;

    /// <summary>The ten digits of every number so far.</summary>
    public IReadOnlyCollection<string> Digits => [.. _places.Keys];

    /// <summary>The place where these ten digits were put in; null when they were not.</summary>
    public string? PlaceOf(string digits) => _places.GetValueOrDefault(digits);

    /// <summary>A new number for a place, each time in another notation.</summary>
    public string For(string place)
    {
        var (digits, number) = New(place);
        return Forms[number % Forms.Length](digits[..6], digits[6..]);
    }

    /// <summary>A new number for a place as ten digits, for fields that take nothing else.</summary>
    public string Plain(string place) => New(place).Digits;

    // Valid as dates. The serial is spread so that times and counters do not happen to equal a number.
    private (string Digits, int Number) New(string place)
    {
        while (true)
        {
            var n = Interlocked.Increment(ref _made);
            var digits = string.Create(
                CultureInfo.InvariantCulture,
                $"{1 + (n * 7 % 28):D2}{1 + (n * 5 % 12):D2}{50 + (n * 11 % 45):D2}{1000 + (n * 7919 % 9000):D4}");
            if (_places.TryAdd(digits, place)) return (digits, n);
        }
    }
}
