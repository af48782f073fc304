namespace Portal.Ingestion.Log.Content;

/// <summary>
/// The dictionary with which this version compresses new content: the file <c>content.zdict</c>, made from invented messages only, so that
/// it has no data of a person or a municipality. Each database stores every dictionary that its content was compressed with: replacing the
/// file affects only new content, and stored content stays readable.
/// </summary>
internal static class ContentDictionary
{
    private const string Resource = "Log.content.zdict";

    /// <summary>The file's bytes, read again at each call.</summary>
    public static byte[] Read()
    {
        using var file = typeof(ContentDictionary).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The program lacks its resource {Resource}.");
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }
}
