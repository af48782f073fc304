using System.Globalization;
using System.Security;

namespace Portal.Features.Messages.Push;

/// <summary>
/// The response of the push endpoint in the standard's format: <c>ModtagBeskedOutput</c> with <c>StandardRetur</c>. There are no other
/// codes than these two, because the distributor stops the mailbox after any other.
/// </summary>
public static class StandardRetur
{
    /// <summary>The message is durably stored, in the log or in quarantine; the distributor removes it.</summary>
    public const int Received = 20;

    /// <summary>Not received: the distributor pauses and sends again.</summary>
    public const int SendAgain = 40;

    /// <summary>The response body; <paramref name="text"/> is the FejlbeskedTekst, null for success.</summary>
    public static string ToXml(int code, string? text = null)
    {
        var error = text is null ? "" : $"<sd:FejlbeskedTekst>{SecurityElement.Escape(text)}</sd:FejlbeskedTekst>";
        return "<ModtagBeskedOutput xmlns=\"urn:oio:sts:1.0.0\" xmlns:sd=\"urn:oio:sagdok:3.0.0\"><sd:StandardRetur><sd:StatusKode>"
            + code.ToString(CultureInfo.InvariantCulture) + "</sd:StatusKode>" + error + "</sd:StandardRetur></ModtagBeskedOutput>";
    }
}
