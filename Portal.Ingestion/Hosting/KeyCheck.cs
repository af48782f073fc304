using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Logging;
using Portal.Ingestion.Settings;

namespace Portal.Ingestion.Hosting;

/// <summary>Finds misspelt and unknown configuration keys, which would otherwise be ignored silently.</summary>
public static class KeyCheck
{
    private const string Any = "*";
    private const string Rest = "**";

    /// <summary>
    /// Checks every key of our sections in files, environment variables and arguments, and section names that resemble ours.
    /// </summary>
    /// <exception cref="ConfigurationProblemException">A key is unknown; the message suggests the nearest known one.</exception>
    public static void Refuse(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        foreach (var section in configuration.GetChildren())
        {
            if (KnownKeys.Sections.Contains(section.Key, StringComparer.OrdinalIgnoreCase))
            {
                RefuseScalar(configuration, section);
                foreach (var part in section.GetChildren()) RefuseUnknown(part);
            }
            else if (section.GetChildren().Any() && !IsPlatform(section.Key) && Nearest(section.Key, KnownKeys.Sections) is { } meant)
            {
                throw new ConfigurationProblemException(Leaf(section).Path, $"afsnittet {section.Key} kendes ikke; mente du {meant}?");
            }
        }

        RefuseLevels(configuration);
    }

    /// <summary>Checks the arguments of a program that accepts settings only: each must be a key with a value.</summary>
    /// <exception cref="ConfigurationProblemException">An argument is unknown or lacks its value.</exception>
    public static void RefuseArguments(IReadOnlyList<string> args)
    {
        ArgumentNullException.ThrowIfNull(args);
        for (var n = 0; n < args.Count; n++)
        {
            var argument = args[n];
            var equals = argument.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? argument : argument[..equals];
            var key =
                name.StartsWith("--", StringComparison.Ordinal) ? name[2..] : name.StartsWith('/') ? name[1..] : equals > 0 ? name : null;
            if (string.IsNullOrEmpty(key) || key.StartsWith('-')) throw Argument(argument, "kendes ikke");
            var first = key.Split(':')[0];
            if (!IsPlatform(first) && !KnownKeys.Sections.Contains(first, StringComparer.OrdinalIgnoreCase))
            {
                var meant = Nearest(first, [.. KnownKeys.Sections, .. KnownKeys.Platform]);
                throw Argument(name, meant is null ? "kendes ikke" : $"kendes ikke; mente du --{meant}{key[first.Length..]}?");
            }

            if (equals >= 0) continue;
            if (n + 1 == args.Count || args[n + 1].StartsWith("--", StringComparison.Ordinal))
                throw Argument(name, $"mangler en værdi: skriv {name}=VÆRDI");
            n++;
        }
    }

    /// <summary>Known keys that are set but have no effect in this version.</summary>
    public static IReadOnlyList<string> WithoutEffect(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return [.. Leaves(configuration)
            .Where(leaf => KnownKeys.Sections.Contains(leaf.Path.Split(':')[0], StringComparer.OrdinalIgnoreCase)
                && !string.IsNullOrWhiteSpace(leaf.Value) && KnownKeys.NotBuilt.Any(pattern => Fits(pattern, leaf.Path)))
            .Select(leaf => leaf.Path)];
    }

    /// <summary>Paths of set keys whose values are secrets or may contain one.</summary>
    internal static IEnumerable<string> Secrets(IConfiguration configuration) =>
        Leaves(configuration).Select(leaf => leaf.Path).Where(path => KnownKeys.Secret.Any(pattern => Fits(pattern, path)));

    /// <summary>The name with the smallest edit distance; null when none is near enough.</summary>
    /// <param name="allowed">Largest accepted distance; null: a quarter of the name's length, at least 1.</param>
    internal static string? Nearest(string name, IEnumerable<string> names, int? allowed = null)
    {
        var distances = names.Select(n => (Name: n, Distance: Distance(name.ToUpperInvariant(), n.ToUpperInvariant()))).ToArray();
        if (distances is []) return null;
        var best = distances.MinBy(n => n.Distance);
        return best.Distance <= (allowed ?? Math.Max(1, name.Length / 4)) ? best.Name : null;
    }

    // An environment variable REDIS may belong to another program; "Redis": "host" in a file is a mistake.
    private static void RefuseScalar(IConfiguration configuration, IConfigurationSection section)
    {
        if (string.IsNullOrWhiteSpace(section.Value)) return;
        var source = (configuration as IConfigurationRoot)?.Providers.LastOrDefault(p => p.TryGet(section.Path, out _));
        if (source is EnvironmentVariablesConfigurationProvider) return;
        throw Group(section);
    }

    private static void RefuseUnknown(IConfigurationSection section)
    {
        if (section.Key.StartsWith("//", StringComparison.Ordinal)) return;
        var whole = All.Any(pattern => Fits(pattern, section.Path));
        var inner = All.Any(pattern => Begins(pattern, section.Path));
        if (!whole && !inner) throw Unknown(Leaf(section).Path, section.Path);
        if (!whole && !string.IsNullOrWhiteSpace(section.Value)) throw Group(section);
        if (!inner && section.GetChildren().Any() && !All.Any(p => p.EndsWith(Rest, StringComparison.Ordinal) && Fits(p, section.Path)))
            throw Unknown(Leaf(section).Path, section.Path);
        foreach (var part in section.GetChildren())
        {
            if (inner) RefuseUnknown(part);
        }
    }

