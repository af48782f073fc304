using System.Diagnostics;
using System.Globalization;

namespace Portal.Ingestion.Supervision;

/// <summary>This process among those that share the database.</summary>
/// <param name="Id">Machine, process id and start time (Unix seconds), joined by <c>/</c>: a restarted process is another node.</param>
/// <param name="Program"><see cref="Portal"/> or <see cref="Worker"/>.</param>
public sealed record NodeIdentity(string Id, string Program)
{
    /// <summary>The web server.</summary>
    public const string Portal = "portal";

    /// <summary>The ingestion as a separate process.</summary>
    public const string Worker = "worker";

    /// <summary>The running process.</summary>
    public static NodeIdentity OfThisProcess(string program)
    {
        using var process = Process.GetCurrentProcess();
        var started = new DateTimeOffset(process.StartTime).ToUnixTimeSeconds();
        return new NodeIdentity(
            string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}/{Environment.ProcessId}/{started}"), program);
    }

    /// <summary>When the process started, UTC, to the second; null when the id does not have three parts.</summary>
    public static DateTimeOffset? StartOf(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return id.Split('/') is [_, _, var text] && long.TryParse(text, CultureInfo.InvariantCulture, out var seconds)
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
    }

    /// <summary>The machine that the process runs on.</summary>
    public static string MachineOf(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return id.Split('/')[0];
    }

    /// <summary>Machine and process id for people, <c>machine · 1234</c>.</summary>
    public static string ShortName(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        var parts = id.Split('/');
        return parts.Length == 3 ? $"{parts[0]} · {parts[1]}" : id;
    }
}
