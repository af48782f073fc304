namespace Portal.Ingestion.Domain;

/// <summary>
/// Who reads: a signed-in person, an API key, or the portal itself. Every read of messages, letters, quarantine and counts takes a viewer,
/// and answers as if what the viewer may not see did not exist.
/// </summary>
/// <param name="Id">Stable id for the access log; never a CPR number.</param>
/// <param name="Name">Name as shown.</param>
/// <param name="Rights">What the viewer may do.</param>
/// <param name="Authorities">CVR numbers (eight digits) whose data the viewer may see.</param>
/// <param name="Types">Message types the viewer may see.</param>
public sealed record Viewer(string Id, string Name, ViewerRights Rights, IReadOnlyList<string> Authorities, TypeScope Types)
{
    private readonly ValueList<Grant>? _grants;

    /// <summary>
    /// What the viewer may do where, and within which limits. Without grants of its own a viewer has its rights at all its authorities,
    /// without limits.
    /// </summary>
    public IReadOnlyList<Grant> Grants =>
        _grants is not null ? _grants : [.. Authorities.Select(a => new Grant(a, Rights, Types, AccessLimits.None))];

    /// <summary>A viewer whose rights differ by authority, or have limits.</summary>
    /// <param name="grants">In the order of the authorities: the first is the viewer's own.</param>
    public static Viewer Of(string id, string name, IEnumerable<Grant> grants)
    {
        ValueList<Grant> all = [.. grants];
        var rights = all.Aggregate(ViewerRights.None, (sum, grant) => sum | grant.Effective);
        var types = new TypeScope(
            all.Any(g => g.Types.All), all.Any(g => g.Types.OpenTypes), [.. all.SelectMany(g => g.Types.Granted).Distinct()]);
        return new Viewer(id, name, rights, [.. all.Select(g => g.Authority).Distinct()], types, all);
    }

    private Viewer(
        string id, string name, ViewerRights rights, IReadOnlyList<string> authorities, TypeScope types, ValueList<Grant> grants)
        : this(id, name, rights, authorities, types) => _grants = grants;

    /// <summary>True when the viewer has all of <paramref name="rights"/> at any of its authorities.</summary>
    public bool May(ViewerRights rights) => _grants is null
        ? (Rights & rights) == rights
        : rights == ViewerRights.None || _grants.Any(g => g.May(rights));

    /// <summary>Where, and within which limits, the viewer has all of <paramref name="rights"/>.</summary>
    public IReadOnlyList<Grant> GrantsOf(ViewerRights rights) => [.. Grants.Where(g => g.May(rights))];

    /// <summary>The authorities at which the viewer has all of <paramref name="rights"/>, within limits or not.</summary>
    public string[] AuthoritiesOf(ViewerRights rights) => [.. GrantsOf(rights).Select(g => g.Authority).Distinct()];

    /// <summary>The authorities at which the viewer has all of <paramref name="rights"/> without limits.</summary>
    public string[] WholeAuthoritiesOf(ViewerRights rights) =>
        [.. GrantsOf(rights).Where(g => g.Limits.IsNone).Select(g => g.Authority).Distinct()];

    /// <summary>
    /// The authority that an action with these rights belongs to: the first at which the viewer has them; null when there is none.
    /// </summary>
    public string? AuthorityOf(ViewerRights rights) => GrantsOf(rights) is [var first, ..] ? first.Authority : null;

    /// <summary>The viewer with its rights at one authority alone, for deciding about what belongs to that authority.</summary>
    public Viewer At(string authority) => With(g => g.Authority == authority);

    /// <summary>
    /// The viewer where it has all of the rights, for finding what an action with them may be about: a right at one authority, or within
    /// one limit, gives nothing outside it.
    /// </summary>
    public Viewer Having(ViewerRights rights) => With(g => g.May(rights));

    /// <summary>The viewer with some of its grants; one whose rights are the same everywhere, and without limits, stays as it is.</summary>
    internal Viewer With(Func<Grant, bool> which) =>
        _grants is null ? this : Of(Id, Name, _grants.Where(which)) with { Session = Session };

    /// <summary>A viewer that sees nothing.</summary>
    public static Viewer Nobody { get; } = new("nobody", "", ViewerRights.None, [], TypeScope.None);

    /// <summary>
    /// The viewer's first authority; null when it has none. For what belongs to a right, see <see cref="AuthorityOf"/>.
    /// </summary>
    public string? OwnAuthority => Authorities.Count > 0 ? Authorities[0] : null;

    /// <summary>The id of the sign-in, for the access log; null for an API key and for the portal itself.</summary>
    public string? Session { get; init; }
}

/// <summary>What a viewer may do. A role, or the scopes of an API key, are translated to these in one place.</summary>
[Flags]
public enum ViewerRights
{
    None = 0,

    /// <summary>Read messages, payloads and masked XML.</summary>
    Messages = 1,

    /// <summary>Read cases and letters with recipients' names.</summary>
    Cases = 2,

    /// <summary>Read counts that name no person.</summary>
    Counts = 4,

    /// <summary>Read the quarantine.</summary>
    Quarantine = 8,

    /// <summary>Read exact bytes, a source system's credentials in them included.</summary>
    ExactBytes = 16,

    /// <summary>Register letters.</summary>
    RegisterLetters = 32,

    /// <summary>Push messages.</summary>
    Push = 64,

    /// <summary>Read the catalogue of message types with volumes.</summary>
    Catalogue = 128,

    /// <summary>See operating state.</summary>
    Operate = 256,

    /// <summary>Read chains, benefits and reports.</summary>
    Chains = 512,

    /// <summary>Edit chains, and build workshops.</summary>
    EditChains = 1024,

    /// <summary>See the source system's credentials and other administrator-only fields.</summary>
    Credentials = 2048,

    /// <summary>Define and measure benefits, name their owners, answer decisions, and issue and schedule reports.</summary>
    SteerBenefits = 4096,

    /// <summary>Edit the catalogue; retry, close and reopen quarantine.</summary>
    Administer = 8192,

    /// <summary>Read the access log; make the package of everything about a person.</summary>
    AccessLog = 16384,

    /// <summary>Read the portal's own events.</summary>
    Events = 32768,

    /// <summary>Take a case's evidence package with exact bytes, for a purpose.</summary>
    EvidenceBytes = 65536,
}

/// <summary>
/// Which message types a viewer sees. A type is confidential until an administrator marks it as open; confidential types are seen only when
/// named in <paramref name="Granted"/> or when <paramref name="All"/> is set.
/// </summary>
/// <param name="All">Sees every type, confidential ones too (an API key with <c>*</c>).</param>
/// <param name="OpenTypes">Sees every type that is not confidential.</param>
/// <param name="Granted">Types (UUIDs in lower case, or names) seen in any case.</param>
public sealed record TypeScope(bool All, bool OpenTypes, IReadOnlyList<string> Granted)
{
    /// <summary>Sees no type.</summary>
    public static TypeScope None { get; } = new(false, false, []);

    /// <summary>Sees every type.</summary>
    public static TypeScope Everything { get; } = new(true, true, []);
}
