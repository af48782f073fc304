namespace Portal.Ingestion.Domain;

/// <summary>
/// What a role of the authority is limited to. Each limit is null (none) or a list of which one entry must fit; several limits must all
/// hold. A letter without the field that a limit is about is outside it. Source: the constraints of the OIO basic privilege profile.
/// </summary>
/// <param name="Kle">Patterns of KLE numbers: <c>27.45.12</c> exactly, <c>27.45.*</c> or <c>27.*</c> that number and all below it.</param>
/// <param name="Units">Organisation units, UUIDs in lower case with hyphens.</param>
/// <param name="Sensitivities">Values of Sikkerhedsklassificering, UUIDs in lower case with hyphens.</param>
public sealed record AccessLimits(ValueList<string>? Kle, ValueList<string>? Units, ValueList<string>? Sensitivities)
{
    /// <summary>No limit.</summary>
    public static AccessLimits None { get; } = new(null, null, null);

    /// <summary>True when there is none.</summary>
    public bool IsNone => Kle is null && Units is null && Sensitivities is null;

    /// <summary>True when a letter with these fields is within the limits on KLE and organisation unit.</summary>
    /// <param name="kle">A number from <see cref="Domain.Kle.Read"/>; null for none.</param>
    /// <param name="unit">A UUID in lower case with hyphens; null for none.</param>
    public bool Admit(string? kle, string? unit) =>
        (Kle is null || (kle is not null && Kle.Any(pattern => Domain.Kle.IsWithin(kle, pattern))))
        && (Units is null || (unit is not null && Units.Contains(unit)));
}
