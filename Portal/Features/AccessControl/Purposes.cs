using Portal.Ingestion.Domain;

namespace Portal.Features.AccessControl;

/// <summary>What is wrong with a purpose.</summary>
internal enum PurposeProblem
{
    /// <summary>Missing, or shorter than <see cref="Purposes.Shortest"/>.</summary>
    TooShort,

    /// <summary>Longer than <see cref="Purposes.Longest"/>.</summary>
    TooLong,

    /// <summary>It holds a CPR number.</summary>
    HasNumber,
}

/// <summary>How a CPR number in a purpose is treated.</summary>
internal enum NumberInPurpose
{
    /// <summary>Masked, before the length is checked.</summary>
    Masked,

    /// <summary>Kept here; the access log masks it when it stores the purpose.</summary>
    LeftToLog,

    /// <summary>Refused, so that the user sees why.</summary>
    Refused,
}

/// <summary>
/// Rules for the purpose that a person or a system gives before personal data is shown or searched for: one line, with length limits for
/// each place that asks.
/// </summary>
internal sealed record Purposes(int Shortest, int? Longest, NumberInPurpose Number)
{
    /// <summary>Before unmasked CPR numbers are shown or printed.</summary>
    public static Purposes Showing { get; } = new(3, 500, NumberInPurpose.Masked);

    /// <summary>Before a search by CPR number on the page, whose field limits the length.</summary>
    public static Purposes SearchingOnPage { get; } = new(3, null, NumberInPurpose.Refused);

    /// <summary>Before a search by CPR number over HTTP.</summary>
    public static Purposes SearchingOverApi { get; } = new(1, 500, NumberInPurpose.LeftToLog);

    /// <summary>Checks a purpose.</summary>
    /// <param name="written">As it was typed or sent.</param>
    /// <param name="purpose">On one line, for the log; empty when there is a problem.</param>
    /// <returns>Null when the purpose is accepted.</returns>
    public PurposeProblem? Read(string? written, out string purpose)
    {
        purpose = "";
        var line = TextLines.Printable(written ?? "");
        if (Number == NumberInPurpose.Masked) line = CprNumber.MaskIn(line);
        if (line.Length < Shortest) return PurposeProblem.TooShort;
        if (line.Length > Longest) return PurposeProblem.TooLong;
        if (Number == NumberInPurpose.Refused && (CprNumber.IsIn(line) || CprNumber.TryParse(line, out _))) return PurposeProblem.HasNumber;
        purpose = line;
        return null;
    }
}
