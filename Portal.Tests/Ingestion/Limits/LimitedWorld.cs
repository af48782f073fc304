using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Figures;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Storage;
using Portal.Tests.Ingestion.Log;
using Xunit;

namespace Portal.Tests.Ingestion.Limits;

/// <summary>
/// Letters and messages of two authorities with all kinds of subjects, units and classes, in the database and in memory; and DOMAIN §4's
/// rules read over the memory, as plainly as they are written.
/// </summary>
internal sealed class LimitedWorld
{
    public const string Own = IngestionFixture.Own;
    public const string Other = "12345678";
    private const string UnknownType = "99999999-0000-0000-0000-000000000001";
    private const int Letters = 60;
    private const int Messages = 160;

    private static readonly string Unclassified = "7e7e7e7e-0000-4000-8000-000000000009";
    private static readonly string?[] Numbers = [null, null, "27", "27.45", "27.45.12", "27.45.16", "27.00.00", "32.03.01", "32.20"];
    private static readonly string[] Units = ["5a1b0c9e-0000-4000-8000-000000000001", "77c00000-0000-4000-8000-000000000002"];
    private static readonly string[] Confidential = [.. KnownSikkerhedsklassificeringer.Fortrolige];
    private static readonly string[] Classes = [KnownSikkerhedsklassificeringer.IkkeFortrolig, .. Confidential, Unclassified];

    private readonly List<Letter> _letters = [];
    private readonly List<Message> _messages = [];
    private readonly Dictionary<long, long?[]> _matches = [];

    private LimitedWorld(IngestionFixture fixture) => Fixture = fixture;

    /// <summary>A letter as it was registered.</summary>
    public sealed record Letter(long Key, string Authority, string LetterId, string CaseNumber, string? Kle, string? Unit);

    /// <summary>A message as it was received.</summary>
    public sealed record Message(
        long Sequence, string BeskedId, string[] Authorities, bool IsPost, string? Sensitivity, string?[] Subjects);

    public IngestionFixture Fixture { get; }

    public IReadOnlyList<Letter> AllLetters => _letters;

    public IReadOnlyList<Message> AllMessages => _messages;

    /// <summary>Fills the database: the same for the same seed.</summary>
    public static async Task<LimitedWorld> OpenAsync(IngestionFixture fixture, int seed)
    {
        var world = new LimitedWorld(fixture);
        await world.FillAsync(new Random(seed));
        return world;
    }

    /// <summary>A viewer with up to three grants.</summary>
    public static Viewer SomeViewer(Random random) =>
        Viewer.Of("x", "X", Enumerable.Range(0, random.Next(1, 4)).Select(_ => SomeGrant(random)));

    private static Grant SomeGrant(Random random)
    {
        ViewerRights[] rights =
        [
            ViewerRights.Messages | ViewerRights.Cases | ViewerRights.Counts | ViewerRights.Quarantine | ViewerRights.Operate,
            ViewerRights.Messages | ViewerRights.Cases, ViewerRights.Counts,
        ];
        string[] patterns = ["27.*", "27.45.*", "27.45.12", "27.45", "32.*", "32.03.01", "99.*"];
        return new Grant(random.Next(3) == 0 ? Other : Own, Pick(random, rights),
            random.Next(3) == 0 ? new TypeScope(false, false, [KnownBeskedtyper.PostStatus]) : TypeScope.Everything,
            new AccessLimits(
                random.Next(4) == 0 ? null : [.. Some(random, patterns)],
                random.Next(3) == 0 ? [.. Some(random, Units)] : null,
                random.Next(3) == 0 ? [.. Some(random, Classes)] : null));
    }

    /// <summary>The rule for letters.</summary>
    public bool Sees(Viewer viewer, Letter letter, ViewerRights rights) =>
        viewer.Grants.Any(g => g.May(rights) && IsWithin(g, letter) && AdmitsClass(g, null));

