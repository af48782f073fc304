using Portal.Ingestion.Domain;

namespace Portal.Platform.Access.Profile;

/// <summary>
/// The limits of a privilege group. Constraints of different kinds all hold; of the same kind, what they have in common. Pure.
/// </summary>
internal static class PrivilegeLimits
{
    /// <summary>More values than any role has: a constraint with more closes its group, so that no query grows without bound.</summary>
    public const int MostValues = 1000;

    /// <summary>The limits; null, with the reason, when a constraint closes the group.</summary>
    public static AccessLimits? Of(IReadOnlyList<(string Name, string Value)> constraints, PrivilegeMap map, out PrivilegeNote? fault)
    {
        var limits = AccessLimits.None;
        foreach (var (name, value) in constraints)
        {
            if (!map.Constraints.TryGetValue(name, out var kind))
            {
                fault = new(PrivilegeFault.ConstraintName, name);
                return null;
            }

            var values = ValuesOf(kind, value);
            if (values is null)
            {
                fault = new(PrivilegeFault.ConstraintValue, $"{name}: {value}");
                return null;
            }

            limits = kind switch
            {
                ConstraintKind.Kle => limits with { Kle = limits.Kle is { } kle ? CommonKle(kle, values) : [.. values] },
                ConstraintKind.OrganisationUnit => limits with { Units = Common(limits.Units, values) },
                _ => limits with { Sensitivities = Common(limits.Sensitivities, values) },
            };
            if (limits is { Kle.Count: 0 } or { Units.Count: 0 } or { Sensitivities.Count: 0 })
            {
                fault = new(PrivilegeFault.ConstraintEmpty, name);
                return null;
            }
        }

        fault = null;
        return limits;
    }

    // The values of a comma list; null when one of them cannot be read, or there is none.
    private static List<string>? ValuesOf(ConstraintKind kind, string list)
    {
        var values = new List<string>();
        foreach (var part in list.Split(',', StringSplitOptions.TrimEntries))
        {
            var value = kind == ConstraintKind.Kle
                ? Kle.IsPattern(part) ? part : null
                : IdentifierKey.Uuid(part)?.ToString();
            if (value is null || values.Count == MostValues) return null;
            if (!values.Contains(value)) values.Add(value);
        }

        return values;
    }

    private static ValueList<string> Common(ValueList<string>? before, List<string> values) =>
        before is { } limited ? [.. limited.Where(values.Contains)] : [.. values];

    // Of two patterns of which one is within the other, the narrower.
    private static ValueList<string> CommonKle(ValueList<string> before, List<string> values) =>
    [
        .. before.SelectMany(a => values.Select(b => Kle.IsWithin(a, b) ? a : Kle.IsWithin(b, a) ? b : null)).OfType<string>().Distinct(),
    ];
}
