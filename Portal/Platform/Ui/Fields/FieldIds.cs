namespace Portal.Platform.Ui.Fields;

/// <summary>Ids of the parts of a field that its input refers to.</summary>
internal static class FieldIds
{
    /// <summary>An id for the error and one for the help, unique on the page.</summary>
    public static (string Error, string Help) New()
    {
        var id = Guid.NewGuid().ToString("N");
        return ($"error-{id}", $"help-{id}");
    }
}
