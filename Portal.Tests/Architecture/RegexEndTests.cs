using System.Reflection;
using System.Text.RegularExpressions;
using Portal.Ingestion.Domain;
using Xunit;

namespace Portal.Tests.Architecture;

/// <summary>
/// In .NET a <c>$</c> also matches before a last line feed: a key with one was valid, and »+« with one was taken for a country code, so
/// that a CPR number after it was shown. <c>\z</c> is the end of the text, as <c>$</c> is in the browser.
/// </summary>
public sealed class RegexEndTests
{
    [Fact]
    public void No_pattern_takes_a_line_feed_for_the_end_of_the_text()
    {
        const BindingFlags all = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic
            | BindingFlags.DeclaredOnly;
        var patterns = new[] { typeof(Portal.Platform.Text.DanishFormat).Assembly, typeof(CprNumber).Assembly }
            .SelectMany(a => a.GetTypes()).SelectMany(t => t.GetMethods(all).Select(m => (Name: $"{t.Name}.{m.Name}", m)))
            .Select(p => (p.Name, p.m.GetCustomAttribute<GeneratedRegexAttribute>()?.Pattern)).Where(p => p.Pattern is not null).ToList();
        Assert.True(patterns.Count > 30, $"{patterns.Count} patterns were found.");
        Assert.Empty(patterns.Where(p => HasDollar(p.Pattern!)).Select(p => p.Name));
    }

    [Theory]
    [InlineData(@"^a$", true)]
    [InlineData(@"^a\z", false)]
    [InlineData(@"\$|[$£]", false)]
    [InlineData(@"\\$", true)]
    [InlineData(@"[\]$]$", true)]
    public void A_dollar_is_found_where_it_means_the_end(string pattern, bool found) => Assert.Equal(found, HasDollar(pattern));

    private static bool HasDollar(string pattern)
    {
        var inClass = false;
        for (var n = 0; n < pattern.Length; n++)
        {
            if (pattern[n] == '\\') n++;
            else if (pattern[n] == '[') inClass = true;
            else if (pattern[n] == ']') inClass = false;
            else if (pattern[n] == '$' && !inClass) return true;
        }

        return false;
    }
}
