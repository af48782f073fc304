using Portal.Access;
using Portal.Ingestion.Messages;

namespace Portal.Messages;

/// <summary>What live message pages need of the house, as one.</summary>
public sealed record MessagesPageServices(IMessageReader Reader, SharedReads Shared, ICurrentViewer Viewer, LogSignal Signal, TimeProvider Time);
