using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Portal.Platform.Text;

namespace Portal.Platform.Documents;

/// <summary>Renders Razor components to static HTML in this process, in Danish regardless of the caller's language.</summary>
public sealed class DocumentRenderer(IServiceScopeFactory scopes, ILoggerFactory loggers)
{
    /// <summary>
    /// The component's HTML, after everything that it awaits. It gets its services from a new scope in which nobody is signed in, so the
    /// data it shows must come as parameters.
    /// </summary>
    /// <param name="parameters">Values of the component's parameters, by name.</param>
    public async Task<string> RenderAsync<TComponent>(IReadOnlyDictionary<string, object?> parameters) where TComponent : IComponent
    {
        // The culture flows with the task; an async method restores the caller's on return.
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (DanishFormat.Danish, DanishFormat.Danish);
        await using var scope = scopes.CreateAsyncScope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, loggers);
        return await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<TComponent>(ParameterView.FromDictionary(new Dictionary<string, object?>(parameters))))
                .ToHtmlString());
    }
}
