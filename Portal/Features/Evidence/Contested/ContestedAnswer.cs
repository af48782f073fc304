using Portal.Platform.Documents.Model;

namespace Portal.Features.Evidence.Contested;

/// <summary>The answer to one of Ankestyrelsen's questions, filled from the letter; the texts are Danish, as the document is.</summary>
/// <param name="Question">What is asked.</param>
/// <param name="Answer">A word or two.</param>
/// <param name="RestsOn">What the answer rests on, and no more than that shows.</param>
internal sealed record ContestedAnswer(string Question, string Answer, Tone Tone, IReadOnlyList<string> RestsOn)
{
    /// <summary>What is missing; empty when nothing is.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>Whom to ask, and what about.</summary>
    public IReadOnlyList<string> Ask { get; init; } = [];
}
