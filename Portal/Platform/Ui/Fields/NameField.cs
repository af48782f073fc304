using Microsoft.AspNetCore.Components;
using Portal.Platform.Storage;

namespace Portal.Platform.Ui.Fields;

/// <summary>
/// A field of a department or a person: names that are in use already are suggested, so that one department is not written in two ways,
/// and any other counts as it is typed.
/// </summary>
public class NameField : SuggestField
{
    private const int Most = 8;
    private IReadOnlyList<string>? _inUse;

    /// <summary>Sets the defaults; a page's parameters win.</summary>
    public NameField() => SearchFunc = SuggestAsync;

    /// <summary>Names that the page knows, suggested before those that are in use elsewhere.</summary>
    [Parameter] public IReadOnlyList<string> Names { get; set; } = [];

    [Inject] private IEnumerable<INamesInUse> Sources { get; set; } = [];

    private async Task<IEnumerable<string>> SuggestAsync(string? typed, CancellationToken cancellationToken)
    {
        _inUse ??= await Sources.ReadAllAsync(cancellationToken);
        return Names.Concat(_inUse).Where(n => n.Length > 0).Distinct(StringComparer.CurrentCultureIgnoreCase)
            .Where(n => string.IsNullOrWhiteSpace(typed) || n.Contains(typed.Trim(), StringComparison.CurrentCultureIgnoreCase))
            .Take(Most).ToList();
    }
}

/// <summary>Reads the names that are in use.</summary>
internal static class NamesInUse
{
    /// <summary>The names of all sources; none when the database refuses, since a field works without suggestions.</summary>
    public static async Task<IReadOnlyList<string>> ReadAllAsync(
        this IEnumerable<INamesInUse> sources, CancellationToken cancellationToken)
    {
        try
        {
            var names = new List<string>();
            foreach (var source in sources) names.AddRange(await source.ReadAsync(cancellationToken));
            return names;
        }
        catch (Exception problem) when (StorageAccess.IsRefused(problem))
        {
            return [];
        }
    }
}
