using System.Text.RegularExpressions;

namespace Portal.Tests.PersonNumbers;

/// <summary>
/// Where a whole person number may come out (DOMAIN §4, contract): it is asked for there, by somebody who may, and that is in the access
/// log. Everything else is a fault.
/// </summary>
internal static class AllowedPlaces
{
    private const RegexOptions Exact = RegexOptions.CultureInvariant | RegexOptions.NonBacktracking;

    /// <summary>Places where numbers were put in, places where they come out, and why they may.</summary>
    public static readonly (Regex PutIn, Regex ComesOut, string Why)[] Rows =
    [
        (new("^(besked|beskeddata|BeskedId|PKO_PostStatus)", Exact), new("^answer GET /api/beskeder/[^ ]+/raw as administrator$", Exact),
            "exact bytes, by an administrator"),
        (new("^(karantæne|besked|BeskedId|PKO_PostStatus)", Exact),
            new("^answer GET /api/karantaene/[^ ]+/raw as administrator$", Exact),
            "exact bytes of the quarantine, by an administrator"),
        (new("^(besked|beskeddata|PKO_PostStatus)", Exact),
            new(@"^answer POST /api/sager/[^ ]+/bevis\.zip with purpose as \S+ beskeder/", Exact),
            "exact bytes in a package, by POST with a purpose"),
        (new("^modtagerens CPR-nummer", Exact), new(@"^answer POST /api/sager/[^ ]+/bevis\.pdf with purpose as ", Exact),
            "the document with numbers, by POST with a purpose"),
        (new("^modtagerens CPR-nummer$", Exact), new("^(document|circuit) of /sager/[^/ ]+( with the number shown)? as ", Exact),
            "»vis« on the case page, with a purpose"),
        (new("^modtagerens CPR-nummer$", Exact), new("^circuit of /sager as ", Exact),
            "the search field that asks for the purpose keeps what was typed in it"),
        (new("^(kædens|gæstens tekst|boks på lærredet|titel på lærredet)", Exact),
            new("^(document of|circuit of|answer GET) /effektkaeder/[^/ ]+(/workshop)? as (facilitator|administrator)$", Exact),
            "the canvas of those who may edit it: there it is seen and removed, and a hint asks for that"),
        (new("^(skærm|fil|hubbens|modtagerens)", Exact), new(@"^detail Debug Microsoft\.AspNetCore\.SignalR\.", Exact),
            "the framework's lines about what a browser or hub sends; the shipped configuration logs none of them"),
        (new("^BeskedId$", Exact), new(@"(/bevis as |\.tlog-proof)", Exact),
            "the leaf's record holds the id as it was sent (contract): without it nothing could be checked"),
        (new("^adresse ", Exact), new(@"^detail \w+ (Microsoft|System)\.", Exact),
            "the framework's lines about an address that somebody typed a number into; the shipped configuration logs none of them"),
        (new("^adresse ", Exact), new(@"^detail \w+ [^ ]+ scope$", Exact), "the same, as what surrounds another line; not printed"),
    ];

    /// <summary>True when the table names it.</summary>
    public static bool Has(Leak leak) => Array.Exists(Rows, row => row.PutIn.IsMatch(leak.Place) && row.ComesOut.IsMatch(leak.Where));
}
