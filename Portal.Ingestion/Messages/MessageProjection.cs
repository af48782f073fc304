using Portal.Ingestion.Access;
using Portal.Ingestion.Catalogue;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Messages;

/// <summary>Joins what a message shows: its row, its type's name, the letter it belongs to.</summary>
internal static class MessageProjection
{
    public static IQueryable<Row> Rows(IngestionDbContext db, IQueryable<StoredMessage> messages, Viewer viewer)
    {
        var placed = MessageSearch.Placed(db, viewer);
        return from message in messages
               join type in db.Beskedtyper on message.Beskedtype equals type.Beskedtype into types
               from type in types.DefaultIfEmpty()
               join place in placed on message.Sequence equals place.Sequence into places
               from place in places.DefaultIfEmpty()
               select new Row { Message = message, TypeName = type!.Name, ConfidentialType = (bool?)type.Confidential, CaseNumber = place!.CaseNumber, LetterId = place.LetterId };
    }

    public static MessageView ToView(Row row)
    {
        var m = row.Message;
        return new MessageView
        {
            Sequence = m.Sequence,
            BeskedId = m.BeskedId,
            Beskedtype = m.Beskedtype,
            BeskedtypeName = row.TypeName ?? CatalogueSeed.UnknownName,
            Transport = m.Transport,
            ReceivedAt = m.ReceivedAt,
            CreatedAt = m.CreatedAt,
            RegisteredAt = m.RegisteredAt,
            Deliveries = m.Deliveries,
            ResponsibleAuthority = m.ResponsibleAuthority,
            Action = m.Action,
            ActionName = m.ActionName,
            Sensitivity = m.Sensitivity,
            Objects = MessageRow.ObjectsFrom(m.ObjectsJson),
            PostStatus = m.IsPostStatus ? StatusOf(m) : null,
            PayloadTrouble = m.PayloadTrouble,
            Case = row.CaseNumber,
            LetterId = row.LetterId,
            Sha256 = Convert.ToHexStringLower(m.Sha256),
            Bytes = m.Bytes,
            Confidential = m.Classified || (row.ConfidentialType ?? true),
        };
    }

    private static PostStatusView StatusOf(StoredMessage m) => new()
    {
        TransmissionId = m.TransmissionId,
        MessageUuid = m.MessageUuid,
        MessageId = m.MessageId,
        AfsendelseIdentifikator = m.AfsendelseIdentifikator,
        ForsendelseIdentifikator = m.ForsendelseIdentifikator,
        Channel = m.Channel,
        Status = m.StatusText,
        At = m.StatusAt,
        CorrelationId = m.CorrelationId,
        EventCodes = string.IsNullOrEmpty(m.EventCodes) ? [] : [.. m.EventCodes.Split(';')],
        Error = m.ErrorCode is null && m.ErrorText is null ? null : new PostError(m.ErrorCode, m.ErrorText),
    };

    /// <summary>A message with what stands beside it.</summary>
    internal sealed class Row
    {
        public required StoredMessage Message { get; init; }
        public required string? TypeName { get; init; }
        public required bool? ConfidentialType { get; init; }
        public required string? CaseNumber { get; init; }
        public required string? LetterId { get; init; }
    }
}
