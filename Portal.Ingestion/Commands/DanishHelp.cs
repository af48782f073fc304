using System.CommandLine;
using System.CommandLine.Invocation;

namespace Portal.Ingestion.Commands;

/// <summary>The help of a verb, entirely in Danish: System.CommandLine's own headings are English.</summary>
internal sealed class DanishHelp : SynchronousCommandLineAction
{
    private const int Gap = 3;

    /// <inheritdoc />
    public override bool ClearsParseErrors => true;

    /// <inheritdoc />
    public override int Invoke(ParseResult parseResult)
    {
        var command = parseResult.CommandResult.Command;
        var (output, root) = (parseResult.InvocationConfiguration.Output, command is RootCommand);
        output.WriteLine(command.Description);
        output.WriteLine();
        output.WriteLine("Brug:");
        output.WriteLine(root
            ? "  Portal.Ingestion VERBUM [tilvalg] [--Afsnit:Nøgle=værdi …]"
            : $"  Portal.Ingestion {string.Join(' ', [.. Path(command), .. command.Arguments.Select(Written)])} "
                + "[tilvalg] [--Afsnit:Nøgle=værdi …]");
        Table(output, "Verber:", command.Subcommands.Where(c => !c.Hidden).Select(c => (c.Name, c.Description)));
        Table(output, "Argumenter:", command.Arguments.Select(a => (Written(a), a.Description)));
        var recursive = root ? [] : parseResult.RootCommandResult.Command.Options.Where(o => o.Recursive);
        Table(output, "Tilvalg:", command.Options.Concat(recursive).Where(o => !o.Hidden)
            .Select(o => (Written(o), o.Required ? $"{o.Description} (skal skrives)" : o.Description)));
        output.WriteLine();
        output.WriteLine("Slutkoder:");
        foreach (var code in ExitCodes.Of(root ? "" : command.Name)) output.WriteLine("  " + code);
        output.WriteLine();
        output.WriteLine(
            "Indstillinger: hver nøgle i appsettings.json kan skrives som --Afsnit:Nøgle=værdi eller som miljøvariabel Afsnit__Nøgle.");
        return 0;
    }

    // The verb and what is below it, as it is typed; a verb that needs one says so.
    private static List<string> Path(Command command)
    {
        var names = new List<string> { command.Name };
        for (var parent = Above(command); parent is not null and not RootCommand; parent = Above(parent)) names.Insert(0, parent.Name);
        if (command.Subcommands.Count > 0) names.Add("VERBUM");
        return names;
    }

    private static Command? Above(Command command) => command.Parents.OfType<Command>().FirstOrDefault();

    private static string Written(Argument argument) => argument.Arity.MaximumNumberOfValues > 1 ? argument.Name + " …" : argument.Name;

    private static string Written(Option option) =>
        option.ValueType == typeof(bool) || option.Arity.MaximumNumberOfValues == 0 ? option.Name : $"{option.Name} VÆRDI";

    private static void Table(TextWriter output, string heading, IEnumerable<(string Name, string? Text)> rows)
    {
        var list = rows.ToList();
        if (list.Count == 0) return;
        var width = list.Max(r => r.Name.Length) + Gap;
        output.WriteLine();
        output.WriteLine(heading);
        foreach (var (name, text) in list) output.WriteLine($"  {name.PadRight(width)}{text}");
    }
}
