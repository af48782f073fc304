using System.Globalization;
using System.Security;

namespace Portal.Features.Messages.Push;

/// <summary>The answer of the push endpoint, as the standard words it: <c>ModtagBeskedOutput</c> with <c>StandardRetur</c>.</summary>
public static class StandardRetur
{
    /// <summary>The message is durably stored.</summary>
    public const int Ok = 20;

    /// <summary>The request is wrong: empty, cut short or of another media type.</summary>
    public const int BadRequest = 40;

    /// <summary>The caller is not known.</summary>
    public const int NotSignedIn = 41;

    /// <summary>The caller may not push.</summary>
    public const int NotAllowed = 43;

    /// <summary>It could not be stored now; send it again.</summary>
    public const int Unavailable = 50;

    /// <summary>The body; <paramref name="text"/> is the FejlbeskedTekst, which is there only when something is wrong.</summary>
    public static string ToXml(int code, string? text = null)
    {
        var error = text is null ? "" : $"<sd:FejlbeskedTekst>{SecurityElement.Escape(text)}</sd:FejlbeskedTekst>";
        return "<ModtagBeskedOutput xmlns=\"urn:oio:sts:1.0.0\" xmlns:sd=\"urn:oio:sagdok:3.0.0\"><sd:StandardRetur><sd:StatusKode>"
            + code.ToString(CultureInfo.InvariantCulture) + "</sd:StatusKode>" + error + "</sd:StandardRetur></ModtagBeskedOutput>";
    }
}
