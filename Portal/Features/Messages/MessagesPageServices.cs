using Microsoft.Extensions.Localization;
using Portal.Ingestion.Log;
using Portal.Platform.Access;
using Portal.Platform.Ui;

namespace Portal.Features.Messages;

/// <summary>The services of the live message pages.</summary>
public sealed record MessagesPageServices(
    IMessageReader Reader, SharedReads Shared, ICurrentViewer Viewer, LogSignal Signal, TimeProvider Time,
    IStringLocalizer<UiTexts> Words);
