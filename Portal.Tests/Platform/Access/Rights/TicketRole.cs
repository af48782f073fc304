using System.Security.Claims;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;
using Portal.Platform.Access;
using Portal.Platform.Access.Claims;

namespace Portal.Tests.Platform.Access.Rights;

/// <summary>
/// A limit of a role, and what it leaves of the two things that each authority has (<see cref="LimitedThing"/>), written out from
/// DOMAIN §4 and not computed: a letter by KLE and unit, and as confidential by class; a message by its letter and its own class.
/// </summary>
internal sealed record TicketLimit(
    string Name, AccessLimits Limits, bool LetterInside, bool LetterOutside, bool MessageInside, bool MessageOutside)
{
    private const string Open = KnownSikkerhedsklassificeringer.IkkeFortrolig;
    private static readonly ValueList<string> Confidential = [.. KnownSikkerhedsklassificeringer.Fortrolige];

    /// <summary>Each kind of limit, alone and together.</summary>
    public static IReadOnlyList<TicketLimit> All { get; } =
    [
        new("KLE", new(["32.*"], null, null), true, false, true, false),
        new("unit", new(null, [LimitedThing.UnitInside], null), true, false, true, false),
        new("confidential", new(null, null, Confidential), true, true, true, false),
        new("open", new(null, null, [Open]), false, false, false, true),
        new("KLE and class", new(["32.18.*"], null, Confidential), true, false, true, false),
        new("KLE and another unit", new(["32.*"], ["77c00000-0000-4000-8000-000000000002"], null), false, false, false, false),
    ];

    public static TicketLimit Kle => All[0];

    public static TicketLimit Unit => All[1];

    public static TicketLimit OpenClass => All[3];

    /// <summary>True when the limit lets the thing's letter, or its message, through.</summary>
    public bool Admits(LimitedThing thing, bool message) => (thing.IsInside, message) switch
    {
        (true, false) => LetterInside,
        (false, false) => LetterOutside,
        (true, true) => MessageInside,
        (false, true) => MessageOutside,
    };
}

/// <summary>A role in a ticket: at one authority, with a limit or none.</summary>
internal sealed record TicketRole(string Cvr, string Role, TicketLimit? Limit = null)
{
    /// <summary>Each limit with each role that sees persons, and tickets whose roles differ by authority.</summary>
    public static IEnumerable<(string Name, IReadOnlyList<TicketRole> Roles)> Tickets(string a, string b)
    {
        foreach (var limit in TicketLimit.All)
        {
            foreach (var role in (string[])[PortalRoles.Caseworker, PortalRoles.Administrator])
                yield return ($"{role}, {limit.Name}", [new(a, role, limit)]);
        }

        yield return ("two authorities", [new(a, PortalRoles.Caseworker, TicketLimit.Kle), new(b, PortalRoles.Manager)]);
        yield return ("two others", [new(a, PortalRoles.Facilitator), new(b, PortalRoles.Caseworker, TicketLimit.Unit)]);
        yield return ("whole and limited", [new(a, PortalRoles.Administrator), new(b, PortalRoles.Caseworker, TicketLimit.OpenClass)]);
        yield return ("administrator elsewhere", [new(a, PortalRoles.Administrator), new(b, PortalRoles.Caseworker, TicketLimit.Kle)]);
        yield return ("two roles at one", [new(a, PortalRoles.Caseworker, TicketLimit.Kle), new(a, PortalRoles.Manager)]);
    }

    /// <summary>The principal as a sign-in with this ticket makes it.</summary>
    public static ClaimsPrincipal PrincipalOf(string name, IReadOnlyList<TicketRole> roles) => ViewerClaims.Of(
        $"billet:{name}", name,
        new Privileges(
            [.. roles.Select(r => new GrantedRole(r.Role, "prøve") { Authority = r.Cvr, Limits = r.Limit?.Limits ?? AccessLimits.None })],
            [.. roles.Select(r => r.Cvr).Distinct()]),
        ["*"]);
}

/// <summary>Somebody with a ticket.</summary>
internal sealed record TicketCaller(string Name, IReadOnlyList<TicketRole> Roles, HttpClient Http)
{
    /// <summary>True when a role sees the letter of the thing.</summary>
    public bool SeesLetter(LimitedThing thing) => Sees(thing, message: false);

    /// <summary>True when a role sees the message of the thing.</summary>
    public bool SeesMessage(LimitedThing thing) => Sees(thing, message: true);

    /// <summary>True when a role sees the credentials in the message of the thing.</summary>
    public bool SeesCredentials(LimitedThing thing) => Roles.Any(r => r.Cvr == thing.Owner.Cvr
        && r.Role == PortalRoles.Administrator && r.Limit?.Admits(thing, message: true) != false);

    /// <summary>True when a role sees the chain of the authority.</summary>
    public bool SeesChain(string cvr) => Roles.Any(r => r.Cvr == cvr && r.Role != PortalRoles.Caseworker);

    private bool Sees(LimitedThing thing, bool message) => Roles.Any(r => r.Cvr == thing.Owner.Cvr
        && r.Role is PortalRoles.Caseworker or PortalRoles.Administrator && r.Limit?.Admits(thing, message) != false);
}
