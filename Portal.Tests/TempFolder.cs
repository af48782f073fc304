namespace Portal.Tests;

/// <summary>A folder of a test's own, which goes with it.</summary>
internal sealed class TempFolder : IDisposable
{
    public TempFolder(string name) => Path = Directory.CreateTempSubdirectory(name).FullName;

    /// <summary>Where it is.</summary>
    public string Path { get; }

    public void Dispose()
    {
        if (Directory.Exists(Path)) Directory.Delete(Path, recursive: true);
    }
}
