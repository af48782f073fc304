using System.Xml;

namespace Portal.Ingestion.Envelopes;

/// <summary>
/// A forward-only reader of untrusted XML: no DTD, no external resources, bounded depth and attributes. Elements are compared by namespace,
/// not by prefix.
/// </summary>
internal sealed class BoundedXml : IDisposable
{
    /// <summary>Real envelopes are eight levels deep; payloads a dozen.</summary>
    public const int MaxDepth = 128;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = false,
        CloseInput = false,
        MaxCharactersFromEntities = 1024,
    };

    private static readonly XmlReaderSettings FragmentSettings = AsFragment(Settings);

    // In bytes or characters, larger than any real envelope. A larger document does not use the shared name table, so its names are not
    // kept.
    private const int Usual = 64 * 1024;

    [ThreadStatic]
    private static SharedTable? _names;

    private static readonly XmlWriterSettings OuterSettings = new()
    {
        OmitXmlDeclaration = true,
        ConformanceLevel = ConformanceLevel.Fragment,
        // A carriage return that the sender wrote as a reference must still be one when the text is read again.
        NewLineHandling = NewLineHandling.Entitize,
        CheckCharacters = false,
    };

    private readonly XmlReader _reader;

    // Envelopes may declare windows-1252 and other code pages.
    static BoundedXml() => System.Text.Encoding.RegisterProvider(System.Text.CodePagesEncodingProvider.Instance);

    private BoundedXml(XmlReader reader) => _reader = reader;

    /// <summary>The element's local name.</summary>
    public string LocalName => _reader.LocalName;

    /// <summary>The element's namespace.</summary>
    public string Namespace => _reader.NamespaceURI;

    /// <summary>The element is written as <c>&lt;a/&gt;</c>.</summary>
    public bool IsEmpty => _reader.IsEmptyElement;

    /// <summary>A reader of bytes, in the encoding that they declare.</summary>
    /// <exception cref="BoundsException">An element has too many attributes; reading may find that the document is too deep.</exception>
    public static BoundedXml Over(ReadOnlyMemory<byte> bytes) => XmlAttributeLimit.IsExceeded(bytes.Span)
        ? throw BoundsException.Attributes()
        : new(XmlReader.Create(new ReadOnlyStream(bytes), bytes.Length <= Usual ? SharedNames.Document : Settings));

    /// <summary>A reader of text, which may have several root elements, as a payload may.</summary>
    /// <exception cref="BoundsException">As <see cref="Over"/>.</exception>
    public static BoundedXml OverFragment(string text) => XmlAttributeLimit.IsExceeded(text)
        ? throw BoundsException.Attributes()
        : new(XmlReader.Create(new StringReader(text), text.Length <= Usual ? SharedNames.Fragment : FragmentSettings));

    /// <summary>A plain reader, without the depth limit, of an envelope that was read before and found well-formed.</summary>
    public static XmlReader OpenReader(ReadOnlyMemory<byte> bytes, bool comments = false)
    {
        var settings = Settings.Clone();
        settings.IgnoreComments = !comments;
        return XmlReader.Create(new ReadOnlyStream(bytes), settings);
    }

    /// <summary>Moves to the root element.</summary>
    /// <exception cref="XmlException">The document has no root element.</exception>
    public void MoveToRoot() => _reader.MoveToContent();

    /// <summary>An attribute without namespace.</summary>
    public string? Attribute(string name) => _reader.GetAttribute(name);

    /// <summary>
    /// Visits the child elements of the current element. The visitor is called on the child's start tag and may read the child; what it
    /// does not read is skipped. Afterwards the reader is after the element's end tag.
    /// </summary>
    public void Children(Action visit)
    {
        if (_reader.IsEmptyElement)
        {
            Step();
            return;
        }

        var depth = _reader.Depth;
        Step();
        while (_reader.Depth > depth || _reader.NodeType != XmlNodeType.EndElement)
        {
            if (_reader.NodeType == XmlNodeType.Element)
            {
                var child = _reader.Depth;
                var mark = Position;
                visit();
                if (Position == mark) SkipElement();
                else if (_reader.Depth > child) LeaveTo(child);
            }
            else
            {
                Step();
            }
        }

        Step();
    }

    /// <summary>The text of the current element and of everything in it, trimmed; null when there is none.</summary>
    public string? Text()
    {
        if (_reader.IsEmptyElement)
        {
            Step();
            return null;
        }

        var depth = _reader.Depth;
        string? first = null;
        System.Text.StringBuilder? more = null;
        Step();
        while (_reader.Depth > depth)
        {
            if (_reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace)
            {
                if (first is null) first = _reader.Value;
                else (more ??= new System.Text.StringBuilder(first)).Append(_reader.Value);
            }

            Step();
        }

        Step();
        var text = (more?.ToString() ?? first)?.Trim();
        return string.IsNullOrEmpty(text) ? null : text;
    }

    /// <summary>The current element as XML text with all namespaces that it needs.</summary>
    public string OuterXml()
    {
        var depth = _reader.Depth;
        var empty = _reader.IsEmptyElement;
        var text = new StringWriter(System.Globalization.CultureInfo.InvariantCulture);
        using (var writer = XmlWriter.Create(text, OuterSettings))
        {
            Copy(writer);
            if (!empty)
            {
                while (_reader.Depth > depth) Copy(writer);
                Copy(writer);
            }
        }

        return text.ToString();
    }

    /// <summary><see cref="MoveTo"/> has passed an element.</summary>
    public bool HasElements { get; private set; }

    /// <summary>Moves forward to the first element of this name, the current one included; false when there is none.</summary>
    public bool MoveTo(string localName, string ns)
    {
        while (!_reader.EOF)
        {
            HasElements |= _reader.NodeType == XmlNodeType.Element;
            if (_reader.NodeType == XmlNodeType.Element && _reader.LocalName == localName && _reader.NamespaceURI == ns) return true;
            Step();
        }

        return false;
    }

    /// <summary>Reads to the end of the document, so that an error after the envelope is found.</summary>
    /// <exception cref="XmlException">The rest is not well-formed.</exception>
    public void Finish()
    {
        while (!_reader.EOF) Step();
    }

    /// <inheritdoc />
    public void Dispose() => _reader.Dispose();

    private static SharedTable SharedNames => _names is { IsWorn: false } names ? names.Use() : _names = new SharedTable();

    /// <summary>
    /// Envelopes share the names of elements and namespaces, so each thread reuses a name table. It is replaced after 2,000 uses, since
    /// senders choose the names and the table would grow.
    /// </summary>
    private sealed class SharedTable
    {
        private const int MostUses = 2000;
        private int _uses;

        public SharedTable()
        {
            var names = new NameTable();
            (Document, Fragment) = (Settings.Clone(), FragmentSettings.Clone());
            (Document.NameTable, Fragment.NameTable) = (names, names);
        }

        public XmlReaderSettings Document { get; }

        public XmlReaderSettings Fragment { get; }

        public bool IsWorn => _uses >= MostUses;

        public SharedTable Use()
        {
            _uses++;
            return this;
        }
    }

    private static XmlReaderSettings AsFragment(XmlReaderSettings settings)
    {
        var fragment = settings.Clone();
        fragment.ConformanceLevel = ConformanceLevel.Fragment;
        return fragment;
    }

    private long _steps;

    private long Position => _steps;

    private void Step()
    {
        _steps++;
        _reader.Read();
        if (_reader.Depth > MaxDepth) throw BoundsException.Depth();
    }

    private void SkipElement()
    {
        var depth = _reader.Depth;
        if (!_reader.IsEmptyElement)
        {
            Step();
            while (_reader.Depth > depth) Step();
        }

        Step();
    }

    /// <summary>The visitor stopped inside its child: skip to after the child's end tag.</summary>
    private void LeaveTo(int depth)
    {
        while (_reader.Depth > depth) Step();
        if (_reader.NodeType == XmlNodeType.EndElement) Step();
    }

    private void Copy(XmlWriter writer)
    {
        switch (_reader.NodeType)
        {
            case XmlNodeType.Element:
                var empty = _reader.IsEmptyElement;
                writer.WriteStartElement(_reader.Prefix, _reader.LocalName, _reader.NamespaceURI);
                writer.WriteAttributes(_reader, defattr: false);
                if (empty) writer.WriteEndElement();
                break;
            case XmlNodeType.EndElement:
                writer.WriteFullEndElement();
                break;
            case XmlNodeType.CDATA:
            case XmlNodeType.Text:
            case XmlNodeType.Whitespace:
            case XmlNodeType.SignificantWhitespace:
                writer.WriteString(_reader.Value);
                break;
        }

        Step();
    }

    /// <summary>The document is deeper than <see cref="MaxDepth"/>, or an element has too many attributes.</summary>
    internal sealed class BoundsException : Exception
    {
        private BoundsException(string what)
            : base(what)
        {
        }

        public static BoundsException Depth() => new($"er mere end {MaxDepth} niveauer dyb");

        public static BoundsException Attributes() => new($"har et element med mere end {XmlAttributeLimit.Most} attributter");
    }

    private sealed class ReadOnlyStream(ReadOnlyMemory<byte> bytes) : Stream
    {
        private int _position;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => bytes.Length;
        public override long Position { get => _position; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var take = Math.Min(buffer.Length, bytes.Length - _position);
            bytes.Span.Slice(_position, take).CopyTo(buffer);
            _position += take;
            return take;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
