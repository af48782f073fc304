using System.Globalization;

namespace Portal.Tests.Benchmarks;

/// <summary>
/// Seconds of processor time since the machine started, from Linux' /proc: all of it, and that of processes whose command line holds a word
/// and that this process started. What neither explains was someone else's, and a figure measured at the same time is worth less.
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
        // user, nice and system of all processors together.
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
            // After the name in brackets, which may hold anything: state, parent, …, and from the 14th field on user and system ticks.
            var fields = File.ReadAllText($"/proc/{id}/stat").Split(") ")[^1].Split(' ');
            return new Running(int.Parse(id!, CultureInfo.InvariantCulture), int.Parse(fields[1], CultureInfo.InvariantCulture),
                double.Parse(fields[11], CultureInfo.InvariantCulture) + double.Parse(fields[12], CultureInfo.InvariantCulture),
                File.ReadAllText($"/proc/{id}/cmdline"));
        }
        catch (IOException)
        {
            // It ended while we looked.
            return null;
        }
    }

    private sealed record Running(int Id, int Parent, double Ticks, string Command);
}
