using Microsoft.Extensions.Localization;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Meanings;
using Portal.Ingestion.Log;
using Portal.Platform.Ui;

namespace Portal.Features.Messages;

/// <summary>Explains a message in plain words. Names no person.</summary>
public static class MessageStory
{
    private const int LongestText = 600;

    /// <summary>One sentence: what happened, to which letter.</summary>
    public static string Sentence(MessageView message, EffectiveMeanings meanings, IStringLocalizer texts)
    {
        if (message.PostStatus is null && message.Beskedtype != KnownBeskedtyper.PostStatus)
        {
            return message.ActionName is { } action
                ? texts["StoryEvent", action, message.BeskedtypeName]
                : texts["StoryOther", message.BeskedtypeName];
        }

        var letter = message.Case is { } number ? texts["StoryLetterOfCase", number] : texts["StoryLetterUnknown"];
        var channel = message.PostStatus?.Channel ?? meanings.SenderName(message.ResponsibleAuthority) ?? texts["StoryChannelUnknown"];
        var kind = MessageStatus.KindOf(message, meanings);
        return kind is StatusKind.Unknown
            ? texts["StoryUnknown", letter.Value, message.ActionName ?? message.PostStatus?.Status ?? "–"]
            : texts[$"Story{ActionTexts.NameOf(message, kind)}", letter.Value, channel];
    }

    /// <summary>The sender's error text, shortened: it can be a long stack trace with markup, and is shown as text.</summary>
    public static string Shortened(string text) => SendersText.Lines(text, LongestText);

    /// <summary>The classification in words: "Ikke fortrolig", "Fortrolig", or as written.</summary>
    public static string Classification(MessageView message, IStringLocalizer texts) => message.Sensitivity switch
    {
        null => texts["NotStated"],
        KnownSikkerhedsklassificeringer.IkkeFortrolig => texts["NotConfidential"],
        var s when KnownSikkerhedsklassificeringer.Fortrolige.Contains(s) => texts["Confidential"],
        var s => s,
    };
}
