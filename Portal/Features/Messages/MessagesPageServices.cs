using Portal.Ingestion.Log;
using Portal.Platform.Access;

namespace Portal.Features.Messages;

/// <summary>The services of the live message pages.</summary>
public sealed record MessagesPageServices(
    IMessageReader Reader, SharedReads Shared, ICurrentViewer Viewer, LogSignal Signal, TimeProvider Time);
