using System.Runtime.CompilerServices;

namespace Portal.Tests;

/// <summary>
/// The one temporary folder of a run, which everything that is started in it inherits as <c>TMPDIR</c>: what tests, browsers, brokers and
/// killed programs leave behind goes with it when the run ends.
/// </summary>
internal static class RunFolder
{
    [ModuleInitializer]
    internal static void Make()
    {
        if (OperatingSystem.IsWindows()) return;
        var folder = Directory.CreateTempSubdirectory("portal-tests").FullName;
        // Whoever else runs a server for the tests, as PostgreSQL's own user does, must reach what is below.
        File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101);
        Environment.SetEnvironmentVariable("TMPDIR", folder);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Remove(folder);
    }

    private static void Remove(string folder)
    {
        // A program that is just ending may still write.
        for (var tries = 0; tries < 3 && Directory.Exists(folder); tries++)
        {
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (Exception busy) when (busy is IOException or UnauthorizedAccessException)
            {
                // Once more.
            }
        }
    }
}
