using System.Text;
using Microsoft.JSInterop;

namespace Portal.Platform.Ui;

/// <summary>
/// Receives texts of any length from a page. A short text arrives whole; a long one as a stream that the framework sends in parts, in
/// order, each smaller than <see cref="MaxMessageBytes"/> (<c>wwwroot/longText.js</c>). A larger message would close the circuit.
/// </summary>
public static class LongText
{
    /// <summary>
    /// The largest message that a circuit accepts, in bytes. The framework's default of 32 KB is less than one field's text; this is twice
    /// what the browser still sends whole (<see cref="MaxWhole"/> characters of at most six bytes as JSON), and small enough that many
    /// pages cannot fill the memory.
    /// </summary>
    public const int MaxMessageBytes = 256 * 1024;

    /// <summary>
    /// Characters (UTF-16 units) that a field may send whole; <c>fieldGuard.js</c> refuses more, and <c>longText.js</c> sends a text in
    /// parts above its own, smaller limit.
    /// </summary>
    public const int MaxWhole = 20_000;

    private const int BytesPerUnit = 3;

    /// <summary>Reads what <c>longText.js</c> sent.</summary>
    /// <param name="whole">A short text; null when it arrives in parts.</param>
    /// <param name="parts">A long text as UTF-8; null when it arrives whole. Disposed here.</param>
    /// <param name="most">The limit, in UTF-16 units.</param>
    /// <returns>The text; null when it is longer than <paramref name="most"/>.</returns>
    /// <exception cref="IOException">The connection was lost, or the page closed, before the whole text had arrived.</exception>
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
