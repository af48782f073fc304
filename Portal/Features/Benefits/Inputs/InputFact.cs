using Portal.Ingestion.Domain.Time;

namespace Portal.Features.Benefits.Inputs;

/// <summary>Which number of a box, or of the whole chain, an input is; the names are those of formulas (<c>d1.minutter</c>).</summary>
public enum InputPart
{
    /// <summary>Count per year.</summary>
    Count,

    /// <summary>The lowest count per year.</summary>
    Low,

    /// <summary>The highest count per year.</summary>
    High,

    /// <summary>Minutes for each one counted.</summary>
    Minutes,

    /// <summary>The share of all that are counted, 0–1.</summary>
    Share,

    /// <summary>Kroner for an hour; of the whole chain.</summary>
    HourPrice,

    /// <summary>Kroner that the initiative costs in all; of the whole chain.</summary>
    InitiativeCost,
}

/// <summary>Identifies an input.</summary>
/// <param name="ElementId">The box; empty for the whole chain.</param>
public readonly record struct InputKey(string ElementId, InputPart Part)
{
    /// <summary>An input of the whole chain.</summary>
    public static InputKey OfChain(InputPart part) => new("", part);

    /// <summary>True for the chain's own inputs, which stand in no box.</summary>
    public static bool IsOfChain(InputPart part) => part is InputPart.HourPrice or InputPart.InitiativeCost;
}

/// <summary>A version of an input. Versions are never changed; the one with the highest number is the latest.</summary>
/// <param name="Value">Null: there is no number from that day on.</param>
/// <param name="From">The first day on which it counts; null: from the beginning.</param>
/// <param name="Source">Where the number comes from, in words; empty when nobody has said.</param>
/// <param name="Owner">Who answers for the number; null when nobody does.</param>
/// <param name="LockedAt">When it was locked by hand, UTC; null when it was not.</param>
/// <param name="At">When the version was saved, UTC.</param>
/// <param name="Reason">Why it was changed; null for the first version, and for corrections before it was locked.</param>
public sealed record InputVersion(
    int Version, decimal? Value, DateOnly? From, string Source, string? Owner, DateTimeOffset? LockedAt, string? LockedBy,
    DateTimeOffset At, string By, string? Reason);

/// <summary>
/// A number that a calculation uses, with its history. A change counts from its day on, so months before keep the value they had. Pure.
/// </summary>
/// <param name="Versions">At least one, in order of their numbers.</param>
public sealed record InputFact(InputKey Key, IReadOnlyList<InputVersion> Versions)
{
    /// <summary>The latest version.</summary>
    public InputVersion Latest => Versions[^1];

    /// <summary>
    /// The value that counts in a month: of the versions that begin on or before its first day, the one saved last. So a value that begins
    /// within a month counts from the month after.
    /// </summary>
    public decimal? ValueIn(Month month)
    {
        for (var n = Versions.Count - 1; n >= 0; n--)
        {
            if (Versions[n].From is not { } from || from <= month.First) return Versions[n].Value;
        }

        return Versions[0].Value;
    }

    /// <summary>True when a version was locked by hand.</summary>
    public bool IsLockedByHand => Versions.Any(v => v.LockedAt is not null);

    /// <summary>The changes: each version with the one before it.</summary>
    public IEnumerable<(InputVersion Before, InputVersion After)> Changes => Versions.Zip(Versions.Skip(1));
}

/// <summary>An input to save.</summary>
/// <param name="From">The first day on which it counts; null: from the beginning.</param>
/// <param name="Lock">True to lock it by hand.</param>
/// <param name="Reason">Why it is changed; needed when it is locked.</param>
/// <param name="BasedOn">The version that was changed; 0 for none.</param>
public sealed record NewInput(
    InputKey Key, decimal? Value, DateOnly? From, string Source, string? Owner, bool Lock, string? Reason, int BasedOn);
