using Portal.Ingestion.Domain;
using Portal.Ingestion.Operations;
using Portal.Ingestion.Quarantine;
using Portal.Platform.Ui;
using Portal.Platform.Ui.Lists;

namespace Portal.Features.Quarantine;

/// <summary>Which rows of the quarantine are shown.</summary>
public enum QuarantineView
{
    /// <summary>Rows that wait for somebody.</summary>
    Waiting,

    /// <summary>Rows of held causes.</summary>
    Held,

    /// <summary>Closed rows.</summary>
    Closed,
}

/// <summary>The filter of the quarantine and how it is shown, as in its URL and in that of its file.</summary>
/// <param name="Reason">Null for all.</param>
/// <param name="Cause">A cause's key; null for all.</param>
public sealed record QuarantineChoice(QuarantineReason? Reason = null, string? Cause = null, QuarantineView View = QuarantineView.Waiting)
{
    private const string HeldName = "holdt", ClosedName = "lukket";

    /// <summary>How the list is shown.</summary>
    public ListLook Look { get; init; } = ListLook.Usual;

    /// <summary>True when no rows of the view are left out.</summary>
    public bool IsWhole => Reason is null && Cause is null;

    /// <summary>The URL's query, without the question mark.</summary>
    public string Query => Look.In(string.Join('&', new[]
    {
        ("grund", Reason is { } reason ? reason.ToWire() : null), ("aarsag", Cause),
        ("vis", View switch { QuarantineView.Held => HeldName, QuarantineView.Closed => ClosedName, _ => null }),
    }.Where(p => p.Item2 is not null).Select(p => $"{p.Item1}={Uri.EscapeDataString(p.Item2!)}")));

    /// <summary>The page's URL with this choice.</summary>
    public string Link => Query.Length == 0 ? PortalUrls.Quarantine : $"{PortalUrls.Quarantine}?{Query}";

    /// <summary>The columns of the view.</summary>
    internal ListShape Shape => QuarantineShape.Of(View);

    /// <summary>From the values of a URL by their names; an invalid value does not filter.</summary>
    public static QuarantineChoice Read(Func<string, string?> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        bool Says(string view) => string.Equals(value("vis"), view, StringComparison.OrdinalIgnoreCase);
        var view = Says(ClosedName) ? QuarantineView.Closed : Says(HeldName) ? QuarantineView.Held : QuarantineView.Waiting;
        var reason = Enum.GetValues<QuarantineReason>().Select(r => (QuarantineReason?)r)
            .FirstOrDefault(r => r!.Value.ToWire().Equals(value("grund"), StringComparison.OrdinalIgnoreCase));

        // What is no key is kept, since it selects nothing; but addresses must not hold a person's number.
        return new QuarantineChoice(reason, value("aarsag") is { Length: > 0 } cause ? CprNumber.MaskIn(cause) : null, view)
        {
            Look = ListLook.Read(QuarantineShape.Of(view), value),
        };
    }

    /// <summary>The rows. A cause that no longer exists selects no rows, not all.</summary>
    public QuarantineSelection SelectionAmong(IReadOnlyList<QuarantineCause> causes)
    {
        var cause = Cause is null ? null : causes.FirstOrDefault(c => c.Key == Cause);
        return new QuarantineSelection
        {
            Reason = Reason ?? cause?.Reason, Detail = Cause is null ? null : cause?.Detail ?? "",
            Closed = View == QuarantineView.Closed, Held = View == QuarantineView.Held,
        };
    }
}
