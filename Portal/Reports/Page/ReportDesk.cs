using Portal.Access;
using Portal.Benefits.Keeping;
using Portal.Chains.Keeping;
using Portal.Mail;
using Portal.Reports.Monthly;

namespace Portal.Reports.Page;

/// <summary>What the report's page works with.</summary>
public sealed record ReportDesk(ReportMaker Maker, ReportArchive Archive, ReportSchedules Schedules, IBenefitStore Benefits, IChainStore Chains, ICurrentViewer Viewer, IMailer Mailer);
