using Portal.Platform.Access;
using Portal.Platform.Access.Sessions;

namespace Portal.Features.AccessControl;

/// <summary>The services of the page of sessions, rights and API keys.</summary>
public sealed record AccessPageServices(
    AccessSettings Settings, ISessions Sessions, IApiKeyList Keys, ICurrentViewer Viewer, TimeProvider Time);
