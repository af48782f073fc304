namespace Portal.Ingestion.Letters;

/// <summary>A letter as a case system sends it, before validation: every field may be missing or wrong.</summary>
public sealed record LetterSubmission
{
    public string? CaseNumber { get; init; }
    public string? CaseType { get; init; }
    public string? LetterId { get; init; }
    public string? Title { get; init; }
    public RecipientSubmission? Recipient { get; init; }
    public string? Channel { get; init; }
    public bool? Decision { get; init; }
    public string? SentAt { get; init; }
    public LetterIdentifiers? Identifiers { get; init; }
    public IReadOnlyList<DocumentSubmission?>? Documents { get; init; }
    public string? Receipts { get; init; }
    public string? PostCategory { get; init; }

    /// <inheritdoc cref="LetterRegistration.Replaces" />
    public string? Replaces { get; init; }

    /// <inheritdoc cref="LetterRegistration.Kle" />
    public string? Kle { get; init; }

    /// <inheritdoc cref="LetterRegistration.OrganisationUnit" />
    public string? OrganisationUnit { get; init; }
}

/// <summary>The addressee as sent.</summary>
public sealed record RecipientSubmission
{
    public string? Name { get; init; }
    public string? Id { get; init; }
    public string? IdType { get; init; }

    /// <summary>The type's name only: the person number must not reach a log by accident.</summary>
    public override string ToString() => nameof(RecipientSubmission);
}

/// <summary>A document as sent.</summary>
public sealed record DocumentSubmission
{
    public string? Name { get; init; }
    public string? Sha256 { get; init; }
}

/// <summary>The JSON path of a wrong field, and what is wrong, in Danish.</summary>
public sealed record LetterProblem(string Field, string Message);

/// <summary>A valid letter, or its problems: never both.</summary>
public sealed record LetterValidationResult(LetterRegistration? Letter, IReadOnlyList<LetterProblem> Problems)
{
    /// <summary>Fields whose text was encoded twice and was corrected (<see cref="Domain.TwiceEncoded"/>).</summary>
    public IReadOnlyList<string> Mended { get; init; } = [];
}
