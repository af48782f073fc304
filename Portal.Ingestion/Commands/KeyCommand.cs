using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Hosting;

namespace Portal.Ingestion.Commands;

/// <summary><c>key new</c>: makes an API key, prints it once, and the hash and the lines for the configuration. Stores nothing.</summary>
internal static class KeyCommand
{
    private const int LongestName = 100;
    private const string MessageScopes = "messages:r";
    private static readonly JsonSerializerOptions Written = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Create(string[] settings, Terminal terminal)
    {
        var name = new Option<string>("--name") { Description = "Hvem nøglen er til, fx et fagsystem", Required = true };
        var scopes = new Option<string>("--scopes")
        {
            Description = $"Hvad nøglen må, med komma: {string.Join(", ", ApiScopes.All)}", Required = true,
        };
        var create = new Command("new", "Laver en API-nøgle, som vises én gang, og den hash, der skrives i indstillingerne")
        {
            name, scopes,
        };
        create.SetAction((parsed, _) => RunAsync(parsed.GetValue(name)!, parsed.GetValue(scopes)!, settings, terminal));
        return new Command("key", "API-nøgler til fagsystemer") { create };
    }

    private static async Task<int> RunAsync(string name, string scopes, string[] arguments, Terminal terminal)
    {
        var shown = TextLines.Printable(name).Trim();
        string[] wanted = [.. scopes.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct()];
        if (ProblemOf(shown, wanted) is { } problem)
        {
            await terminal.Error.WriteLineAsync(problem);
            return ExitCodes.Failed;
        }

        var configuration = new ConfigurationManager();
        ConfigurationFile.AddTo(configuration, arguments);
        var own = SettingsReader.Read(configuration).Cvr[0];
        var key = ApiKeyHash.NewKey();
        var hash = ApiKeyHash.Of(key);
        await terminal.Output.WriteLineAsync($"""
            Nøgle, som kalderen sender i X-Api-Key (den vises kun nu):
            {key}

            Hash, som skrives i Api:Keys:n:Hash:
            {hash}

            Linjen til Api:Keys (læses ved næste start):
            {Setting(shown, hash, own, wanted)}
            """);
        return 0;
    }

    private static string? ProblemOf(string name, string[] scopes)
    {
        if (name.Length is 0 or > LongestName) return $"--name skal være et navn på højst {LongestName} tegn.";
        if (CprNumber.IsIn(name)) return "--name må ikke rumme et CPR-nummer: navnet står i adgangsloggen.";
        var all = string.Join(", ", ApiScopes.All);
        if (scopes.Length == 0) return $"--scopes mangler en værdi; skriv en eller flere af {all}.";
        if (Array.Find(scopes, s => !ApiScopes.IsKnown(s)) is not { } unknown) return null;
        var printable = TextLines.Printable(unknown);
        return KeyCheck.Nearest(unknown, ApiScopes.All) is { } meant
            ? $"»{printable}« kendes ikke; mente du {meant}?"
            : $"»{printable}« kendes ikke; skriv en eller flere af {all}.";
    }

    // Without message types a key sees no message: post statuses are what most systems ask for.
    private static string Setting(string name, string hash, string cvr, string[] scopes)
    {
        var setting = new Dictionary<string, object> { ["Name"] = name, ["Hash"] = hash, ["Cvr"] = cvr, ["Scopes"] = scopes };
        if (scopes.Any(s => s.StartsWith(MessageScopes, StringComparison.Ordinal))) setting["MessageTypes"] = (string[])["PKO_PostStatus"];
        return JsonSerializer.Serialize(setting, Written);
    }
}
