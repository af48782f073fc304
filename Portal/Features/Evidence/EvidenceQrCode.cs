using System.Globalization;
using System.Text;
using Portal.Platform.Documents.Model;
using QRCoder;
using QRCoder.Exceptions;

namespace Portal.Features.Evidence;

/// <summary>The QR code that leads from a printed document to the case's page.</summary>
internal static class EvidenceQrCode
{
    // In units of a drawing.
    private const int Module = 3;

    // In mm, with the quiet zone.
    private const double Width = 30;
    private const string Dark = "#17232e";
    private const string Light = "#ffffff";

    /// <summary>
    /// The QR code of a URL, with the quiet zone of four modules that ISO/IEC 18004 demands; null when the URL is longer than a QR code
    /// can hold (2,331 bytes).
    /// </summary>
    public static FigureBlock? Of(string url)
    {
        try
        {
            using var code = QRCodeGenerator.GenerateQrCode(url, QRCodeGenerator.ECCLevel.M);
            return new FigureBlock(Draw(code), EvidenceWords.Code, Width);
        }
        catch (DataTooLongException)
        {
            return null;
        }
    }

    // One path, so that no light line appears between modules where edges are smoothed. The matrix includes the quiet zone.
    private static Drawing Draw(QRCodeData code)
    {
        var size = code.ModuleMatrix.Count;
        var path = new StringBuilder();
        for (var y = 0; y < size; y++)
        {
            var row = code.ModuleMatrix[y];
            for (var x = 0; x < size; x++)
            {
                if (!row[x]) continue;
                var from = x;
                while (x < size && row[x]) x++;
                path.Append(CultureInfo.InvariantCulture,
                    $"M{from * Module} {y * Module}H{x * Module}V{(y + 1) * Module}H{from * Module}Z");
            }
        }

        return new Drawing(0, 0, size * Module, size * Module,
            [new RectShape(0, 0, size * Module, size * Module, Light), new PathShape(path.ToString(), Dark)]);
    }
}
