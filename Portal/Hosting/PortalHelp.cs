using Portal.Ingestion.Domain;

namespace Portal.Hosting;

/// <summary>Answers <c>--help</c> and <c>--version</c>.</summary>
public static class PortalHelp
{
    private static readonly string[] Help = ["--help", "-h", "-?", "/?", "/help", "help"];
    private static readonly string[] Version = ["--version", "version"];

    /// <summary>The text to print; null when the arguments ask for neither.</summary>
    public static string? Answer(IReadOnlyList<string> args)
    {
        ArgumentNullException.ThrowIfNull(args);
        if (args.Any(a => Help.Contains(a, StringComparer.OrdinalIgnoreCase))) return Text;
        return args.Any(a => Version.Contains(a, StringComparer.OrdinalIgnoreCase)) ? ProgramVersion.Text : null;
    }

    private const string Text = $"""
        {ProgramVersion.Product}: beskeder fra Fælleskommunal Beskedfordeler, sager med bevis, og gevinster.

        Brug:
          Portal [--settings FIL] [--environment NAVN] [--urls ADRESSER] [--Afsnit:Nøgle=værdi …]

        Tilvalg:
          --settings FIL      Jeres egen indstillingsfil (også PORTAL_SETTINGS); relative stier tæller fra dens mappe
          --environment NAVN  Production (når intet andet er sagt) eller Development
          --urls ADRESSER     Hvor der lyttes, fx http://localhost:5080
          --help, --version   Viser hjælp eller version; starter intet

        Slutkoder:
          0  stoppet, som der blev bedt om
          1  kunne ikke starte: én linje siger hvorfor

        Hver nøgle i appsettings.json kan skrives som --Afsnit:Nøgle=værdi eller som miljøvariabel Afsnit__Nøgle. README.md forklarer dem.
        Kommandoerne replay, simulate og verify hører til Portal.Ingestion.
        """;
}
