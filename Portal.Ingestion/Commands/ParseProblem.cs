using System.CommandLine;
using Portal.Ingestion.Hosting;

namespace Portal.Ingestion.Commands;

/// <summary>Explains invalid arguments in one Danish sentence.</summary>
internal static class ParseProblem
{
    public static string Explain(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        if (parsed.UnmatchedTokens is [var token, ..]) return Unknown(token, command);
        if (command is RootCommand || command.Subcommands.Count > 0)
            return $"Skriv, hvad der skal gøres: {string.Join(", ", Verbs(command))}.";
        foreach (var option in command.Options)
        {
            var given = parsed.GetResult(option);
            if (option.Required && given is null) return $"{option.Name} mangler: {option.Description}.";
            if (given is { Errors: not null } && parsed.Errors.Any(e => e.SymbolResult == given))
            {
                return given.Tokens is [var value, ..]
                    ? $"{option.Name} kan ikke være »{value.Value}«."
                    : $"{option.Name} mangler en værdi: {option.Description}.";
            }
        }

        foreach (var argument in command.Arguments)
        {
            if (argument.Arity.MinimumNumberOfValues > 0 && parsed.GetResult(argument) is null or { Tokens.Count: 0 })
                return $"{argument.Name} mangler: {argument.Description}.";
        }

        return parsed.Errors[0].Message.TrimEnd('.') + ".";
    }

    private static string Unknown(string token, Command command)
    {
        if (token.StartsWith("--", StringComparison.Ordinal) && token.Contains(':', StringComparison.Ordinal))
            return $"Indstillingen {token} mangler sin værdi: skriv {token}=VÆRDI.";
        var names = token.StartsWith('-') ? command.Options.Select(o => o.Name) : Verbs(command);
        return KeyCheck.Nearest(token, names) is { } meant ? $"»{token}« kendes ikke; mente du {meant}?"
            : command.Subcommands.Count > 0 && !token.StartsWith('-') ? $"»{token}« kendes ikke; skriv {string.Join(", ", names)}."
            : $"»{token}« kendes ikke.";
    }

    private static IEnumerable<string> Verbs(Command command) => command.Subcommands.Where(c => !c.Hidden).Select(c => c.Name);
}
