namespace Portal.Platform.Documents.Pdf;

/// <summary>The faces of documents.</summary>
internal enum Face
{
    Regular,
    SemiBold,
    Mono,
}

/// <summary>The portal's own fonts (IBM Plex, OFL): Latin with Vietnamese and Polish, Greek, Cyrillic. Read once; thread-safe.</summary>
internal static class Fonts
{
    private static readonly Lazy<TrueTypeFont[]> All = new(() =>
        [Read("IBMPlexSans-Regular"), Read("IBMPlexSans-SemiBold"), Read("IBMPlexMono-Regular")]);

    /// <summary>The font of a face.</summary>
    public static TrueTypeFont Of(Face face) => All.Value[(int)face];

    /// <summary>The face that has the character: the wanted one, or for code the proportional one. Null: none has it.</summary>
    public static Face? With(int character, Face wanted) =>
        Of(wanted).Glyph(character) != 0 ? wanted
        : wanted == Face.Mono && Of(Face.Regular).Glyph(character) != 0 ? Face.Regular
        : null;

    private static TrueTypeFont Read(string name)
    {
        using var resource = typeof(Fonts).Assembly.GetManifestResourceStream($"Fonts.{name}.ttf")
            ?? throw new InvalidOperationException($"The font {name} is missing.");
        var bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        return new TrueTypeFont(name, bytes);
    }
}
