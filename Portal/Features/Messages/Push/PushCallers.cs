using Portal.Ingestion.Domain;
using Portal.Ingestion.Operations;
using Portal.Platform.Access;

namespace Portal.Features.Messages.Push;

/// <summary>A refusal that another attempt with the same request would meet again.</summary>
/// <param name="HttpStatus">4xx.</param>
/// <param name="Text">The FejlbeskedTekst, Danish.</param>
/// <param name="Limit">UTC, when a listed certificate expired or becomes valid; else null.</param>
internal sealed record PushProblem(int HttpStatus, PushRefusal Why, string Text, DateTimeOffset? Limit = null);

/// <summary>The sender of a push.</summary>
/// <param name="Name">Its certificate, its key's id or its address, for Drift.</param>
/// <param name="ByCertificate">True when it is known by a client certificate.</param>
/// <param name="Problem">Why it may not push; null when it may.</param>
internal sealed record PushCaller(string Name, bool ByCertificate, PushProblem? Problem = null);

/// <summary>Identifies the sender of a push: by client certificate, else by API key; in Development anybody may push.</summary>
internal sealed class PushCallers(ClientCertificates certificates, IHostEnvironment environment)
{
    /// <summary>The sender. Call after authentication.</summary>
    public PushCaller Identify(HttpContext context)
    {
        var certificate = certificates.Check(context);
        if (certificate.IsKnown) return new PushCaller(certificate.Name!, ByCertificate: true);
        var viewer = context.GetViewer();
        if (viewer != Viewer.Nobody)
        {
            return new PushCaller(viewer.Id, ByCertificate: false, viewer.May(ViewerRights.Push) ? null : new PushProblem(
                StatusCodes.Status403Forbidden, PushRefusal.NotAllowed, "Afsenderen må ikke aflevere beskeder her."));
        }

        var isOpen = environment.IsDevelopment() && !context.Request.Headers.ContainsKey(ApiKeyHandler.Header);
        return new PushCaller(certificate.Name ?? AddressOf(context), ByCertificate: false, isOpen ? null : Unknown(certificate));
    }

    /// <summary>The sender's address, for a sender that is not known in another way.</summary>
    public static string AddressOf(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "?";

    private static PushProblem Unknown(CertificateCheck certificate) => new(
        StatusCodes.Status401Unauthorized, certificate.Refusal ?? PushRefusal.UnknownCaller,
        certificate.Refusal switch
        {
            PushRefusal.ExpiredCertificate => "Klientcertifikatet er udløbet. Aftal et nyt med modtageren.",
            PushRefusal.EarlyCertificate => "Klientcertifikatet er ikke gyldigt endnu.",
            _ => "Afsenderen er ikke kendt. Brug et registreret klientcertifikat eller en API-nøgle.",
        },
        certificate.Limit);
}
