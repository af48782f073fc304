using System.Text.Json.Serialization;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Log;
using Portal.Ingestion.Log.Content;

namespace Portal.Features.Messages.Api;

/// <summary>A message as JSON. Times are UTC.</summary>
/// <param name="Unreadable">Null, or why a stored part of the message cannot be read: damaged, changed, unknown-encoding, missing,
/// not-understood, unknown-kind, identifiers, time, number. The fields that can be read are present.</param>
public sealed record MessageJson(
    long Sequence, string BeskedId, string Beskedtype, string BeskedtypeName, string Transport, DateTimeOffset ReceivedAt,
    DateTimeOffset? CreatedAt,
    DateTimeOffset? RegisteredAt, int Deliveries, string? ResponsibleAuthority, string? Action, string? ActionName, string? Sensitivity,
    IReadOnlyList<MessageObject> Objects, PostStatusJson? PostStatus, string? Case, string? LetterId, LedgerJson Ledger,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Unreadable)
{
    /// <summary>Converts a message.</summary>
    public static MessageJson Of(MessageView message) => new(
        message.Sequence, message.BeskedId, message.Beskedtype, message.BeskedtypeName, message.Transport, message.ReceivedAt,
        message.CreatedAt,
        message.RegisteredAt, message.Deliveries, message.ResponsibleAuthority, message.Action, message.ActionName, message.Sensitivity,
        message.Objects, PostStatusJson.Of(message.PostStatus), message.Case, message.LetterId,
        LedgerJson.Of(message.Sequence, message.Sha256),
        message.Unreadable?.ToWire());
}

/// <summary>The post status (PKO_PostStatus) in a message.</summary>
public sealed record PostStatusJson(
    string? TransmissionId, string? MessageUuid, string? MessageId, string? Channel, string? Status, DateTimeOffset? At,
    string? CorrelationId, PostError? Error)
{
    /// <summary>Null for a message that is not a post status.</summary>
    public static PostStatusJson? Of(PostStatusView? status) => status is null
        ? null
        : new(status.TransmissionId, status.MessageUuid, status.MessageId, status.Channel, status.Status, status.At, status.CorrelationId,
            status.Error);
}

/// <summary>A message's leaf in the ledger.</summary>
/// <param name="Sha256">Of the exact bytes, lower-case hex.</param>
/// <param name="LeafIndex">Sequence number minus 1: leaves are numbered from 0.</param>
public sealed record LedgerJson(string Sha256, long LeafIndex)
{
    /// <summary>The leaf of the message with this sequence number.</summary>
    public static LedgerJson Of(long sequence, string sha256) => new(sha256, sequence - 1);
}
