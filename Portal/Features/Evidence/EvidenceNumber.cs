using System.Security.Cryptography;
using Portal.Platform.Text;

namespace Portal.Features.Evidence;

/// <summary>Numbers of evidence documents: the Copenhagen date, and six random characters that are hard to misread.</summary>
internal static class EvidenceNumber
{
    private const string Letters = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

    /// <summary>A new number, as <c>BEV-20261124-7K3QF2</c>.</summary>
    public static string New(DateTimeOffset at) =>
        $"BEV-{DanishFormat.Local(at).ToString("yyyyMMdd", DanishFormat.Danish)}-{RandomNumberGenerator.GetString(Letters, 6)}";
}
