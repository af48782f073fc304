using System.Text.Json.Serialization;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Log;
using Portal.Ingestion.Log.Content;

namespace Portal.Features.Messages.Api;

/// <summary>A message on the wire.</summary>
/// <param name="Unreadable">
/// Null, or why something stored of the message cannot be read: damaged, changed, unknown-encoding, missing, not-understood,
/// unknown-kind, identifiers, time, number. The
/// fields that could be read are given all the same.
/// </param>
public sealed record MessageJson(
    long Sequence, string BeskedId, string Beskedtype, string BeskedtypeName, string Transport, DateTimeOffset ReceivedAt,
    DateTimeOffset? CreatedAt,
    DateTimeOffset? RegisteredAt, int Deliveries, string? ResponsibleAuthority, string? Action, string? ActionName, string? Sensitivity,
    IReadOnlyList<MessageObject> Objects, PostStatusJson? PostStatus, string? Case, string? LetterId, LedgerJson Ledger,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Unreadable)
{
    /// <summary>What a reader gave, as it is on the wire.</summary>
    public static MessageJson Of(MessageView message) => new(
        message.Sequence, message.BeskedId, message.Beskedtype, message.BeskedtypeName, message.Transport, message.ReceivedAt,
        message.CreatedAt,
        message.RegisteredAt, message.Deliveries, message.ResponsibleAuthority, message.Action, message.ActionName, message.Sensitivity,
        message.Objects, PostStatusJson.Of(message.PostStatus), message.Case, message.LetterId,
        LedgerJson.Of(message.Sequence, message.Sha256),
        message.Unreadable?.ToWire());
}

/// <summary>What a message says of a letter.</summary>
public sealed record PostStatusJson(
    string? TransmissionId, string? MessageUuid, string? MessageId, string? Channel, string? Status, DateTimeOffset? At,
    string? CorrelationId, PostError? Error)
{
    /// <summary>Null for a message that is no post status.</summary>
    public static PostStatusJson? Of(PostStatusView? status) => status is null
        ? null
        : new(status.TransmissionId, status.MessageUuid, status.MessageId, status.Channel, status.Status, status.At, status.CorrelationId,
            status.Error);
}

/// <summary>A message's place in the log.</summary>
/// <param name="Sha256">Of the exact bytes, lower-case hex.</param>
/// <param name="LeafIndex">Sequence number less one: leaves count from 0.</param>
public sealed record LedgerJson(string Sha256, long LeafIndex)
{
    /// <summary>The place of the message with this sequence number.</summary>
    public static LedgerJson Of(long sequence, string sha256) => new(sha256, sequence - 1);
}
