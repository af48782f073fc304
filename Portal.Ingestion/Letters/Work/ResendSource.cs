using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Letters.Work;

/// <summary>A letter that is to be sent again.</summary>
/// <param name="RowId">The letter's id on the worklist, such as <c>l-17</c>.</param>
/// <param name="Letter">The registration, with person numbers masked.</param>
public sealed record ResendDraft(string RowId, LetterRegistration Letter);

/// <summary>Reads what the registration of a new letter takes over from the letter that it is sent instead of.</summary>
public interface IResendSource
{
    /// <summary>
    /// The letter of a worklist row; null when the viewer may not register letters for its authority, or its registration was erased.
    /// </summary>
    [Demands(DemandsAttribute.CaseWork)]
    Task<ResendDraft?> FindAsync(Viewer viewer, string? rowId, CancellationToken cancellationToken);

    /// <summary>The letter's addressee with the whole number, for registering it again and never for showing it; null as above.</summary>
    [Demands(DemandsAttribute.CaseWork)]
    Task<LetterRecipient?> RecipientAsync(Viewer viewer, string? rowId, CancellationToken cancellationToken);
}

/// <summary>Reads letters that are to be sent again from the database.</summary>
internal sealed class ResendSource(IDbContextFactory<IngestionDbContext> contexts) : IResendSource
{
    /// <inheritdoc />
    public async Task<ResendDraft?> FindAsync(Viewer viewer, string? rowId, CancellationToken cancellationToken) =>
        await ReadAsync(viewer, rowId, cancellationToken) is { } letter ? new ResendDraft(rowId!, LetterMask.Of(letter)) : null;

    /// <inheritdoc />
    public async Task<LetterRecipient?> RecipientAsync(Viewer viewer, string? rowId, CancellationToken cancellationToken) =>
        (await ReadAsync(viewer, rowId, cancellationToken))?.Recipient;

    private async Task<LetterRegistration?> ReadAsync(Viewer viewer, string? rowId, CancellationToken cancellationToken)
    {
        if (WorkRow.Parse(rowId) is not { Rank: WorkRow.Letter } row || !viewer.MayCall<IResendSource>(nameof(FindAsync))) return null;
        viewer = viewer.WhereMayCall<IResendSource>(nameof(FindAsync));
        var own = viewer.AuthorityOf(ViewerRights.RegisterLetters);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var letter = await LetterFilter.Letters(db, viewer)
            .SingleOrDefaultAsync(l => l.Key == row.Key && l.Authority == own && l.StatusesErasedAt == null, cancellationToken);
        return letter is null ? null : RegistrationJson.Of(letter, out _);
    }
}
