using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace Portal.Tests.Platform.Documents.Pdf;

/// <summary>Takes the portal's PDF apart into plain objects, changes them, and puts it together again: for tests of the checker.</summary>
internal static partial class ChangedPdf
{
    /// <summary>The same PDF with a text of its objects or contents replaced wherever it occurs.</summary>
    /// <exception cref="InvalidDataException">The text does not occur, so that the change would be none.</exception>
    public static byte[] Of(byte[] pdf, string right, string wrong)
    {
        var (objects, trailer) = Objects(pdf);
        if (!objects.Values.Any(o => o.Contains(right, StringComparison.Ordinal))) throw new InvalidDataException($"No {right}.");
        var file = new StringBuilder("%PDF-1.7\n");
        var places = new SortedDictionary<int, int>();
        foreach (var (number, body) in objects)
        {
            places[number] = file.Length;
            var changed = body.Replace(right, wrong, StringComparison.Ordinal);
            changed = Length().Replace(changed, m => $"/Length {changed.Length - m.Index - m.Length - "\nendstream".Length}>>\nstream\n");
            file.Append(CultureInfo.InvariantCulture, $"{number} 0 obj\n{changed}\nendobj\n");
        }

        var start = file.Length;
        file.Append(CultureInfo.InvariantCulture, $"xref\n0 1\n0000000000 65535 f \n");
        foreach (var (number, place) in places) file.Append(CultureInfo.InvariantCulture, $"{number} 1\n{place:D10} 00000 n \n");
        file.Append(CultureInfo.InvariantCulture, $"trailer\n<</Size {places.Keys.Max() + 1}{trailer}>>\nstartxref\n{start}\n%%EOF\n");
        return Encoding.Latin1.GetBytes(file.ToString());
    }

    private static (Dictionary<int, string> Objects, string Trailer) Objects(byte[] pdf)
    {
        var (objects, trailer, text) = (new Dictionary<int, string>(), "", Encoding.Latin1.GetString(pdf));
        foreach (Match stream in Stream().Matches(text))
        {
            var entries = stream.Groups["entries"].Value;
            var length = int.Parse(stream.Groups["length"].Value, CultureInfo.InvariantCulture);
            var data = text.Substring(stream.Index + stream.Length, length);
            if (entries.Contains("/FlateDecode", StringComparison.Ordinal)) data = Inflated(data);
            entries = entries.Replace("/Filter/FlateDecode", "", StringComparison.Ordinal);
            if (entries.StartsWith("/Type/XRef", StringComparison.Ordinal)) trailer = Trailer().Match(entries).Value;
            else if (entries.StartsWith("/Type/ObjStm", StringComparison.Ordinal)) AddPacked(objects, entries, data);
            else
            {
                objects[int.Parse(stream.Groups["number"].Value, CultureInfo.InvariantCulture)] =
                    $"<<{entries}/Length {data.Length}>>\nstream\n{data}\nendstream";
            }
        }

        return (objects, trailer);
    }

    private static void AddPacked(Dictionary<int, string> objects, string entries, string data)
    {
        var first = int.Parse(First().Match(entries).Groups[1].Value, CultureInfo.InvariantCulture);
        var index = data[..first].Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(n => int.Parse(n, CultureInfo.InvariantCulture)).ToArray();
        for (var i = 0; i < index.Length; i += 2)
        {
            var end = i + 3 < index.Length ? first + index[i + 3] : data.Length;
            objects[index[i]] = data[(first + index[i + 1])..end].TrimEnd('\n');
        }
    }

    private static string Inflated(string data)
    {
        using var zlib = new ZLibStream(new MemoryStream(Encoding.Latin1.GetBytes(data)), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        zlib.CopyTo(plain);
        return Encoding.Latin1.GetString(plain.ToArray());
    }

    [GeneratedRegex(@"(?<number>\d+) 0 obj\n<<(?<entries>[^\n]*)/Length (?<length>\d+)>>\nstream\n")]
    private static partial Regex Stream();

    [GeneratedRegex(@"/Length \d+>>\nstream\n")]
    private static partial Regex Length();

    [GeneratedRegex(@"/First (\d+)")]
    private static partial Regex First();

    [GeneratedRegex(@"/Root \d+ 0 R/Info \d+ 0 R")]
    private static partial Regex Trailer();
}
