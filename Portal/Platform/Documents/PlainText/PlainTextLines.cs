using System.Text;
using Portal.Ingestion.Domain;

namespace Portal.Platform.Documents.PlainText;

/// <summary>Collects the lines of a plain text, with an empty line between blocks.</summary>
internal sealed class PlainTextLines
{
    private readonly StringBuilder _text = new();

    /// <summary>Begins a block: an empty line, unless it is the first.</summary>
    public PlainTextLines Begin()
    {
        if (_text.Length > 0) _text.Append('\n');
        return this;
    }

    /// <summary>Adds text, wrapped at spaces; a word is never broken, so that an address or a fingerprint can be copied.</summary>
    /// <param name="text">Any text; every kind of line break in it begins a new line.</param>
    /// <param name="mark">Before the first line; the next ones are indented as far.</param>
    public PlainTextLines Wrap(string text, string mark = "")
    {
        var before = mark;
        foreach (var line in TextLines.Split(text))
        {
            AddWrapped(line.Replace(SoftHyphen, "", StringComparison.Ordinal), before, mark.Length);
            before = new string(' ', mark.Length);
        }

        return this;
    }

    /// <summary>Adds lines as they are, each with an indent.</summary>
    public PlainTextLines Verbatim(string text, string indent)
    {
        foreach (var line in TextLines.Split(text)) Add(line.Length == 0 ? "" : indent + line);
        return this;
    }

    /// <inheritdoc />
    public override string ToString() => _text.ToString();

    private const string SoftHyphen = "\u00AD";

    private void AddWrapped(string text, string before, int indent)
    {
        var line = new StringBuilder(before);
        var isEmpty = true;
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!isEmpty && line.Length + 1 + word.Length > PlainTextWriter.Columns)
            {
                Add(line.ToString());
                line.Clear().Append(' ', indent);
                isEmpty = true;
            }

            if (!isEmpty) line.Append(' ');
            line.Append(word);
            isEmpty = false;
        }

        Add(line.ToString().TrimEnd());
    }

    private void Add(string line) => _text.Append(line).Append('\n');
}
