using System.Runtime.CompilerServices;

namespace Portal.Tests;

/// <summary>
/// The temporary folder of a test run, which every program started in it inherits as <c>TMPDIR</c>: what tests, browsers, brokers and
/// killed programs leave behind is deleted with it when the run ends.
/// </summary>
internal static class RunFolder
{
    [ModuleInitializer]
    internal static void Make()
    {
        if (OperatingSystem.IsWindows()) return;
        var folder = Directory.CreateTempSubdirectory("portal-tests").FullName;
        // Other users that run servers for the tests, such as PostgreSQL's, must be able to reach folders below it.
        File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101);
        Environment.SetEnvironmentVariable("TMPDIR", folder);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Remove(folder);
    }

    private static void Remove(string folder)
    {
        // A program that is still ending may write files meanwhile.
        for (var tries = 0; tries < 3 && Directory.Exists(folder); tries++)
        {
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (Exception busy) when (busy is IOException or UnauthorizedAccessException)
            {
                // Try again.
            }
        }
    }
}
