using Portal.Features.AccessControl;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Letters;
using Portal.Platform.Access;
using Portal.Platform.Http;
using Portal.Platform.Http.Problems;

namespace Portal.Features.Cases.Api;

/// <summary>The body of a search: a text, or a CPR number with a purpose.</summary>
public sealed record CaseSearchJson(string? Text, string? Cpr, string? Purpose, string? Cursor, int? Limit)
{
    /// <summary>Omits the fields, which may hold a CPR number.</summary>
    public override string ToString() => nameof(CaseSearchJson);
}

/// <summary>A case in a list of hits as JSON.</summary>
public sealed record CaseSummaryJson(
    string CaseNumber, string? CaseType, int Letters, int NeedsAttention, string LatestTitle, string LatestRecipient, string GravestVerdict,
    DateTimeOffset LatestSentAt)
{
    internal static CaseSummaryJson Of(CaseSummary found) => new(
        found.CaseNumber, found.CaseType, found.Letters, found.NeedsAttention, found.LatestTitle, found.LatestRecipient,
        found.GravestVerdict.ToWire(), found.LatestSentAt);
}

/// <summary>Searches cases. A search by CPR number is logged with viewer and purpose, never with the number.</summary>
internal sealed partial class CaseSearch(ICaseReader cases, IAccessLog log, ILogger<CaseSearch> logger)
{
    public async Task<IResult> AnswerAsync(HttpContext context)
    {
        var (body, problem) = await JsonBody.ReadAsync<CaseSearchJson>(context);
        if (body is null) return problem ?? PortalProblems.WrongField("text", "Send { \"text\" } eller { \"cpr\", \"purpose\" }.");
        if (body.Cpr is not null && body.Text is not null)
            return PortalProblems.WrongField("cpr", "Søg enten på text eller på cpr, ikke på begge.");
        if (body.Cpr is not null) return await ByCprAsync(context, body);
        if (body.Text is null) return PortalProblems.WrongField("text", "Send { \"text\" } eller { \"cpr\", \"purpose\" }.");
        if (CprNumber.IsIn(body.Text))
            return PortalProblems.WrongField("text", "text må ikke indeholde et CPR-nummer. Send det som { \"cpr\", \"purpose\" }.");
        var limit = body.Limit ?? 100;
        if (limit is < 1 or > 1000) return PortalProblems.WrongField("limit", "limit skal være et helt tal fra 1 til 1000.");
        return await Lists.ReadAsync(
            () => cases.SearchAsync(context.GetViewer(), body.Text.Trim(), body.Cursor, limit, context.RequestAborted), CaseSummaryJson.Of);
    }

    private async Task<IResult> ByCprAsync(HttpContext context, CaseSearchJson body)
    {
        if (!CprNumber.TryParse(body.Cpr, out var cpr)) return PortalProblems.WrongField("cpr", "Et CPR-nummer har ti cifre.");
        var limits = Purposes.SearchingOverApi;
        if (limits.Read(body.Purpose, out var purpose) is not null)
        {
            return PortalProblems.WrongField(
                "purpose", $"Skriv med højst {limits.Longest} tegn, hvorfor du søger på et CPR-nummer. Formålet gemmes i loggen.");
        }
        var viewer = context.GetViewer();
        var found = await cases.SearchByCprAsync(viewer, cpr, context.RequestAborted);
        await log.NoteAsync(
            viewer, new AccessNote(AccessKind.PersonSearch)
            {
                Purpose = purpose, Hits = found.Count, Person = cpr, OfCases = [.. found.Select(c => c.CaseNumber)],
            }, context.RequestAborted);
        LogSearch(logger, viewer.Id, found.Count);
        return Results.Json(new ListJson<CaseSummaryJson>([.. found.Select(CaseSummaryJson.Of)], null), PortalJson.Options);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Search by person number: {Viewer}, {Hits} cases")]
    private static partial void LogSearch(ILogger logger, string viewer, int hits);
}
