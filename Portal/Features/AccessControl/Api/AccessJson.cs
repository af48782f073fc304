namespace Portal.Features.AccessControl.Api;

/// <summary>A line of the access log as JSON. <c>At</c> is UTC; CPR numbers are masked.</summary>
/// <param name="Number">The leaf's number in the log, from 1.</param>
/// <param name="Kind">What was shown, such as <c>case-opened</c>.</param>
/// <param name="By">Name of the person or key.</param>
/// <param name="ById">Id of the person or key.</param>
/// <param name="Session">Id of the sign-in; null for a key.</param>
/// <param name="Authority">CVR number of the authority whose data it is.</param>
/// <param name="Text">What was searched for; null for a search by number.</param>
/// <param name="Hits">Rows that a search or a list showed.</param>
/// <param name="Reference">Number of the document or of the row in quarantine.</param>
/// <param name="Refused">True when nothing was shown, since the viewer may not see it.</param>
/// <param name="Earlier">True for a line from before the log was a signed one.</param>
public sealed record AccessJson(
    long Number, DateTimeOffset At, string Kind, string By, string ById, string? Session, string Authority, string? CaseNumber,
    string? LetterId, string? BeskedId, string? Purpose, string? Text, int? Hits, string? Reference, bool Refused, bool Earlier)
{
    internal static AccessJson Of(AccessEntry entry)
    {
        var line = entry.Record;
        return new AccessJson(entry.Number, line.At, line.Kind, line.ByName, line.ById, line.Session, line.Authority, line.CaseNumber,
            line.LetterId, line.BeskedId, line.Purpose, line.Text, line.Hits, line.Reference, line.Refused, line.Earlier);
    }
}
