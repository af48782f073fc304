using System.Text;
using QRCoder;

namespace Portal.Features.Evidence;

/// <summary>The QR code that links a printed document to the case page.</summary>
internal static class EvidenceCode
{
    /// <summary>A QR code of <paramref name="url"/>, as SVG in a <c>data:</c> URL.</summary>
    public static string Of(string url)
    {
        using var data = QRCodeGenerator.GenerateQrCode(url, QRCodeGenerator.ECCLevel.M);
        using var code = new SvgQRCode(data);
        var svg = code.GetGraphic(8, "#17232e", "#ffffff", drawQuietZones: false, SvgQRCode.SizingMode.ViewBoxAttribute);
        return "data:image/svg+xml;base64," + Convert.ToBase64String(Encoding.UTF8.GetBytes(svg));
    }
}
