using Portal.Ingestion.Log;
using Portal.Platform.Access;

namespace Portal.Features.Messages;

/// <summary>What live message pages need of the house, as one.</summary>
public sealed record MessagesPageServices(IMessageReader Reader, SharedReads Shared, ICurrentViewer Viewer, LogSignal Signal, TimeProvider Time);
