namespace Portal.Tests;

/// <summary>A temporary folder, deleted when it is disposed.</summary>
internal sealed class TempFolder : IDisposable
{
    public TempFolder(string name) => Path = Directory.CreateTempSubdirectory(name).FullName;

    /// <summary>The folder's path.</summary>
    public string Path { get; }

    public void Dispose()
    {
        if (Directory.Exists(Path)) Directory.Delete(Path, recursive: true);
    }
}
