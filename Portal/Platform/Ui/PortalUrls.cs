using Portal.Ingestion.Domain;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Log;

namespace Portal.Platform.Ui;

/// <summary>All links within the portal. Path values are percent-encoded, so that a slash in a case number stays one segment.</summary>
public static class PortalUrls
{
    public const string Overview = "/";
    public const string Messages = "/beskeder";
    public const string Cases = "/sager";
    public const string FollowUp = "/opfoelgning";
    public const string Incidents = "/driftshaendelser";
    public const string Registering = "/forsendelser";
    public const string Catalogue = "/beskedkatalog";
    public const string Quarantine = "/karantaene";
    public const string Operations = "/drift";
    public const string AccessLog = "/adgangslog";
    public const string SubjectAccess = "/adgangslog/indsigt";
    public const string Access = "/adgang";

    /// <summary>The form of an operating incident, filled in with a period of late receipts.</summary>
    public static string IncidentOf(long latePeriod) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Incidents}?forsinket={latePeriod}");

    public const string Chains = "/effektkaeder";
    public const string Join = "/deltag";
    public const string Login = "/login";
    public const string Logout = "/logout";

    /// <summary>Query of the sign-in page: the provider is to ask again, also a person whom it knows.</summary>
    public const string Again = "igen";

    /// <summary>Where a person proves again who they are, and comes back to the page.</summary>
    public static string ProveFor(string page) => $"{Login}?{Again}=1&returnUrl={Uri.EscapeDataString(page)}";

    /// <summary>The page of one message.</summary>
    public static string Message(string beskedId) => $"{Messages}/{Uri.EscapeDataString(beskedId)}";

    /// <summary>The live stream with a filter; times as ISO 8601.</summary>
    public static string MessagesWith(MessageFilter filter)
    {
        var pairs = new List<string>();
        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value)) pairs.Add($"{name}={Uri.EscapeDataString(value)}");
        }

        Add("type", filter.Type);
        Add("status", filter.Status);
        Add("from", filter.From?.ToString("O", System.Globalization.CultureInfo.InvariantCulture));
        Add("to", filter.To?.ToString("O", System.Globalization.CultureInfo.InvariantCulture));
        Add("caseNumber", filter.CaseNumber);
        Add("text", filter.Text);
        return pairs.Count == 0 ? Messages : $"{Messages}?{string.Join('&', pairs)}";
    }

    /// <summary>The evidence page of a case.</summary>
    public static string Case(string caseNumber) => $"{Cases}/{Uri.EscapeDataString(caseNumber)}";

    /// <summary>The letters across cases that a filter gives; the cases when it is empty.</summary>
    public static string LettersWith(LetterFilters filters) => filters.IsEmpty ? Cases : $"{Cases}?{filters.QueryString}";

    /// <summary>Letters as a file of a format, <c>xlsx</c> or <c>csv</c>, by the query of their page.</summary>
    public static Func<string, string> LettersFile(string query) => ListFile("/api/breve", query);

    /// <summary>What to answer when a citizen contests that a letter arrived.</summary>
    public static string Contested(string caseNumber, string letterId) =>
        $"{Case(caseNumber)}/breve/{Uri.EscapeDataString(letterId)}/bestridt";

    /// <summary>The evidence document of a case, or of one of its letters, as a page.</summary>
    public static string Evidence(string caseNumber, string? letterId = null) => $"{Case(caseNumber)}/bevis{OneLetter(letterId)}";

    /// <summary>The evidence of a case, or of one of its letters, as a file: <c>pdf</c> or <c>zip</c>.</summary>
    public static string EvidenceFile(string caseNumber, string format, string? letterId = null) =>
        $"/api{Case(caseNumber)}/bevis.{format}{OneLetter(letterId)}";

    /// <summary>The form of a letter that is sent instead of the letter of this worklist row.</summary>
    public static string Resend(string rowId) => $"{Registering}?erstatter={Uri.EscapeDataString(rowId)}";

    /// <summary>The form of an operating incident with a period, as the clock showed in Copenhagen, and a channel.</summary>
    public static string IncidentWith(DateTimeOffset from, DateTimeOffset? to, LetterChannel? channel) =>
        $"{Incidents}?fra={Minute(from)}{(to is { } end ? $"&til={Minute(end)}" : "")}{(channel is { } one ? $"&kanal={one}" : "")}";

    /// <summary>The format of a moment in <see cref="IncidentWith"/>.</summary>
    public const string MinuteFormat = "yyyy-MM-dd'T'HH.mm";

    /// <summary>The worklist, filtered by a reason.</summary>
    public static string FollowUpWith(FollowUpReason reason) => $"{FollowUp}?grund={reason.ToWire()}";

    /// <summary>The access log, filtered; null does not filter. A CPR number is masked: addresses are logged.</summary>
    public static string AccessLogWith(string? text, string? kind, string? from, string? to)
    {
        var pairs = new[] { ("tekst", text), ("art", kind), ("fra", from), ("til", to) }.Where(p => !string.IsNullOrEmpty(p.Item2))
            .Select(p => $"{p.Item1}={Uri.EscapeDataString(CprNumber.MaskIn(p.Item2!))}");
        return string.Join('&', pairs) is { Length: > 0 } query ? $"{AccessLog}?{query}" : AccessLog;
    }

    /// <summary>The worklist as a file of a format, <c>xlsx</c> or <c>csv</c>, by the query of its page.</summary>
    public static Func<string, string> FollowUpFile(string query) => ListFile("/api/opfoelgning", query);

    /// <summary>The list of cases as a file of a format, by the query of its page.</summary>
    public static Func<string, string> CasesFile(string query) => ListFile("/api/sager", query);

    /// <summary>The quarantine as a file of a format, by the query of its page.</summary>
    public static Func<string, string> QuarantineFile(string query) => ListFile("/api/karantaene", query);

    /// <summary>The message types as a file of a format, by the query of their page.</summary>
    public static Func<string, string> CatalogueFile(string query) => ListFile("/api/beskedkatalog", query);

    /// <summary>The measurements of a benefit as a file of a format.</summary>
    /// <param name="look">How the list is shown, as a query; empty for the usual.</param>
    public static Func<string, string> MeasurementsFile(string chainId, string elementId, string look) =>
        ListFile($"/api{Chain(chainId)}/maalinger", $"elementId={Uri.EscapeDataString(elementId)}{(look.Length > 0 ? $"&{look}" : "")}");

    private static Func<string, string> ListFile(string list, string query) =>
        format => query.Length == 0 ? $"{list}/eksport.{format}" : $"{list}/eksport.{format}?{query}";

    /// <summary>The access log as a file of a format, by the filter of its page.</summary>
    /// <param name="inLook">Adds the columns that are shown to a query.</param>
    public static Func<string, string> AccessLogFile(
        string? text, string? kind, DateTimeOffset? from, DateTimeOffset? to, Func<string, string> inLook)
    {
        ArgumentNullException.ThrowIfNull(inLook);
        var pairs = new[] { ("text", CprNumber.MaskInOrNull(text)), ("kind", kind), ("from", Moment(from)), ("to", Moment(to)) }
            .Where(p => !string.IsNullOrEmpty(p.Item2)).Select(p => $"{p.Item1}={Uri.EscapeDataString(p.Item2!)}");
        return ListFile("/api/adgangslog", inLook(string.Join('&', pairs)));

        static string? Moment(DateTimeOffset? at) =>
            at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>The canvas of a chain.</summary>
    public static string Chain(string chainId) => $"{Chains}/{Uri.EscapeDataString(chainId)}";

    /// <summary>The projector view of a chain's workshop.</summary>
    public static string Workshop(string chainId) => $"{Chain(chainId)}/workshop";

    /// <summary>The gallery of chains, with an offer to restore the chain that was just deleted.</summary>
    public static string ChainsAfterDelete(string chainId) => $"{Chains}?slettet={Uri.EscapeDataString(chainId)}";

    /// <summary>The gallery of chains, filtered; null does not filter. A CPR number is masked: addresses are logged.</summary>
    public static string ChainsWith(string? text, string? department, string? stage)
    {
        var pairs = new[] { ("tekst", text), ("afdeling", department), ("tilstand", stage) }.Where(p => !string.IsNullOrEmpty(p.Item2))
            .Select(p => $"{p.Item1}={Uri.EscapeDataString(CprNumber.MaskIn(p.Item2!))}");
        return string.Join('&', pairs) is { Length: > 0 } query ? $"{Chains}?{query}" : Chains;
    }

    /// <summary>A chain as a file: <c>json</c> or <c>svg</c>.</summary>
    public static string ChainExport(string chainId, string format) => $"/api{Chain(chainId)}/eksport.{format}";

    /// <summary>A chain alone as PDF for the wall.</summary>
    /// <param name="sheet">A4, A3 or A0.</param>
    /// <param name="paper">The printer's paper, A4 or A3, for a poster on several sheets; null: one sheet.</param>
    public static string ChainPoster(string chainId, string sheet, string? paper) =>
        $"{ChainExport(chainId, "pdf")}?ark={sheet}{(paper is null ? "" : $"&papir={paper}")}";

    /// <summary>The benefits of a chain and their measurements.</summary>
    public static string Benefits(string chainId) => $"{Chain(chainId)}/gevinster";

    /// <summary>The numbers that a chain's calculations use, on that page.</summary>
    public static string AgreedNumbers(string chainId) => $"{Benefits(chainId)}#{AgreedNumbersAnchor}";

    /// <summary>The anchor of the agreed numbers on that page.</summary>
    public const string AgreedNumbersAnchor = "aftalte-tal";

    /// <summary>The anchor of a benefit's row on that page.</summary>
    public static string BenefitAnchor(string elementId) => $"gevinst-{elementId}";

    /// <summary>The benefits' page with an open form.</summary>
    /// <param name="anchor">The place that the form is about.</param>
    /// <param name="form">The form's name in the address.</param>
    public static string BenefitForm(string chainId, string anchor, string form) => $"{Benefits(chainId)}?aabn={form}#{anchor}";

    /// <summary>The benefit report of a chain.</summary>
    public static string Report(string chainId) => $"{Chain(chainId)}/rapport";

    /// <summary>The benefit report of all chains.</summary>
    public const string Reports = Chains + "/rapport";

    /// <summary>The id of the list of issued reports on the page of a report.</summary>
    public const string IssuedReportsAnchor = "udstedte";

    /// <summary>The page where guests join the workshop with this code.</summary>
    public static string JoinWith(string code) => $"{Join}/{Uri.EscapeDataString(code)}";

    private static string Minute(DateTimeOffset at) =>
        Portal.Platform.Text.DanishFormat.Local(at).ToString(MinuteFormat, System.Globalization.CultureInfo.InvariantCulture);

    private static string OneLetter(string? letterId) => string.IsNullOrEmpty(letterId) ? "" : $"?brev={Uri.EscapeDataString(letterId)}";
}
