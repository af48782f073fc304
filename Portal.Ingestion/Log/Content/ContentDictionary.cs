namespace Portal.Ingestion.Log.Content;

/// <summary>
/// The compression dictionary that this version writes new content with: the file <c>content.zdict</c>, made of invented messages only, so
/// that it holds nothing of a person or of one municipality. Each database keeps every dictionary that its content was ever written with:
/// another file here changes how new content is written, and what is stored stays readable.
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
