using Microsoft.JSInterop;

namespace Portal.Platform.Ui;

/// <summary>The drafts of unsaved form text that the browser keeps (<c>wwwroot/drafts.js</c>).</summary>
public static class DraftScript
{
    /// <summary>Deletes a form's draft, when the text is saved or discarded.</summary>
    /// <param name="form">The form's <c>data-draft</c>.</param>
    /// <remarks>A disconnected browser keeps the draft, and offers it later.</remarks>
    public static Task ForgetDraftAsync(this IJSRuntime js, string form) =>
        BrowserCalls.TryAsync(() => js.InvokeVoidAsync("portalDrafts.forget", form).AsTask());
}