    private static ConfigurationProblemException Unknown(string path, string at)
    {
        var parts = at.Split(':');
        var meant = Nearest(at, All.Where(p => p.Split(':').Length >= parts.Length)
            .Select(p => Filled(string.Join(':', p.Split(':').Take(parts.Length)), parts)), Math.Max(1, parts[^1].Length / 3));
        var parent = string.Join(':', parts[..^1]);
        var siblings = All.Where(p => Begins(p, parent)).Select(p => p.Split(':')[parts.Length - 1]).Where(n => n is not (Any or Rest))
            .Distinct().Order(StringComparer.Ordinal).ToList();
        return new ConfigurationProblemException(path, meant is not null
            ? $"den kendes ikke; mente du {meant}{path[at.Length..]}?"
            : siblings.Count > 0 ? $"den kendes ikke; under {parent} findes {string.Join(", ", siblings)}." : "den kendes ikke.");
    }

    private static ConfigurationProblemException Group(IConfigurationSection section)
    {
        var parts = section.Path.Split(':');
        var pattern = All.First(p => Begins(p, section.Path));
        var example = Filled(string.Join(':', pattern.Split(':').Take(parts.Length + 1)), [.. parts, "0"]);
        return new ConfigurationProblemException(section.Path, $"den er en gruppe og har ingen værdi selv; skriv fx {example}.");
    }

    // .NET would throw for these only at the first log line, with a stack trace.
    private static void RefuseLevels(IConfiguration configuration)
    {
        foreach (var leaf in Leaves(configuration.GetSection("Logging"))
            .Where(l => l.Path.Contains(":LogLevel:", StringComparison.OrdinalIgnoreCase) && !string.IsNullOrEmpty(l.Value)))
        {
            if (!Enum.TryParse<LogLevel>(leaf.Value, ignoreCase: true, out _))
            {
                throw new ConfigurationProblemException(
                    leaf.Path, $"skal være en af {string.Join(", ", Enum.GetNames<LogLevel>())}, men er »{leaf.Value}«.");
            }
        }
    }

    private static ConfigurationProblemException Argument(string argument, string why) => ConfigurationProblemException.OfArgument(
        argument, $"Argumentet {argument} {why}{(why.EndsWith('?') ? "" : ".")} Brug --help for at se, hvad der kan skrives.");

    private static IEnumerable<string> All => KnownKeys.Built.Concat(KnownKeys.NotBuilt);

    private static bool IsPlatform(string name) =>
        KnownKeys.Platform.Contains(name, StringComparer.OrdinalIgnoreCase) || name.StartsWith("OTEL_", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<IConfigurationSection> Leaves(IConfiguration configuration) =>
        configuration.GetChildren().SelectMany(s => s.GetChildren().Any() ? Leaves(s) : [s]);

    private static IConfigurationSection Leaf(IConfigurationSection section) =>
        section.GetChildren().FirstOrDefault() is { } first ? Leaf(first) : section;

    private static bool Fits(string pattern, string path)
    {
        var (wanted, given) = (pattern.Split(':'), path.Split(':'));
        if (wanted[^1] == Rest) return given.Length >= wanted.Length && Same(wanted.AsSpan(0, wanted.Length - 1), given);
        return wanted.Length == given.Length && Same(wanted, given);
    }

    private static bool Begins(string pattern, string path)
    {
        var (wanted, given) = (pattern.Split(':'), path.Split(':'));
        return wanted.Length > given.Length && Same(wanted.AsSpan(0, given.Length), given);
    }

    private static bool Same(ReadOnlySpan<string> pattern, ReadOnlySpan<string> path)
    {
        for (var n = 0; n < pattern.Length; n++)
        {
            if (pattern[n] != Any && !pattern[n].Equals(path[n], StringComparison.OrdinalIgnoreCase)) return false;
        }

        return true;
    }

    private static string Filled(string pattern, string[] parts) => string.Join(':',
        pattern.Split(':').Select((p, n) => p is Any or Rest ? n < parts.Length ? parts[n] : n.ToString(CultureInfo.InvariantCulture) : p));

    /// <summary>Edit distance (Damerau–Levenshtein): insertions, deletions, changes and swaps of neighbouring letters.</summary>
    private static int Distance(string one, string other)
    {
        var rows = new int[one.Length + 1, other.Length + 1];
        for (var i = 0; i <= one.Length; i++) rows[i, 0] = i;
        for (var j = 0; j <= other.Length; j++) rows[0, j] = j;
        for (var i = 1; i <= one.Length; i++)
        {
            for (var j = 1; j <= other.Length; j++)
            {
                var change = one[i - 1] == other[j - 1] ? 0 : 1;
                rows[i, j] = Math.Min(Math.Min(rows[i - 1, j] + 1, rows[i, j - 1] + 1), rows[i - 1, j - 1] + change);
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
            }
        }

        return rows[one.Length, other.Length];
    }
}
