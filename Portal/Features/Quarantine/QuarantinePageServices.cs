using Portal.Ingestion.Quarantine;
using Portal.Platform.Access;

namespace Portal.Features.Quarantine;

/// <summary>The services of the quarantine's page.</summary>
public sealed record QuarantinePageServices(
    IQuarantineReader Reader, IQuarantineCauses Causes, IQuarantineHolds Holds, ICurrentViewer Viewer);
