using System.Globalization;
using Microsoft.Extensions.Caching.Memory;
using Portal.Features.Chains.Document;

namespace Portal.Features.Chains.Pictures;

/// <summary>
/// Caches pictures as SVG by chain and operation number: a gallery requests each repeatedly, and a version never changes. Thread-safe.
/// </summary>
public sealed class ChainPictures(ChainPicture picture) : IDisposable
{
    private const long MostCharacters = 40_000_000;
    private readonly MemoryCache _drawn = new(new MemoryCacheOptions { SizeLimit = MostCharacters });

    /// <summary>
    /// The picture of a chain after an operation, as a facilitator or as everyone else sees it, in the language of the request.
    /// </summary>
    /// <param name="read">Reads the chain when its picture is not cached; null when it is gone.</param>
    /// <param name="changedAt">As for <see cref="ChainPicture.Draw"/>.</param>
    public async Task<string?> DrawAsync(
        string chainId, long number, bool steers, DateTimeOffset? changedAt, Func<Task<ChainDocument?>> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        var key = (chainId, number, steers, changedAt, CultureInfo.CurrentUICulture.Name);
        if (_drawn.TryGetValue(key, out string? known)) return known;
        if (await read() is not { } document) return null;
        var svg = picture.Draw(document, changedAt).ToSvg();
        return _drawn.Set(key, svg, new MemoryCacheEntryOptions { Size = svg.Length, SlidingExpiration = TimeSpan.FromHours(2) });
    }

    /// <inheritdoc />
    public void Dispose() => _drawn.Dispose();
}