    /// <summary>The rule for messages.</summary>
    public bool Sees(Viewer viewer, Message message, ViewerRights rights, bool byType = true)
    {
        var letters = LettersOf(message);
        return viewer.Grants.Any(g => g.May(rights) && message.Authorities.Contains(g.Authority) && AdmitsClass(g, message.Sensitivity)
            && (!byType || g.Types.All || message.IsPost)
            && (g.Limits is { Kle: null, Units: null }
                || (letters.Length > 0 ? letters.All(l => IsWithin(g, l)) : IsWithinByItself(g, message))));
    }

    /// <summary>The rule for rows of the worklist without a letter: how many of a message's parts are in it.</summary>
    public int WaitingRows(Viewer viewer, Message message) => viewer.Grants.Any(
        g => g.May(ViewerRights.Cases) && message.Authorities.Contains(g.Authority) && AdmitsClass(g, message.Sensitivity)
            && (g.Limits is { Kle: null, Units: null } || IsWithinByItself(g, message)))
        ? _matches.GetValueOrDefault(message.Sequence)?.Count(key => key is null) ?? 0
        : 0;

    private Letter[] LettersOf(Message message) =>
        [.. (_matches.GetValueOrDefault(message.Sequence) ?? []).OfType<long>().Select(key => _letters.Single(l => l.Key == key))];

    private static bool IsWithin(Grant grant, Letter letter) => grant.Authority == letter.Authority
        && (grant.Limits.Kle is not { } kle || kle.Any(p => Fits(p, letter.Kle)))
        && (grant.Limits.Units is not { } units || units.Any(u => u == letter.Unit));

    private static bool IsWithinByItself(Grant grant, Message message)
    {
        string?[] subjects = [.. message.Subjects.Where(s => s is not null)];
        return grant.Limits.Units is null && subjects.Length > 0
            && (grant.Limits.Kle is not { } kle || IsWithin([.. kle], subjects));
    }

    // Several registrations: one pattern has them all, since a message is shown whole.
    private static bool IsWithin(string[] patterns, string?[] subjects) =>
        patterns.Any(p => p.EndsWith('*') ? subjects.All(s => Fits(p, s)) : subjects.Distinct().Count() == 1 && subjects[0] == p)
        || (subjects.Distinct().Count() > 1 && patterns.Contains(Shared(subjects)));

    private static string? Shared(string?[] subjects)
    {
        var first = subjects[0]!.Split('.');
        for (var n = first.Length; n > 0; n--)
        {
            var shared = string.Join('.', first.Take(n));
            if (subjects.All(s => s == shared || s!.StartsWith(shared + ".", StringComparison.Ordinal))) return shared;
        }

        return null;
    }

    private static bool Fits(string pattern, string? number) => number is not null
        && (pattern.EndsWith(".*", StringComparison.Ordinal)
            ? number == pattern.Replace(".*", "", StringComparison.Ordinal)
                || number.StartsWith(pattern.Replace("*", "", StringComparison.Ordinal), StringComparison.Ordinal)
            : number == pattern);

    private static bool AdmitsClass(Grant grant, string? sensitivity) => grant.Limits.Sensitivities is not { } classes
        || (sensitivity is null || Confidential.Contains(sensitivity) ? classes.Any(Confidential.Contains) : classes.Contains(sensitivity));

