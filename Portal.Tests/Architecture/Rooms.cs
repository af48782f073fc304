using System.Collections.Concurrent;
using System.Reflection;
using ArchUnitNET.Loader;

namespace Portal.Tests.Architecture;

/// <summary>
/// The rooms of a project, from top to bottom. A room is a folder and the namespace of the same name; a room uses rooms below itself, never
/// above, so no two rooms use each other. Only composition, which registers and maps the rooms, may name every room.
/// </summary>
internal sealed class Rooms(string root, IReadOnlyList<string> order)
{
    /// <summary>The message side, from the command line down to the domain types.</summary>
    public static Rooms Ingestion { get; } = new(
        "Portal.Ingestion",
        [
            "Commands", "Hosting", "Transports", "Receiving",
            "Backup", "Verification", "Retention", "Figures", "Access", "Letters", "Quarantine", "Operations", "Catalogue",
            "Log", "Journal", "Ledger", "Supervision", "Storage", "Envelopes", "Settings", "Domain",
        ]);

    /// <summary>What people see: features over the platform.</summary>
    public static Rooms Portal { get; } = new(
        "Portal",
        [
            "Hosting",
            "Features.Demo", "Features.Overview", "Features.Reports", "Features.Benefits", "Features.Chains",
            "Features.Registering", "Features.SubjectAccess", "Features.Cases", "Features.Evidence", "Features.FollowUp",
                "Features.Messages",
            "Features.Quarantine", "Features.Catalogue", "Features.Operations", "Features.Ledger", "Features.AccessControl",
            "Platform.Shell", "Platform.Documents", "Platform.Access", "Platform.Http", "Platform.Mail", "Platform.Live", "Platform.Ui",
            "Platform.Storage", "Platform.Text",
        ]);

    /// <summary>The rooms' names below the root, the uppermost first.</summary>
    public IReadOnlyList<string> Order { get; } = order;

    /// <summary>Each use of a type of one room by a type of another, except by composition.</summary>
    public IReadOnlyList<Arrow> Arrows(Assembly assembly)
    {
        // The tests' assembly has samples in one namespace; reading all of it would take seconds.
        var types = Read.GetOrAdd(assembly, a => (a == typeof(Rooms).Assembly
            ? new ArchLoader().LoadNamespacesWithinAssembly(a, root)
            : new ArchLoader().LoadAssembly(a)).Build()).Types;
        var uses = types.SelectMany(
            t => t.Dependencies,
            (t, d) => (User: (Space: SpaceOf(t), Name: t.FullName), Used: (Space: SpaceOf(d.Target), Name: d.Target.FullName)));
        return
        [
            .. uses.Concat(Catches(assembly))
                .Where(u => RoomOf(u.User.Space) is { } from && RoomOf(u.Used.Space) is { } to && from != to
                    && !IsComposition(assembly, u.User))
                .Select(u => new Arrow(RoomOf(u.User.Space)!, RoomOf(u.Used.Space)!, u.User.Name, u.Used.Name))
                .Distinct(),
        ];
    }

    /// <summary>The uses of a room above, which are not allowed.</summary>
    public IReadOnlyList<Arrow> Upward(Assembly assembly) => [.. Arrows(assembly).Where(a => Place(a.From) > Place(a.To))];

    /// <summary>Types outside every room of the order; the program's entry point is exempt.</summary>
    public IReadOnlyList<string> Homeless(Assembly assembly) =>
    [
        .. assembly.GetTypes()
            .Where(t => !t.IsNested && t.Namespace is { } space && IsOurs(space) && !Order.Any(room => IsIn(space, room)))
            .Select(t => t.FullName!)
            .Where(name => !name.EndsWith("._Imports", StringComparison.Ordinal) && !name.EndsWith(".Program", StringComparison.Ordinal)),
    ];

    // Cached, since loading an assembly takes seconds.
    private static readonly ConcurrentDictionary<Assembly, ArchUnitNET.Domain.Architecture> Read = [];

    private static string SpaceOf(ArchUnitNET.Domain.IType type) => type.Namespace?.FullName ?? "";

    // ArchUnitNET does not see types that are used only in catch clauses.
    private static IEnumerable<((string Space, string Name) User, (string Space, string Name) Used)> Catches(Assembly assembly) =>
        from type in assembly.GetTypes()
        from method in type.GetMethods(Declared).Cast<MethodBase>().Concat(type.GetConstructors(Declared))
        from clause in method.GetMethodBody()?.ExceptionHandlingClauses ?? []
        where clause.Flags == ExceptionHandlingClauseOptions.Clause && clause.CatchType?.Namespace is not null
        select ((type.Namespace ?? "", type.FullName!), (clause.CatchType!.Namespace!, clause.CatchType.FullName!));

    private const BindingFlags Declared =
        BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    // Composition: static classes named *Services or *Host, the database contexts, the program itself, and what EF generates from a context
    // (compiled models, migrations), which names the tables of every room.
    private static bool IsComposition(Assembly assembly, (string Space, string Name) type)
    {
        if (type.Space.EndsWith(".CompiledModels", StringComparison.Ordinal)
            || type.Space.EndsWith(".Migrations", StringComparison.Ordinal)) return true;
        var outer = type.Name[(type.Space.Length + 1)..].Split('+', '/')[0];
        return outer.Contains("DbContext", StringComparison.Ordinal) || outer == "Program"
            || ((outer.EndsWith("Services", StringComparison.Ordinal) || outer.EndsWith("Host", StringComparison.Ordinal))
                && assembly.GetType($"{type.Space}.{outer}") is { IsAbstract: true, IsSealed: true });
    }

    private int Place(string room) => Order.TakeWhile(r => r != room).Count();

    private string? RoomOf(string space) => IsOurs(space) ? Order.FirstOrDefault(room => IsIn(space, room)) : null;

    private bool IsIn(string space, string room) =>
        space == $"{root}.{room}" || space.StartsWith($"{root}.{room}.", StringComparison.Ordinal);

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
