using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Work;

namespace Portal.Features.Cases;

/// <summary>The items of a case page that are marked when they change: letters and statuses. Pure.</summary>
public static class CaseNews
{
    private const int MostNamed = 3;

    /// <summary>The key of a letter's mark.</summary>
    public static string OfLetter(LetterView letter)
    {
        ArgumentNullException.ThrowIfNull(letter);
        return "brev " + letter.LetterId;
    }

    /// <summary>The key of a status's mark; it names the letter, since one message may belong to several letters.</summary>
    public static string OfStatus(LetterView letter, LetterEvent status)
    {
        ArgumentNullException.ThrowIfNull(status);
        return $"status {status.Key} {OfLetter(letter)}";
    }

    /// <summary>The items that can be marked, each with the state whose change is news. The assignment of a letter's row is not.</summary>
    public static IEnumerable<(string Key, object? State)> Of(CaseView? found)
    {
        foreach (var letter in found?.Letters ?? [])
        {
            var work = letter.Work.Count(w => w.Kind is not (WorkActionKind.Assigned or WorkActionKind.Released));
            var state = (letter.Verdict, letter.VerdictAt, letter.Contradiction, letter.Events.Count, work, letter.Corrections.Count,
                letter.RuleChanges.Count);
            yield return (OfLetter(letter), (state, letter.Incidents.Count, letter.ReplacedBy?.Verdict));
            foreach (var status in letter.Events) yield return (OfStatus(letter, status), status.ByHand);
        }
    }

    /// <summary>
    /// The announcement of the letters among <paramref name="keys"/>: title and explanation of the first three, and the number of the rest.
    /// Empty when there are none.
    /// </summary>
    public static string Words(CaseView? found, IReadOnlyList<string> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var letters = (found?.Letters ?? []).Where(l => keys.Contains(OfLetter(l))).ToList();
        var named = letters.Take(MostNamed).Select(l => $"{l.Title}: {l.Explanation.Localized}");
        return string.Join(" ", letters.Count > MostNamed ? named.Append($"(+{letters.Count - MostNamed})") : named);
    }
}
