using Microsoft.Extensions.Localization;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Meanings;
using Portal.Ingestion.Log;
using Portal.Platform.Ui;

namespace Portal.Features.Messages;

/// <summary>How a message's status is shown: its kind and its word.</summary>
public static class MessageStatus
{
    /// <summary>The gravest kind of the status; <see cref="StatusKind.Unknown"/> for messages that are not a post status.</summary>
    public static StatusKind KindOf(MessageView message, EffectiveMeanings meanings) =>
        StatusClassifier.Gravest(StatusClassifier.Classify(
            message.Action, message.PostStatus?.Status ?? message.ActionName, message.PostStatus?.EventCodes ?? [],
            meanings));

    /// <summary>The chip's word: the portal's for a known kind, otherwise the sender's.</summary>
    public static string WordOf(MessageView message, StatusKind kind, IStringLocalizer<UiTexts> words)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(words);
        return kind is StatusKind.Unknown && (message.ActionName ?? message.PostStatus?.Status) is { Length: > 0 } own
            ? StatusName.Of(own, words)!
            : words[$"Status{ActionTexts.NameOf(message, kind)}"];
    }
}
