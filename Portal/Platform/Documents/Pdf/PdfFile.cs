using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Portal.Platform.Documents.Pdf;

/// <summary>
/// Writes the objects of a PDF 1.7 file as they come (ISO 32000-1, 7.5), so that a page is out of memory once it is drawn. Dictionaries go
/// compressed into object streams. The file holds neither a date nor a random number: the same objects give the same bytes.
/// </summary>
/// <remarks>
/// A library was tried first (PDFsharp 6.2.4): it keeps the whole document until it is saved, writes every tag uncompressed, and its
/// metadata, which it makes itself when saving, cannot say PDF/UA nor hold a Danish letter.
/// </remarks>
internal sealed class PdfFile : IDisposable
{
    private const int ObjectsInStream = 200;
    private readonly Stream _output;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly MemoryStream _compressed = new();
    private readonly StringBuilder _packed = new();
    private readonly List<(int Number, int Offset)> _inPacked = [];

    // The place of each object by its number; number 0 is the head of the list of free objects, which is empty.
    private readonly List<Place> _places = [new(0, 0, 65535)];
    private long _position;

    /// <summary>Begins the file.</summary>
    /// <param name="output">Is neither sought in nor closed.</param>
    public PdfFile(Stream output)
    {
        _output = output;

        // The second line tells programs that transfer files that this one is binary.
        Write([.. "%PDF-1.7\n%"u8, 0xE2, 0xE3, 0xCF, 0xD3, (byte)'\n']);
    }

    // Kind 1: at byte A of the file. Kind 2: number B in the object stream A.
    private readonly record struct Place(byte Kind, long A, int B);

    /// <summary>The number of an object that is written later.</summary>
    public int Reserve()
    {
        _places.Add(default);
        return _places.Count - 1;
    }

    /// <summary>Writes an object that is no stream.</summary>
    public int Add(string body)
    {
        var number = Reserve();
        Write(number, body);
        return number;
    }

    /// <summary>Writes a reserved object that is no stream.</summary>
    public void Write(int number, string body)
    {
        _inPacked.Add((number, _packed.Length));
        _packed.Append(body).Append('\n');
        if (_inPacked.Count == ObjectsInStream) WritePacked();
    }

    /// <summary>Writes a stream, compressed.</summary>
    public int AddStream(string entries, ReadOnlySpan<byte> data)
    {
        var number = Reserve();
        WriteStream(number, entries, data);
        return number;
    }

    /// <summary>Writes a reserved stream, compressed.</summary>
    public void WriteStream(int number, string entries, ReadOnlySpan<byte> data)
    {
        _compressed.SetLength(0);
        using (var zlib = new ZLibStream(_compressed, CompressionLevel.Optimal, leaveOpen: true)) zlib.Write(data);
        WriteRaw(number, $"{entries}/Filter/FlateDecode", _compressed.GetBuffer().AsSpan(0, (int)_compressed.Length));
    }

    /// <summary>Writes a stream as it is, for readers that do not decompress (metadata).</summary>
    public int AddPlainStream(string entries, ReadOnlySpan<byte> data)
    {
        var number = Reserve();
        WriteRaw(number, entries, data);
        return number;
    }

    /// <summary>Writes where everything is, and ends the file.</summary>
    /// <param name="catalog">The number of the root object.</param>
    /// <param name="information">The number of the document information.</param>
    public void Finish(int catalog, int information)
    {
        WritePacked();
        var number = Reserve();
        _places[number] = new Place(1, _position, 0);
        var rows = new byte[_places.Count * 7];
        for (var i = 0; i < _places.Count; i++)
        {
            var row = rows.AsSpan(i * 7, 7);
            row[0] = _places[i].Kind;
            BinaryPrimitives.WriteUInt32BigEndian(row[1..], (uint)_places[i].A);
            BinaryPrimitives.WriteUInt16BigEndian(row[5..], (ushort)_places[i].B);
        }

        var start = _position;
        var id = Convert.ToHexString(_hash.GetCurrentHash(), 0, 16);
        WriteStream(
            number,
            string.Create(
                CultureInfo.InvariantCulture,
                $"/Type/XRef/Size {_places.Count}/W[1 4 2]/Root {catalog} 0 R/Info {information} 0 R/ID[<{id}><{id}>]"),
            rows);
        Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"startxref\n{start}\n%%EOF\n")));
        _output.Flush();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _hash.Dispose();
        _compressed.Dispose();
    }

    private void WritePacked()
    {
        if (_inPacked.Count == 0) return;
        var stream = Reserve();
        var index = new StringBuilder();
        for (var i = 0; i < _inPacked.Count; i++)
        {
            var (number, offset) = _inPacked[i];
            _places[number] = new Place(2, stream, i);
            index.Append(CultureInfo.InvariantCulture, $"{number} {offset} ");
        }

        var entries = string.Create(CultureInfo.InvariantCulture, $"/Type/ObjStm/N {_inPacked.Count}/First {index.Length}");
        var body = Encoding.ASCII.GetBytes(index.Append(_packed).ToString());
        _packed.Clear();
        _inPacked.Clear();
        WriteStream(stream, entries, body);
    }

    private void WriteRaw(int number, string entries, ReadOnlySpan<byte> data)
    {
        _places[number] = new Place(1, _position, 0);
        Write(Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"{number} 0 obj\n<<{entries}/Length {data.Length}>>\nstream\n")));
        Write(data);
        Write("\nendstream\nendobj\n"u8);
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        _output.Write(bytes);
        _hash.AppendData(bytes);
        _position += bytes.Length;
    }
}
