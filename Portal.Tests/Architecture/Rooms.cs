using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using Assembly = System.Reflection.Assembly;

namespace Portal.Tests.Architecture;

/// <summary>
/// The rooms of a project, from the top of the house to its ground. A room is a folder and the namespace of the same name; a room uses rooms
/// below itself, never above, so no two rooms use each other. Only composition, which puts the rooms together, may name everything.
/// </summary>
internal sealed class Rooms(string root, IReadOnlyList<string> order)
{
    /// <summary>The message side, from the command line down to the vocabulary.</summary>
    public static Rooms Ingestion { get; } = new(
        "Portal.Ingestion",
        [
            "Commands", "Hosting", "Transports", "Receiving",
            "Verification", "Retention", "Figures", "Letters", "Quarantine", "Operations", "Catalogue",
            "Log", "Ledger", "Supervision", "Storage", "Envelopes", "Settings", "Domain",
        ]);

    /// <summary>What people see: features over the platform.</summary>
    public static Rooms Portal { get; } = new(
        "Portal",
        [
            "Hosting",
            "Features.Demo", "Features.Overview", "Features.Reports", "Features.Benefits", "Features.Chains",
            "Features.Registering", "Features.Cases", "Features.Evidence", "Features.FollowUp", "Features.Messages",
            "Features.Quarantine", "Features.Catalogue", "Features.Operations", "Features.Ledger", "Features.AccessControl",
            "Platform.Shell", "Platform.Documents", "Platform.Access", "Platform.Http", "Platform.Mail", "Platform.Live", "Platform.Ui",
            "Platform.Storage", "Platform.Text",
        ]);

    /// <summary>The rooms' names below the root, the uppermost first.</summary>
    public IReadOnlyList<string> Order { get; } = order;

    /// <summary>Each use of a room by a type of another room, composition left out.</summary>
    public IReadOnlyList<Arrow> Arrows(Assembly assembly)
    {
        var types = new ArchLoader().LoadAssembly(assembly).Build().Types;
        return
        [
            .. types
                .Where(t => RoomOf(t) is not null && !IsComposition(t))
                .SelectMany(t => t.Dependencies.Select(d => (From: t, To: d.Target)))
                .Where(d => RoomOf(d.To) is not null && RoomOf(d.To) != RoomOf(d.From))
                .Select(d => new Arrow(RoomOf(d.From)!, RoomOf(d.To)!, d.From.FullName, d.To.FullName))
                .Distinct(),
        ];
    }

    /// <summary>Those that lead upwards.</summary>
    public IReadOnlyList<Arrow> Upward(Assembly assembly) => [.. Arrows(assembly).Where(a => Place(a.From) > Place(a.To))];

    /// <summary>Types whose room is not in the order; the program's own entry point lies in none.</summary>
    public IReadOnlyList<string> Homeless(Assembly assembly) =>
    [
        .. assembly.GetTypes()
            .Where(t => !t.IsNested && t.Namespace is { } space && IsOurs(space) && !Order.Any(room => IsIn(space, room)))
            .Select(t => t.FullName!)
            .Where(name => !name.EndsWith("._Imports", StringComparison.Ordinal) && !name.EndsWith(".Program", StringComparison.Ordinal)),
    ];

    // By file: *Services.cs, *Host.cs, *DbContext*.cs and Program.cs put rooms together; a file has the name of its type.
    private static bool IsComposition(IType type)
    {
        var outer = type.FullName[(type.Namespace.FullName.Length + 1)..].Split('+', '/')[0];
        return outer.EndsWith("Services", StringComparison.Ordinal) || outer.EndsWith("Host", StringComparison.Ordinal)
            || outer.Contains("DbContext", StringComparison.Ordinal) || outer == "Program";
    }

    private int Place(string room) => Order.TakeWhile(r => r != room).Count();

    private string? RoomOf(IType type) => type.Namespace is { FullName: var space } && IsOurs(space)
        ? Order.FirstOrDefault(room => IsIn(space, room))
        : null;

    private bool IsIn(string space, string room) => space == $"{root}.{room}" || space.StartsWith($"{root}.{room}.", StringComparison.Ordinal);

    // Portal is a prefix of Portal.Ingestion, which is a project of its own.
    private bool IsOurs(string space) => (space == root || space.StartsWith(root + ".", StringComparison.Ordinal))
        && (root != "Portal" || (space != "Portal.Ingestion" && !space.StartsWith("Portal.Ingestion.", StringComparison.Ordinal)));
}

/// <summary>A type of one room that uses a type of another.</summary>
internal sealed record Arrow(string From, string To, string User, string Used)
{
    /// <inheritdoc />
    public override string ToString() => $"{From} → {To}: {User} uses {Used}";
}
