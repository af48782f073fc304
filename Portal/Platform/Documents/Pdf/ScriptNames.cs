using System.Text;

namespace Portal.Platform.Documents.Pdf;

/// <summary>Danish names of the scripts that the fonts lack, by Unicode's blocks.</summary>
internal static class ScriptNames
{
    // In order. The last block of each script ends it; what lies between two is "andre tegn".
    private static readonly (int First, int Last, string Name)[] Blocks =
    [
        (0x0020, 0x024F, "latinsk"), (0x0250, 0x02FF, "lydskrift"), (0x0300, 0x036F, "accenter"), (0x0370, 0x03FF, "græsk"),
        (0x0400, 0x052F, "kyrillisk"), (0x0530, 0x058F, "armensk"), (0x0590, 0x05FF, "hebraisk"), (0x0600, 0x06FF, "arabisk"),
        (0x0700, 0x074F, "syrisk"), (0x0750, 0x077F, "arabisk"), (0x0780, 0x07BF, "thaana"), (0x07C0, 0x07FF, "nko"),
        (0x0860, 0x086F, "syrisk"), (0x0870, 0x08FF, "arabisk"), (0x0900, 0x097F, "devanagari"), (0x0980, 0x09FF, "bengalsk"),
        (0x0A00, 0x0A7F, "gurmukhi"), (0x0A80, 0x0AFF, "gujarati"), (0x0B00, 0x0B7F, "oriya"), (0x0B80, 0x0BFF, "tamil"),
        (0x0C00, 0x0C7F, "telugu"), (0x0C80, 0x0CFF, "kannada"), (0x0D00, 0x0D7F, "malayalam"), (0x0D80, 0x0DFF, "singalesisk"),
        (0x0E00, 0x0E7F, "thai"), (0x0E80, 0x0EFF, "laotisk"), (0x0F00, 0x0FFF, "tibetansk"), (0x1000, 0x109F, "burmesisk"),
        (0x10A0, 0x10FF, "georgisk"), (0x1100, 0x11FF, "koreansk"), (0x1200, 0x139F, "etiopisk"), (0x13A0, 0x13FF, "cherokee"),
        (0x1400, 0x167F, "canadisk stavelsesskrift"), (0x1780, 0x17FF, "khmer"), (0x1800, 0x18AF, "mongolsk"),
        (0x1C80, 0x1C8F, "kyrillisk"), (0x1C90, 0x1CBF, "georgisk"), (0x1D00, 0x1DBF, "lydskrift"), (0x1E00, 0x1EFF, "latinsk"),
        (0x1F00, 0x1FFF, "græsk"), (0x2000, 0x206F, "tegnsætning"), (0x2070, 0x209F, "hævede og sænkede tegn"),
        (0x20A0, 0x20CF, "valutategn"), (0x2100, 0x218F, "symboler"), (0x2190, 0x21FF, "pile"), (0x2200, 0x22FF, "matematik"),
        (0x2300, 0x23FF, "symboler"), (0x2400, 0x259F, "symboler"), (0x25A0, 0x25FF, "figurer"), (0x2600, 0x27BF, "symboler"),
        (0x27C0, 0x27EF, "matematik"), (0x27F0, 0x27FF, "pile"), (0x2800, 0x28FF, "punktskrift"), (0x2900, 0x297F, "pile"),
        (0x2980, 0x2AFF, "matematik"), (0x2B00, 0x2BFF, "symboler"), (0x2C60, 0x2C7F, "latinsk"), (0x2D00, 0x2D2F, "georgisk"),
        (0x2D30, 0x2D7F, "tifinagh"), (0x2D80, 0x2DDF, "etiopisk"), (0x2DE0, 0x2DFF, "kyrillisk"), (0x2E80, 0x303F, "kinesisk"),
        (0x3040, 0x30FF, "japansk"), (0x3100, 0x312F, "kinesisk"), (0x3130, 0x318F, "koreansk"), (0x31A0, 0x31EF, "kinesisk"),
        (0x31F0, 0x31FF, "japansk"), (0x3200, 0x9FFF, "kinesisk"), (0xA640, 0xA69F, "kyrillisk"), (0xA720, 0xA7FF, "latinsk"),
        (0xA960, 0xA97F, "koreansk"), (0xAB30, 0xAB6F, "latinsk"), (0xAC00, 0xD7FF, "koreansk"), (0xE000, 0xF8FF, "private tegn"),
        (0xF900, 0xFAFF, "kinesisk"), (0xFB1D, 0xFB4F, "hebraisk"), (0xFB50, 0xFDFF, "arabisk"), (0xFE70, 0xFEFE, "arabisk"),
        (0xFF00, 0xFFEF, "brede tegn"), (0xFFFD, 0xFFFD, "ulæseligt"), (0x1D400, 0x1D7FF, "matematik"), (0x1EE00, 0x1EEFF, "arabisk"),
        (0x1F000, 0x1F0FF, "symboler"), (0x1F100, 0x1F1E5, "symboler"), (0x1F1E6, 0x1FAFF, "emoji"), (0x20000, 0x3FFFF, "kinesisk"),
        (0xF0000, 0x10FFFF, "private tegn"),
    ];

    /// <summary>The name of the script of a character.</summary>
    public static string Of(Rune character)
    {
        foreach (var (first, last, name) in Blocks)
        {
            if (character.Value >= first && character.Value <= last) return name;
        }

        return "andre tegn";
    }
}
