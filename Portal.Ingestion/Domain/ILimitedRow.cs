namespace Portal.Ingestion.Domain;

/// <summary>A row that is within the limits of a grant, or not, by its fields.</summary>
public interface ILimitedRow
{
    /// <summary>CVR number.</summary>
    string Authority { get; }

    /// <summary><see cref="Kle.CodeOf"/> of the KLE number; null without one.</summary>
    int? Kle { get; }

    /// <summary>UUID in lower case with hyphens; null without one.</summary>
    string? OrganisationUnit { get; }
}
