using Microsoft.JSInterop;

namespace Portal.Platform.Ui;

/// <summary>The drafts that the browser keeps of what is being written (<c>wwwroot/drafts.js</c>).</summary>
public static class DraftScript
{
    /// <summary>What was written in a form of the page is saved, or wanted no longer.</summary>
    /// <param name="form">The form's <c>data-draft</c>.</param>
    /// <remarks>A browser that is gone asks about the draft when it is back.</remarks>
    public static Task ForgetDraftAsync(this IJSRuntime js, string form) =>
        BrowserCalls.TryAsync(() => js.InvokeVoidAsync("portalDrafts.forget", form).AsTask());
}
