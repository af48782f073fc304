using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Access;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Messages;

/// <summary>Puts together what a message shows: its row, its kind, its type's name, the letter it belongs to, and what only its content tells.</summary>
internal sealed class MessageProjection(IngestionDbContext db, Kinds kinds, ContentReader contents, Viewer viewer)
{
    /// <summary>The messages as views, in the rows' order.</summary>
    /// <param name="objects">Read the contents for the objects too; lists on pages do without.</param>
    public async Task<IReadOnlyList<MessageView>> TellAsync(IReadOnlyList<StoredMessage> rows, bool objects, CancellationToken cancellationToken)
    {
        var sequences = rows.Select(r => r.Sequence).ToArray();
        var places = await MessageSearch.Placed(db, viewer).Where(p => EF.Parameter(sequences).Contains(p.Sequence)).ToDictionaryAsync(p => p.Sequence, cancellationToken);
        var asked = rows.Where(r => objects || kinds[r.Kind].Abridged || MessageRow.MayBeCut(r.ErrorText)).Select(r => r.Sequence).ToList();
        var bytes = await contents.ReadAsync(db, asked, cancellationToken);
        return [.. rows.Select(row => Tell(row, places.GetValueOrDefault(row.Sequence), bytes.TryGetValue(row.Sequence, out var content) ? HaendelsesbeskedReader.Read(content) : null))];
    }

    private MessageView Tell(StoredMessage row, PlacedMessage? place, EnvelopeReading? reading)
    {
        var understood = reading as EnvelopeReading.Understood;
        var kind = kinds[row.Kind];
        var type = kinds.NameOf(kind);
        var confidential = kinds.IsConfidential(kind);
        if (kind.Abridged && understood is not null) kind = MessageRow.WholeKindOf(understood, kind);
        return new MessageView
        {
            Sequence = row.Sequence,
            BeskedId = row.BeskedId,
            Beskedtype = kind.Beskedtype,
            BeskedtypeName = type,
            Transport = kind.Transport,
            ReceivedAt = row.ReceivedAt,
            CreatedAt = row.CreatedAt,
            RegisteredAt = row.RegisteredAt,
            Deliveries = row.Deliveries,
            ResponsibleAuthority = CprNumber.MaskInOrNull(kind.ResponsibleAuthority),
            Action = CprNumber.MaskInOrNull(kind.Action),
            ActionName = CprNumber.MaskInOrNull(kind.ActionName),
            Sensitivity = kind.Sensitivity,
            Objects = understood is null ? [] : MessageRow.ObjectsOf(understood.Besked),
            PostStatus = kind.IsPostStatus ? StatusOf(row, kind, understood?.PostStatus) : null,
            PayloadTrouble = kind.PayloadTrouble,
            Case = place?.CaseNumber,
            LetterId = place?.LetterId,
            Sha256 = Convert.ToHexStringLower(row.Sha256),
            Bytes = row.Bytes,
            ErasedAt = row.ErasedAt,
            Confidential = confidential,
        };
    }

    private static PostStatusView StatusOf(StoredMessage row, StoredKind kind, PostStatus? whole)
    {
        // Masked once more: what an earlier version stored was masked by an earlier rule.
        var identifiers = MessageIdentifiers.Unpack(row.Identifiers).Select(i => i with { Value = CprNumber.MaskIn(i.Value) }).ToList();
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
            At = row.StatusAt,
            CorrelationId = identifiers.Of(IdentifierRole.CorrelationId),
            EventCodes = string.IsNullOrEmpty(kind.EventCodes) ? [] : [.. kind.EventCodes.Split(';').Select(CprNumber.MaskIn)],
            Error = kind.ErrorCode is null && error is null ? null : new PostError(CprNumber.MaskInOrNull(kind.ErrorCode), error),
        };
    }
}
