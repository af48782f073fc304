using Portal.Ingestion.Settings;
using Portal.Ingestion.Supervision;

namespace Portal.Ingestion.Operations;

/// <summary>What this process answers the senders of pushes, for the Drift page.</summary>
/// <param name="Node">This process.</param>
/// <param name="RefusalHttpStatus">The configured HTTP status of a temporary refusal; null: by caller.</param>
/// <param name="LastStored">UTC, when a message was answered 20 last; null when none was since the start.</param>
/// <param name="Rows">Senders that are answered 40, the oldest row first.</param>
/// <param name="Ignored">A certificate header that was ignored; null when none was.</param>
/// <param name="Certificates">The client certificates that this process has met.</param>
/// <param name="Expiring">Those of them that expire soon.</param>
public sealed record PushView(
    string Node, int? RefusalHttpStatus, DateTimeOffset? LastStored, IReadOnlyList<PushRefusalRow> Rows,
    IgnoredCertificateHeader? Ignored, IReadOnlyList<SeenCertificate> Certificates, IReadOnlyList<SeenCertificate> Expiring)
{
    /// <summary>True when a person should look: messages are not taken, or a certificate is about to end or not accepted.</summary>
    public bool NeedsAttention => Rows.Any(r => r.NeedsAttention) || Expiring.Count > 0 || Ignored is not null;
}

/// <summary>Reads <see cref="PushView"/> from memory.</summary>
internal sealed class PushStatus(NodeIdentity node, PortalSettings settings, PushAnswers answers, ClientCertificateExpiry certificates)
{
    /// <summary>The current state.</summary>
    public PushView Read() => new(
        node.Id, settings.PushRefusalHttpStatus, answers.LastStored, answers.Rows, answers.Ignored,
        certificates.Seen, certificates.Expiring);
}
