using System.Globalization;

namespace Portal.Tests.Benchmarks;

/// <summary>
/// Seconds of processor time since the machine started, from Linux's /proc: in all, and of the processes that this process started, by a
/// word in their command line. The rest was used by other programs, and makes figures measured at the same time less reliable.
/// </summary>
internal readonly record struct ProcessorUse(double Everything, double Server, double Browser)
{
    private const double TicksPerSecond = 100;

    public static ProcessorUse Now()
    {
        var processes = Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(name => int.TryParse(name, out _))
            .Select(Read).OfType<Running>().ToDictionary(p => p.Id);
        bool Ours(Running? process)
        {
            while (process is not null && process.Id != Environment.ProcessId) process = processes.GetValueOrDefault(process.Parent);
            return process is not null;
        }

        double Sum(string word) =>
            processes.Values.Where(p => p.Command.Contains(word, StringComparison.Ordinal) && Ours(p)).Sum(p => p.Ticks) / TicksPerSecond;
        // Fields user, nice and system, of all processors together.
        var all = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new ProcessorUse(
            all[1..4].Sum(t => double.Parse(t, CultureInfo.InvariantCulture)) / TicksPerSecond, Sum("Portal.dll"), Sum("chrom"));
    }

    public static string Between(ProcessorUse from, ProcessorUse to, TimeSpan over)
    {
        var (server, browser) = ((to.Server - from.Server) / over.TotalSeconds, (to.Browser - from.Browser) / over.TotalSeconds);
        return string.Create(CultureInfo.InvariantCulture, $"cores: server {server:F2}, browser {browser:F2}, "
            + $"all else {((to.Everything - from.Everything) / over.TotalSeconds) - server - browser:F2}");
    }

    private static Running? Read(string? id)
    {
        try
        {
            // After the name in parentheses, which may contain anything: state, parent, … and, as fields 14 and 15 of the line, user and
            // system ticks.
            var fields = File.ReadAllText($"/proc/{id}/stat").Split(") ")[^1].Split(' ');
            return new Running(int.Parse(id!, CultureInfo.InvariantCulture), int.Parse(fields[1], CultureInfo.InvariantCulture),
                double.Parse(fields[11], CultureInfo.InvariantCulture) + double.Parse(fields[12], CultureInfo.InvariantCulture),
                File.ReadAllText($"/proc/{id}/cmdline"));
        }
        catch (IOException)
        {
            // The process ended meanwhile.
            return null;
        }
    }

    private sealed record Running(int Id, int Parent, double Ticks, string Command);
}
