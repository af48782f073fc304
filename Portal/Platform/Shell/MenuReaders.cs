using Portal.Ingestion.Letters;
using Portal.Ingestion.Log;
using Portal.Ingestion.Quarantine;

namespace Portal.Platform.Shell;

/// <summary>What the menu's two counts are read from; viewers with the same rights share a read.</summary>
public sealed record MenuReaders(ICaseReader Cases, IQuarantineReader Quarantine, SharedReads Shared);
