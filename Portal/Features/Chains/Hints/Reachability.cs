using Portal.Features.Chains.Document;

namespace Portal.Features.Chains.Hints;

/// <summary>Finds which boxes are reachable from which over any number of links, also in chains with cycles.</summary>
public sealed class Reachability
{
    private readonly ChainDocument _document;
    private readonly ILookup<string, string> _to;
    private readonly ILookup<string, string> _from;

    /// <summary>Reads the links of a document.</summary>
    public Reachability(ChainDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        _document = document;
        var links = document.PresentLinks.ToList();
        (_to, _from) = (links.ToLookup(l => l.From, l => l.To), links.ToLookup(l => l.To, l => l.From));
    }

    /// <summary>True when a path leads from the box to one of the kind.</summary>
    public bool LeadsTo(string id, ChainKind kind) => Reaches(id, kind, _to);

    /// <summary>True when a path leads to the box from one of the kind.</summary>
    public bool ComesFrom(string id, ChainKind kind) => Reaches(id, kind, _from);

    /// <summary>True when anything leads to the box.</summary>
    public bool HasSource(string id) => _from.Contains(id);

    /// <summary>The boxes that lead to the box by one link.</summary>
    public IEnumerable<ChainElement> SourcesOf(string id) => _from[id].Select(_document.Find).OfType<ChainElement>();

    private bool Reaches(string id, ChainKind kind, ILookup<string, string> ways)
    {
        var (seen, waiting) = (new HashSet<string>(StringComparer.Ordinal) { id }, new Queue<string>([id]));
        while (waiting.TryDequeue(out var here))
        {
            foreach (var next in ways[here].Where(seen.Add))
            {
                if (_document.Find(next)?.Kind == kind) return true;
                waiting.Enqueue(next);
            }
        }

        return false;
    }
}
