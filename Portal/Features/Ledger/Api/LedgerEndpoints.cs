using System.Globalization;
using System.Text;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Ledger.Tree;
using Portal.Ingestion.Verification;
using Portal.Platform.Access;
using Portal.Platform.Http;
using Portal.Platform.Http.Problems;

namespace Portal.Features.Ledger.Api;

/// <summary>HTTP calls of the ledger: newest checkpoint, public key, proofs and verification.</summary>
internal static class LedgerEndpoints
{
    private const string PlainText = "text/plain; charset=utf-8";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var ledger = routes.MapGroup("/api/bevis").WithTags("Bevis");
        ledger.MapGet("/verificer", VerifyAsync).Produces<VerificationJson>().Produces<VerificationJson>(202).ProducesProblem(403)
            .WithSummary("Er loggen ubrudt?")
            .WithDescription(
                "Kontrolleres nu op til 100.000 beskeder; derover svares med den seneste fulde kontrol, og nu=1 begynder en ny (202); "
                + "det kræver også ret til drift.")
            .WithMetadata(new QueryField("nu", "1: begynd en ny fuld kontrol."));
        ledger.MapGet("/checkpoint", CheckpointAsync).Produces<string>(200, "text/plain")
            .WithSummary("Loggens nyeste underskrevne checkpoint (C2SP signed note)");
        ledger.MapGet("/noegle", Key).Produces<string>(200, "text/plain").WithSummary("Loggens offentlige nøgle");
        ledger.MapGet("/konsistens", ConsistencyAsync).Produces<ConsistencyJson>().ProducesProblem(400)
            .WithSummary("Bevis for, at loggen ved én størrelse begynder med loggen ved en anden")
            .WithMetadata(new QueryField("fra", "Den mindste størrelse."),
                new QueryField("til", "Den største; loggens nuværende, når den udelades."));
        routes.MapGet("/api/beskeder/{beskedId}/bevis", ProofAsync).WithTags("Bevis")
            .Produces<string>(200, "text/plain").ProducesProblem(404).ProducesProblem(409)
            .WithSummary("Bevis for, at beskeden står i loggen (.tlog-proof)");
    }

    private static async Task<IResult> VerifyAsync(HttpContext context, ILedgerReader ledger, ILedgerVerificationService verification)
    {
        var query = new QueryValues(context.Request.Query);
        var anew = query.OneOf("nu", [("0", false), ("1", true)]) ?? false;
        if (query.Problem is { } problem) return problem;

        // A full run takes minutes of two cores: operators start it.
        if (anew && !context.GetViewer().May(ViewerRights.Operate)) return Results.Forbid();
        if ((await ledger.HeadAsync(context.RequestAborted)).Head.Size <= LedgerVerificationService.AtOnce)
        {
            return Results.Json(VerificationJson.Of(await verification.VerifyAsync(context.RequestAborted), null), PortalJson.Options);
        }

        var last = await verification.LastAsync(context.RequestAborted);
        if (!anew && last is not null) return Results.Json(VerificationJson.Of(last, verification.Running), PortalJson.Options);
        verification.Start();
        return Results.Json(VerificationJson.Of(last, verification.Running), PortalJson.Options, statusCode: StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> CheckpointAsync(HttpContext context, ILedgerReader ledger)
    {
        var head = await ledger.HeadAsync(context.RequestAborted);
        context.Response.Headers.CacheControl = "no-store";
        return Text(head.Note.ToString(), string.Create(CultureInfo.InvariantCulture, $"{head.Head.Size:D12}.checkpoint"));
    }

    private static IResult Key(ILedgerReader ledger) => Text(ledger.Key.ToString(), "noegle.txt");

    private static async Task<IResult> ConsistencyAsync(HttpContext context, ILedgerReader ledger)
    {
        var query = new QueryValues(context.Request.Query);
        var (from, to) = (query.Sequence("fra"), query.Sequence("til"));
        if (query.Problem is { } problem) return problem;
        if (from is not { } first) return PortalProblems.WrongField("fra", "fra mangler: loggens størrelse ved det første checkpoint.");
        var size = (await ledger.HeadAsync(context.RequestAborted)).Head.Size;
        var second = to ?? size;
        if (second > size) return PortalProblems.WrongField("til", $"til kan højst være loggens størrelse, {size}.");
        if (first > second) return PortalProblems.WrongField("fra", "fra kan ikke være større end til.");
        try
        {
            return Results.Json(
                ConsistencyJson.Of(await ledger.ConsistencyAsync(first, second, context.RequestAborted)), PortalJson.Options);
        }
        catch (LedgerDamagedException)
        {
            return Damaged();
        }
    }

    private static async Task<IResult> ProofAsync(HttpContext context, ILedgerReader ledger)
    {
        if (await ledger.ProofAsync(context.GetViewer(), PathValue.Of(context, "beskedId"), context.RequestAborted) is not { } proof)
            return PortalProblems.Missing();
        return proof.Text is { } text
            ? Text(text, string.Create(CultureInfo.InvariantCulture, $"besked-{proof.Sequence}.tlog-proof"))
            : Damaged();
    }

    private static IResult Text(string text, string name) => Results.File(Encoding.UTF8.GetBytes(text), PlainText, name);

    private static IResult Damaged() => Results.Problem(PortalProblems.Of(
        StatusCodes.Status409Conflict, "Beviset passer ikke", "Det, der er gemt, passer ikke længere med loggen, "
            + "så der kan ikke gives et bevis. Kontrollér loggen med /api/bevis/verificer, og giv driften besked."));
}
