using System.Globalization;
using System.Security;

namespace Portal.Features.Messages.Push;

/// <summary>The response of the push endpoint in the standard's format: <c>ModtagBeskedOutput</c> with <c>StandardRetur</c>.</summary>
public static class StandardRetur
{
    /// <summary>The message is durably stored.</summary>
    public const int Ok = 20;

    /// <summary>The request is wrong: empty, cut short or of another media type.</summary>
    public const int BadRequest = 40;

    /// <summary>The caller is unknown.</summary>
    public const int NotSignedIn = 41;

    /// <summary>The caller may not push.</summary>
    public const int NotAllowed = 43;

    /// <summary>The message could not be stored now; send it again.</summary>
    public const int Unavailable = 50;

    /// <summary>The response body; <paramref name="text"/> is the FejlbeskedTekst, null for success.</summary>
    public static string ToXml(int code, string? text = null)
    {
        var error = text is null ? "" : $"<sd:FejlbeskedTekst>{SecurityElement.Escape(text)}</sd:FejlbeskedTekst>";
        return "<ModtagBeskedOutput xmlns=\"urn:oio:sts:1.0.0\" xmlns:sd=\"urn:oio:sagdok:3.0.0\"><sd:StandardRetur><sd:StatusKode>"
            + code.ToString(CultureInfo.InvariantCulture) + "</sd:StatusKode>" + error + "</sd:StandardRetur></ModtagBeskedOutput>";
    }
}
