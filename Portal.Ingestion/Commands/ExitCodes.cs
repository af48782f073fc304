namespace Portal.Ingestion.Commands;

/// <summary>The exit codes of the verbs.</summary>
internal static class ExitCodes
{
    /// <summary>Invalid input or setting, or an unusable database; one line on standard error explains it.</summary>
    public const int Failed = 1;

    /// <summary>The same for <c>verify</c>, where 1 means that the log is broken.</summary>
    public const int VerifyFailed = 2;

    /// <summary>The codes of a verb, for its help.</summary>
    public static IReadOnlyList<string> Of(string verb) => verb switch
    {
        "verify" => ["0  ubrudt, eller beviset holder", "1  brudt, eller beviset holder ikke; første linje siger hvor",
            "2  andet galt: én linje siger hvad", "130  afbrudt"],
        "replay" => ["0  alle filer er læst ind; det, der ikke kunne forstås, er gemt i karantæne og talt i linjen",
            "1  noget galt: én linje siger hvad", "130  afbrudt"],
        "backup" => ["0  alt er gemt", "1  noget galt: én linje siger hvad, og filen er ikke lavet", "130  afbrudt"],
        "restore" => ["0  gendannet, og loggene er ubrudte",
            "1  noget galt, eller en log er brudt; første linje siger hvad", "130  afbrudt"],
        "simulate" => ["0  alt blev modtaget", "1  noget blev afvist eller fejlede, eller noget var skrevet forkert", "130  afbrudt"],
        "run" => ["0  stoppet, som der blev bedt om", "1  kunne ikke starte: én linje siger hvorfor"],
        _ => ["0  det gik godt", "1  noget galt: én linje siger hvad (verify: 2)", "130  afbrudt"],
    };
}
