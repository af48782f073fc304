using Microsoft.AspNetCore.SignalR;

namespace Portal.Platform.Access.Rights;

/// <summary>Lets a hub method be called by those whom its row lets in; without a row, by nobody.</summary>
internal sealed class HubRights : IHubFilter
{
    /// <summary>False for the framework's own hub, which carries the circuits: what they may is decided by page and service.</summary>
    public static bool IsOurs(Type hub) => hub.Assembly == typeof(HubRights).Assembly;

    public ValueTask<object?> InvokeMethodAsync(
        HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        ArgumentNullException.ThrowIfNull(invocationContext);
        ArgumentNullException.ThrowIfNull(next);
        var hub = invocationContext.Hub.GetType();
        if (!IsOurs(hub)) return next(invocationContext);
        var row = RightsTable.Find(RightsRow.Hub, RightsCheck.NameOf(hub, invocationContext.HubMethod));
        return row is not null && invocationContext.Context.User is { } user && row.Allows(user)
            ? next(invocationContext)
            : throw new HubException("Nøglen eller personen har ikke ret til dette kald.");
    }
}
