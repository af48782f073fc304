using Portal.Features.Chains.Document;
using Portal.Features.Chains.Storage;
using Portal.Ingestion.Domain;
using Portal.Platform.Ui;

namespace Portal.Features.Chains.Gallery;

/// <summary>The gallery's filter; part of the URL.</summary>
/// <param name="Text">Every word must be in title or department.</param>
/// <param name="Department">As written on the chain; null for all.</param>
/// <param name="Stage">Null for all.</param>
public sealed record ChainFilter(string? Text, string? Department, ChainStage? Stage)
{
    /// <summary>Shows all chains.</summary>
    public static ChainFilter Everything { get; } = new(null, null, null);

    /// <summary>The filter of a query; an unknown stage is ignored.</summary>
    public static ChainFilter Of(string? text, string? department, string? stage) =>
        new(string.IsNullOrWhiteSpace(text) ? null : text, string.IsNullOrWhiteSpace(department) ? null : department,
            ChainStages.Parse(stage));

    /// <summary>The gallery's address with this filter.</summary>
    public string ToUrl() => PortalUrls.ChainsWith(Text, Department, Stage?.ToWire());

    /// <summary>True when the chain is shown.</summary>
    public bool Shows(ChainSummary chain)
    {
        ArgumentNullException.ThrowIfNull(chain);
        if (Stage is { } stage && chain.Stage != stage) return false;
        if (Department is not null && !string.Equals(chain.Department, Department, StringComparison.OrdinalIgnoreCase)) return false;
        return Text is null || Text.Split(' ', StringSplitOptions.RemoveEmptyEntries).All(word =>
            chain.Title.Contains(word, StringComparison.CurrentCultureIgnoreCase)
            || chain.Department.Contains(word, StringComparison.CurrentCultureIgnoreCase));
    }
}
