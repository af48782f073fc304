using System.Text;
using Microsoft.JSInterop;

namespace Portal.Platform.Ui;

/// <summary>
/// Takes texts of any length from a page. A short one comes whole; a long one as a stream that the framework sends in parts, in order, each
/// smaller than <see cref="MaxMessageBytes"/> (<c>wwwroot/longText.js</c>). So nothing that is typed or pasted is larger than the circuit
/// takes, which would close it.
/// </summary>
public static class LongText
{
    /// <summary>
    /// The largest message in bytes that a circuit takes. The framework's own 32 KB is less than one field's text; this holds what the
    /// browser still sends whole (<see cref="MaxWhole"/> characters of at most six bytes as JSON) twice over, and is little enough that
    /// many pages cannot fill the memory.
    /// </summary>
    public const int MaxMessageBytes = 256 * 1024;

    /// <summary>
    /// Characters (UTF-16 units) that a field may send whole; <c>fieldGuard.js</c> stops more, <c>longText.js</c> sends more than its own,
    /// smaller number in parts.
    /// </summary>
    public const int MaxWhole = 20_000;

    private const int BytesPerUnit = 3;

    /// <summary>Reads what <c>longText.js</c> sent.</summary>
    /// <param name="whole">A short text; null when it comes in parts.</param>
    /// <param name="parts">A long text as UTF-8; null when it came whole. Disposed here.</param>
    /// <param name="most">UTF-16 units that are taken.</param>
    /// <returns>The text; null when it is longer than <paramref name="most"/>: then nothing of it is kept here.</returns>
    /// <exception cref="IOException">The connection or the page went away before all of it had come.</exception>
    public static async Task<string?> ReadAsync(string? whole, IJSStreamReference? parts, int most, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(most);
        if (parts is null) return whole is null ? "" : whole.Length <= most ? whole : null;
        await using (parts)
        {
            var bound = (long)most * BytesPerUnit;
            if (parts.Length > bound) return null;
            try
            {
                await using var stream = await parts.OpenReadStreamAsync(Math.Max(1, bound), cancellationToken);
                using var reader = new StreamReader(stream, Encoding.UTF8, detectEncodingFromByteOrderMarks: false);
                var text = await reader.ReadToEndAsync(cancellationToken);
                return text.Length <= most ? text : null;
            }
            catch (Exception gone) when (gone is TimeoutException or JSException or JSDisconnectedException or OperationCanceledException)
            {
                cancellationToken.ThrowIfCancellationRequested();
                throw new IOException("The text did not come whole.", gone);
            }
        }
    }
}
