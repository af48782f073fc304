namespace Portal.Tests.Ingestion.Log;

/// <summary>
/// The files of a prepared database, made once in a run. Tests begin with a copy, since migrating takes longer than most tests.
/// </summary>
internal sealed class PreparedFolder(Func<string, Task> make)
{
    private readonly Lazy<Task<IReadOnlyList<PreparedFile>>> _files = new(() => Task.Run(() => MakeAsync(make)));

    /// <summary>Makes the files unless they are made already.</summary>
    public Task ReadyAsync() => _files.Value;

    /// <summary>Copies the files, with their Unix modes, into a folder that has none of them.</summary>
    public async Task CopyToAsync(string folder)
    {
        foreach (var file in await _files.Value)
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = file.Mode;
            await using var copy = new FileStream(Path.Combine(folder, file.Name), options);
            await copy.WriteAsync(file.Bytes);
        }
    }

    private static async Task<IReadOnlyList<PreparedFile>> MakeAsync(Func<string, Task> make)
    {
        var folder = Directory.CreateTempSubdirectory("prepared").FullName;
        try
        {
            await make(folder);
            return [.. Directory.GetFiles(folder).Select(f => new PreparedFile(
                Path.GetFileName(f), File.ReadAllBytes(f), OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(f)))];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private sealed record PreparedFile(string Name, byte[] Bytes, UnixFileMode Mode);
}
