namespace Portal.Platform.Documents;

/// <summary>Passes on what is written, up to a number of bytes.</summary>
/// <param name="inner">Where it goes; is not closed.</param>
/// <param name="most">Bytes that may be written.</param>
internal sealed class BoundedStream(Stream inner, long most) : Stream
{
    private long _written;

    /// <inheritdoc />
    public override bool CanRead => false;

    /// <inheritdoc />
    public override bool CanSeek => false;

    /// <inheritdoc />
    public override bool CanWrite => true;

    /// <inheritdoc />
    public override long Length => _written;

    /// <inheritdoc />
    public override long Position
    {
        get => _written;
        set => throw new NotSupportedException();
    }

    /// <inheritdoc />
    /// <exception cref="DocumentTooLargeException">More than the limit.</exception>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc />
    /// <exception cref="DocumentTooLargeException">More than the limit.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (_written + buffer.Length > most) throw new DocumentTooLargeException(most);
        inner.Write(buffer);
        _written += buffer.Length;
    }

    /// <inheritdoc />
    public override void Flush() => inner.Flush();

    /// <inheritdoc />
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc />
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc />
    public override void SetLength(long value) => throw new NotSupportedException();
}