    private async Task FillAsync(Random random)
    {
        var uuids = new List<string>();
        for (var n = 0; n < Letters; n++)
        {
            var (authority, uuid) = (random.Next(3) == 0 ? Other : Own, $"aaaaaaaa-0000-4000-8000-{n:000000000000}");
            var (kle, unit) = (Pick(random, Numbers), random.Next(2) == 0 ? null : Pick(random, Units));
            var letter = new LetterRegistration
            {
                CaseNumber = $"24-{n % 20:0000}", LetterId = $"brev-{n}", Title = "Afgørelse", Kle = kle, OrganisationUnit = unit,
                Recipient = new LetterRecipient("Åse Lejer", null, null), SentAt = Fixture.Time.GetUtcNow() - TimeSpan.FromDays(3 + n),
                Identifiers = new LetterIdentifiers { MessageUuid = uuid },
            };
            await Fixture.Services.GetRequiredService<ILetterRegistry>().RegisterAsync(
                new Viewer("reg", "Reg", ViewerRights.RegisterLetters, [authority], TypeScope.None), [letter], RegistrationSource.System,
                TestContext.Current.CancellationToken);
            uuids.Add(uuid);
        }

        for (var n = 0; n < Messages; n++) await ReceiveAsync(random, n, uuids);
        await Fixture.Services.GetRequiredService<LetterMatcher>().CatchUpAsync(TestContext.Current.CancellationToken);
        await Fixture.Services.GetRequiredService<LetterCountingService>().CatchUpAsync(TestContext.Current.CancellationToken);

        // Unmatched statuses are in the worklist an hour later.
        Fixture.Time.Advance(TimeSpan.FromHours(2));
        await using var db = await Fixture.Services.GetRequiredService<IDbContextFactory<IngestionDbContext>>()
            .CreateDbContextAsync(TestContext.Current.CancellationToken);
        _letters.AddRange((await db.Letters.AsNoTracking().ToListAsync(TestContext.Current.CancellationToken)).Select(
            l => new Letter(l.Key, l.Authority, l.LetterId, l.CaseNumber, RegistrationKle(l), l.OrganisationUnit)));
        foreach (var match in (await db.StatusMatches.AsNoTracking().ToListAsync(TestContext.Current.CancellationToken)).GroupBy(
            m => m.Sequence))
        {
            _matches[match.Key] = [.. match.Select(m => m.LetterKey)];
        }
    }

    private static string? RegistrationKle(StoredLetter letter) =>
        System.Text.Json.JsonDocument.Parse(letter.RegistrationJson).RootElement.TryGetProperty("Kle", out var kle)
            ? kle.GetString()
            : null;

    private async Task ReceiveAsync(Random random, int n, List<string> uuids)
    {
        string[][] all = [[Own], [Own], [Other], [Own, Other]];
        var (to, isPost) = (Pick(random, all), random.Next(6) > 0);
        var sensitivity = random.Next(3) == 0 ? null : Pick(random, Classes);
        var objects = Enumerable.Range(0, random.Next(5) == 0 ? 2 : 1).Select(_ => (
            Uuid: random.Next(3) == 0 ? Guid.CreateVersion7().ToString() : Pick(random, [.. uuids]),
            Subject: Pick(random, Numbers))).ToArray();
        var extra = string.Concat(to.Skip(1).Select(
            cvr => $"<k:TilladtModtager><s:URNIdentifikator>urn:oio:cvr:{cvr}</s:URNIdentifikator></k:TilladtModtager>"))
            + string.Concat(objects.Select(o => Registration(o.Uuid, o.Subject)));
        var id = $"bbbbbbbb-0000-4000-8000-{n:000000000000}";
        await Fixture.ReceiveAsync(IngestionFixture.Envelope(
            id, isPost ? KnownBeskedtyper.PostStatus : UnknownType, to[0], "Klar", extra: extra, sensitivity: sensitivity));
        _messages.Add(new Message(n + 1, id, to, isPost, sensitivity, [.. objects.Select(o => o.Subject)]));
    }

    private static string Registration(string uuid, string? subject) =>
        $"<k:ObjektRegistrering><k:ObjektId><s:UUIDIdentifikator>{uuid}</s:UUIDIdentifikator></k:ObjektId>"
        + $"<k:ObjektHandling><s:UUIDIdentifikator>{KnownHandlinger.ModtagetDigitalPost}</s:UUIDIdentifikator></k:ObjektHandling>"
        + (subject is null
            ? ""
            : $"<k:OpgaveEmne><s:URNIdentifikator>urn:oio:kle:{subject}</s:URNIdentifikator></k:OpgaveEmne>")
        + "</k:ObjektRegistrering>";

    private static T Pick<T>(Random random, T[] from) => from[random.Next(from.Length)];

    private static IEnumerable<T> Some<T>(Random random, T[] from) =>
        Enumerable.Range(0, random.Next(1, 3)).Select(_ => Pick(random, from)).Distinct();
}
