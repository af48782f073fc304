using Portal.Ingestion.Domain;
using Portal.Ingestion.Letters;

namespace Portal.Tests.Features.Registering;

/// <summary>Takes every letter as new, unless told to refuse.</summary>
internal sealed class FakeRegistry : ILetterRegistry, ILetterPreview
{
    /// <summary>What the next registrations throw; null: they are taken.</summary>
    public Exception? Error { get; set; }

    public List<LetterRegistration> Stored { get; } = [];

    /// <summary>The source of the latest registration.</summary>
    public RegistrationSource Source { get; private set; }

    public Task<IReadOnlyList<RegistrationOutcome>> PreviewAsync(
        Viewer viewer, IReadOnlyList<LetterRegistration> letters, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<RegistrationOutcome>>([.. letters.Select(_ => RegistrationOutcome.Created)]);

    /// <summary>The registered letter that has the MessageUUID of each.</summary>
    public LetterOfSameUuid? SameUuid { get; set; }

    public Task<IReadOnlyList<LetterOfSameUuid?>> SameUuidAsync(
        Viewer viewer, IReadOnlyList<LetterRegistration> letters, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<LetterOfSameUuid?>>([.. letters.Select(_ => SameUuid)]);

    public Task<IReadOnlyList<RegistrationOutcome>> RegisterAsync(
        Viewer viewer, IReadOnlyList<LetterRegistration> letters, RegistrationSource source, CancellationToken cancellationToken)
    {
        if (Error is not null) throw Error;
        Stored.AddRange(letters);
        Source = source;
        return PreviewAsync(viewer, letters, cancellationToken);
    }
}
