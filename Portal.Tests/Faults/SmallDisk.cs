using System.Diagnostics;

namespace Portal.Tests.Faults;

/// <summary>A disk of a few megabytes (tmpfs), which only root can mount.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    /// <summary>The reason for skipping a test that needs one.</summary>
    public const string OnlyRoot = "A small disk of its own can only be mounted by root.";

    private SmallDisk(string path) => Path = path;

    public string Path { get; }

    private string Filler => System.IO.Path.Combine(Path, "filler");

    /// <summary>Mounts one; null where that is not possible.</summary>
    public static SmallDisk? TryMount(int megabytes)
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess) return null;
        var path = Directory.CreateTempSubdirectory("disk").FullName;
        return Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", path) ? new SmallDisk(path) : null;
    }

    /// <summary>Fills <paramref name="bytes"/> of it, or all that is left, to the last byte.</summary>
    public void Fill(long bytes = long.MaxValue)
    {
        foreach (var size in (int[])[1 << 20, 1 << 12, 1])
        {
            var block = new byte[size];
            try
            {
                using var file = new FileStream(Filler, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
                for (; bytes >= size; bytes -= size) file.Write(block);
            }
            catch (IOException)
            {
                // A smaller piece may still fit.
            }
        }
    }

    /// <summary>Frees what <see cref="Fill"/> took.</summary>
    public void Free() => File.Delete(Filler);

    public ValueTask DisposeAsync()
    {
        Run("umount", "-l", Path);
        Directory.Delete(Path);
        return ValueTask.CompletedTask;
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
