using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Log.Content;
using Portal.Ingestion.Log.MessageKinds;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Log;

/// <summary>
/// Builds the view of a message from its row, its kind, its type's name, its letter, and its content where that is needed.
/// </summary>
internal sealed class MessageProjection(IngestionDbContext db, MessageKindSnapshot kinds, ContentReader contents, Viewer viewer)
{
    /// <summary>
    /// The messages as views, in the rows' order. An unreadable row is included, with <see cref="MessageView.Unreadable"/> set.
    /// </summary>
    /// <param name="objects">Also read the contents, for <see cref="MessageView.Objects"/>; pages' lists do not need them.</param>
    public async Task<IReadOnlyList<MessageView>> BuildAsync(
        IReadOnlyList<StoredMessage> rows, bool objects, CancellationToken cancellationToken)
    {
        var sequences = rows.Select(r => r.Sequence).ToArray();
        var placed = await MessageSearch.Placed(db, viewer).Where(p => EF.Parameter(sequences).Contains(p.Sequence))
            .OrderBy(p => p.Part).ToListAsync(cancellationToken);

        // A message about several letters is listed with the first of them.
        var places = placed.GroupBy(p => p.Sequence).ToDictionary(g => g.Key, g => g.First());
        var asked = rows.Where(r => objects || kinds[r.Kind].Abridged || MessageDraftBuilder.MayBeCut(r.ErrorText))
            .Select(r => r.Sequence).ToList();
        var read = await contents.ReadAsync(db, asked, cancellationToken);
        var gone = await GoneAsync([.. rows.Where(r => r.ErasedAt is null && !read.ContainsKey(r.Sequence)).Select(r => r.Sequence)
            .Intersect(asked)], cancellationToken);
        return [.. rows.Select(row =>
        {
            var content = read.TryGetValue(row.Sequence, out var found) ? found : default;
            var reading = content.Bytes is { } bytes ? HaendelsesbeskedReader.Read(bytes) : null;
            var problem = content.Problem
                ?? (gone.Contains(row.Sequence) ? UnreadableReason.Missing
                    : reading is EnvelopeReading.NotUnderstood ? UnreadableReason.NotUnderstood
                    : null);
            return Build(row, places.GetValueOrDefault(row.Sequence), reading, problem);
        })];
    }

    // A message may be erased between the two reads: then its missing bytes are not an error.
    private async Task<HashSet<long>> GoneAsync(long[] without, CancellationToken cancellationToken) => without.Length == 0
        ? []
        : await db.Messages.Where(m => EF.Parameter(without).Contains(m.Sequence) && m.ErasedAt == null).Select(m => m.Sequence)
            .ToHashSetAsync(cancellationToken);

    private MessageView Build(StoredMessage row, PlacedMessage? place, EnvelopeReading? reading, UnreadableReason? problem)
    {
        var understood = reading as EnvelopeReading.Understood;
        var kind = kinds[row.Kind];
        var type = kinds.NameOf(kind);
        var confidential = kinds.IsConfidential(kind);
        if (kind.Abridged && understood is not null) kind = MessageDraftBuilder.WholeKindOf(understood, kind);
        var identifiers = MessageIdentifiers.Unpack(row.Identifiers, out var whole);
        if (!kinds.Knows(row.Kind)) problem = UnreadableReason.UnknownKind;
        else if (Times(row).Any(StoredTime.IsUnreadable)) problem ??= UnreadableReason.Time;
        else if (!whole) problem ??= UnreadableReason.Identifiers;
        else if (StoredNumber.IsUnreadable(row.Bytes) || StoredNumber.IsUnreadable(row.Deliveries)) problem ??= UnreadableReason.Number;
        return new MessageView
        {
            Sequence = row.Sequence,
            BeskedId = ShownBeskedId.Of(row),
            Beskedtype = CprNumber.MaskIn(kind.Beskedtype),
            BeskedtypeName = type,
            Transport = kind.Transport,
            ReceivedAt = row.ReceivedAt,
            CreatedAt = Readable(row.CreatedAt),
            RegisteredAt = Readable(row.RegisteredAt),
            Deliveries = row.Deliveries,
            ResponsibleAuthority = CprNumber.MaskInOrNull(kind.ResponsibleAuthority),
            Action = CprNumber.MaskInOrNull(kind.Action),
            ActionName = CprNumber.MaskInOrNull(kind.ActionName),
            Sensitivity = CprNumber.MaskInOrNull(kind.Sensitivity),
            Objects = understood is null ? [] : MessageDraftBuilder.ObjectsOf(understood.Besked),
            PostStatus = kind.IsPostStatus ? StatusOf(row, kind, identifiers, understood?.PostStatus) : null,
            PayloadProblem = kind.PayloadTrouble,
            Case = place?.CaseNumber,
            LetterId = place?.LetterId,
            Sha256 = Convert.ToHexStringLower(row.Sha256),
            Bytes = row.Bytes,
            ErasedAt = row.ErasedAt,
            Confidential = confidential,
            Unreadable = problem,
        };
    }

    private static DateTimeOffset?[] Times(
        StoredMessage row) => [row.ReceivedAt, row.CreatedAt, row.RegisteredAt, row.StatusAt, row.ErasedAt];

    private static DateTimeOffset? Readable(DateTimeOffset? time) => StoredTime.IsUnreadable(time) ? null : time;

    private static PostStatusView StatusOf(
        StoredMessage row, StoredMessageKind kind, IReadOnlyList<MessageIdentifier> identifiers, PostStatus? whole)
    {
        // Masked again, since an earlier version stored it with an earlier rule of masking.
        identifiers = identifiers.Select(i => i with { Value = CprNumber.MaskIn(i.Value) }).ToList();
        var error = CprNumber.MaskInOrNull(whole is null ? row.ErrorText : whole.FejlTekst);
        return new PostStatusView
        {
            TransmissionId = identifiers.Of(IdentifierRole.TransmissionId),
            MessageUuid = identifiers.Of(IdentifierRole.MessageUuid),
            MessageId = identifiers.Of(IdentifierRole.MessageId),
            AfsendelseIdentifikator = identifiers.Of(IdentifierRole.AfsendelseIdentifikator),
            ForsendelseIdentifikator = identifiers.Of(IdentifierRole.ForsendelseIdentifikator),
            Channel = CprNumber.MaskInOrNull(kind.Channel),
            Status = CprNumber.MaskInOrNull(kind.StatusText),
            At = Readable(row.StatusAt),
            CorrelationId = identifiers.Of(IdentifierRole.CorrelationId),
            EventCodes = string.IsNullOrEmpty(kind.EventCodes) ? [] : [.. kind.EventCodes.Split(';').Select(CprNumber.MaskIn)],
            Error = kind.ErrorCode is null && error is null ? null : new PostError(CprNumber.MaskInOrNull(kind.ErrorCode), error),
        };
    }
}
