namespace Portal.Features.Messages;

/// <summary>Names the texts of the live stream and the message page (<c>MessageTexts.resx</c>, Danish; <c>.en.resx</c>, English).</summary>
public sealed class MessageTexts;
