using System.Collections.Concurrent;
using System.Globalization;
using System.Resources;

namespace Portal.Platform.Text;

/// <summary>
/// Reads the texts of the <c>.resx</c> files outside a page: for mails, documents and rules, whose language is not the current culture's.
/// </summary>
internal static class TextResources
{
    private static readonly ConcurrentDictionary<Type, ResourceManager> Known = new();

    /// <summary>A text in Danish, whatever the current language.</summary>
    /// <typeparam name="T">The class that names the <c>.resx</c>.</typeparam>
    /// <exception cref="MissingManifestResourceException">There is no such text.</exception>
    public static string Danish<T>(string key) => Find(typeof(T), key, DanishFormat.Danish);

    /// <summary>A text in a language.</summary>
    /// <exception cref="MissingManifestResourceException">There is no such text.</exception>
    public static string Find(Type texts, string key, CultureInfo language) =>
        Known.GetOrAdd(texts, type => new ResourceManager(type)).GetString(key, language)
            ?? throw new MissingManifestResourceException($"{texts.Name} has no text {key}.");
}
