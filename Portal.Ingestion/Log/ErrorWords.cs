using System.Text;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Log;

/// <summary>Finds messages by the words of their error text, which is long and rare, so it has its own full-text index.</summary>
internal static class ErrorWords
{
    /// <summary>
    /// The sequence numbers of messages whose error text contains the words of <paramref name="word"/> in sequence, the last one as a
    /// prefix.
    /// </summary>
    public static IQueryable<long> Holding(IngestionDbContext db, string word)
    {
        var tokens = Tokens(word);
        return tokens.Count == 0 ? db.Messages.Where(m => false).Select(m => m.Sequence) : db.HoldingWords(tokens);
    }

    /// <summary>The words of a text (runs of letters and digits).</summary>
    public static IReadOnlyList<string> Tokens(string word)
    {
        var tokens = new List<string>();
        var token = new StringBuilder();
        foreach (var c in word.Append(' '))
        {
            if (char.IsLetterOrDigit(c))
            {
                token.Append(c);
            }
            else if (token.Length > 0)
            {
                tokens.Add(token.ToString());
                token.Clear();
            }
        }

        return tokens;
    }
}
