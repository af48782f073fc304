using Portal.Ingestion.Domain;

namespace Portal.Features.AccessControl;

/// <summary>What is wrong with a purpose.</summary>
internal enum PurposeProblem
{
    /// <summary>Missing, or so short that it says nothing.</summary>
    TooShort,

    /// <summary>Longer than a reason is.</summary>
    TooLong,

    /// <summary>A person number is in it.</summary>
    HasNumber,
}

/// <summary>What is done with a person number in a purpose, before its length is asked.</summary>
internal enum NumberInPurpose
{
    /// <summary>Masked here.</summary>
    Masked,

    /// <summary>Left as it is: the access log masks whatever it stores.</summary>
    LeftToLog,

    /// <summary>Refused, so that the writer knows.</summary>
    Refused,
}

/// <summary>
/// The purpose that a person or a system writes before personal data is shown or searched for: one line of some length. Each place has its
/// own limits, all of them here.
/// </summary>
internal sealed record Purposes(int Shortest, int? Longest, NumberInPurpose Number)
{
    /// <summary>Whole person numbers are shown or printed.</summary>
    public static Purposes Showing { get; } = new(3, 500, NumberInPurpose.Masked);

    /// <summary>A search by person number on the page, whose field bounds the length.</summary>
    public static Purposes SearchingOnPage { get; } = new(3, null, NumberInPurpose.Refused);

    /// <summary>A search by person number over the interface.</summary>
    public static Purposes SearchingOverApi { get; } = new(1, 500, NumberInPurpose.LeftToLog);

    /// <summary>Reads what was written.</summary>
    /// <param name="written">As it was written.</param>
    /// <param name="purpose">On one line, as the log gets it; empty when there is a problem.</param>
    /// <returns>Null when it is a purpose.</returns>
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
