using Portal.Features.Benefits.Keeping;
using Portal.Features.Chains.Storage;
using Portal.Features.Reports.Conclusions;
using Portal.Features.Reports.Issued;
using Portal.Features.Reports.Monthly;
using Portal.Platform.Access;
using Portal.Platform.Mail;

namespace Portal.Features.Reports.Page;

/// <summary>The services of the report page.</summary>
public sealed record ReportPageServices(ReportMaker Maker, ReportArchive Archive, ReportSchedules Schedules, ReportMailStates Mails,
    IReportConclusions Conclusions, IChainStore Chains, IBenefitStore Benefits, ICurrentViewer Viewer, IMailer Mailer);
