using Portal.Features.Chains.Document;
using Portal.Platform.Text.Numbers;

namespace Portal.Features.Chains.Hints;

/// <summary>Identifies a number of a box.</summary>
/// <param name="Property"><see cref="ElementProperty"/>.</param>
public readonly record struct BoxNumber(string ElementId, string Property)
{
    /// <summary>
    /// What the box says: a count per year, a share from 0 to 1, or minutes. Null for none, and for a number that is too large to calculate
    /// with.
    /// </summary>
    public static decimal? In(ChainElement box, string property)
    {
        ArgumentNullException.ThrowIfNull(box);
        if (box.Volume is not { } volume) return null;
        double? Year(double? count) => (volume with { Low = count, Likely = count, High = count }).PerYear;
        var number = property switch
        {
            ElementProperty.VolumeLikely => Year(volume.Count),
            ElementProperty.VolumeLow => Year(volume.Low ?? volume.Count),
            ElementProperty.VolumeHigh => Year(volume.High ?? volume.Count),
            ElementProperty.MinutesEach => volume.MinutesEach,
            ElementProperty.VolumeShare => volume.Share,
            _ => null,
        };
        return number is { } known ? Amount.Of(known) : null;
    }
}

/// <summary>A number of a box as it was agreed for the benefits' calculations, which use it until another one is agreed.</summary>
/// <param name="Value">A count per year, a share from 0 to 1, or minutes; null when it was agreed that there is none.</param>
/// <param name="From">The first day on which it counts; null: from the beginning.</param>
/// <param name="Source">Where it comes from, in words; empty when nobody has said.</param>
public sealed record AgreedNumber(decimal? Value, DateOnly? From, string Source);
