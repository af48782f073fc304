using Portal.Access;
using Portal.Chains.Keeping;
using Portal.Mail;
using Portal.Reports.Conclusions;
using Portal.Reports.Monthly;

namespace Portal.Reports.Page;

/// <summary>What the report's page works with.</summary>
public sealed record ReportDesk(ReportMaker Maker, ReportArchive Archive, ReportSchedules Schedules, ReportMailStates Mails, IReportConclusions Conclusions, IChainStore Chains, ICurrentViewer Viewer, IMailer Mailer);
