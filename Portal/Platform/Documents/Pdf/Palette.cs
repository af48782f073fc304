using Portal.Platform.Documents.Model;

namespace Portal.Platform.Documents.Pdf;

/// <summary>The colours of <c>document.css</c>; each text has a contrast of 4.5:1 to its ground.</summary>
internal static class Palette
{
    public const string Ink = "#17232e";
    public const string Dim = "#566573";
    public const string Line = "#d9e0e6";
    public const string Strong = "#0b5566";
    public const string Soft = "#f2f6f7";

    /// <summary>Ground and text of a mark.</summary>
    public static (string Ground, string Text) Mark(Tone tone) => tone switch
    {
        Tone.Ok => ("#e3f3e8", "#176b35"),
        Tone.Info => ("#e4eefa", "#1d4f8c"),
        Tone.Warn => ("#fdf1d6", "#7a4f00"),
        Tone.Bad => ("#fbe5e3", "#a3211a"),
        _ => ("#e9edf0", "#404a53"),
    };

    /// <summary>The edge of a note.</summary>
    public static string Edge(Tone tone) => tone switch
    {
        Tone.Ok => "#176b35",
        Tone.Info => "#1d4f8c",
        Tone.Warn => "#b07a12",
        Tone.Bad => "#a3211a",
        _ => Line,
    };
}
