using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Log.MessageKinds;
using Xunit;

namespace Portal.Tests.Ingestion.Log;

/// <summary>The numbers of kinds and types are bounded, and at the bound a message costs no further statement.</summary>
public sealed class MessageKindNumbersTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 10, 0, 0, TimeSpan.Zero);
    private static readonly string[] Own = ["55133018", "12345678"];

    [Fact]
    public async Task Texts_that_never_repeat_make_no_more_kinds_than_the_bound_and_then_no_statements()
    {
        var (rows, numbers) = (new Rows(), new MessageKindNumbers(Own));
        for (var n = 0; n < MessageKindCache.MaxKinds + 2000; n++) await numbers.OfAsync(Kind(errorCode: $"fejl {n}"), Now, rows, default);
        numbers.Committed();

        // The complete kinds, and the one that all others share.
        Assert.Equal(MessageKindCache.MaxKinds + 1, rows.Kinds.Count);
        var before = rows.Statements;
        for (var n = 0; n < 5000; n++) await numbers.OfAsync(Kind(errorCode: $"ny fejl {n}"), Now, rows, default);
        Assert.Equal(before, rows.Statements);
    }

    [Fact]
    public async Task Authorities_and_codes_that_never_repeat_end_in_kinds_that_hold_nothing_a_sender_chooses()
    {
        var (rows, numbers) = (new Rows(), new MessageKindNumbers(Own));
        for (var n = 0; n < MessageKindCache.MaxAbridged + 5000; n++)
        {
            var authority = n % 2 == 0 ? Own[0] : $"{20_000_000 + n}";
            await numbers.OfAsync(Kind(authority, $"kode {n}", other: $";{30_000_000 + n};{Own[1]};", events: $"e{n}"), Now, rows, default);
        }

        Assert.InRange(rows.Kinds.Count, MessageKindCache.MaxAbridged, MessageKindCache.MaxAbridged + 10);
        var last = rows.Kinds.Skip(MessageKindCache.MaxAbridged).ToList();
        Assert.All(last, k => Assert.All(k.Authorities(), a => Assert.Contains(a, Own)));

        // A message for no configured authority belongs to the first one, as confidential.
        var foreign = rows.Kinds[await numbers.OfAsync(Kind("99999999", "ny", events: "e"), Now, rows, default) - 1];
        Assert.Equal((Own[0], true), (foreign.Authority, foreign.Classified));
    }

    [Fact]
    public async Task Types_beyond_the_bound_share_a_row_and_those_that_are_there_keep_theirs()
    {
        var (rows, numbers) = (new Rows(), new MessageKindNumbers(Own));
        for (var n = 0; n < MessageKindCache.MaxTypes + 50; n++) await numbers.OfAsync(Kind(type: $"type {n}"), Now, rows, default);

        Assert.Equal(MessageKindCache.MaxTypes + 1, rows.Types.Count(t => !t.Known));
        Assert.Contains(rows.Types, t => t.Beskedtype == StoredMessageKind.OtherTypes);
        Assert.Equal("type 7", rows.Kinds[await numbers.OfAsync(Kind(type: "type 7"), Now, rows, default) - 1].Beskedtype);
        var before = rows.Statements;
        for (var n = 0; n < 500; n++) await numbers.OfAsync(Kind(type: $"nyere type {n}"), Now, rows, default);
        Assert.Equal(before, rows.Statements);
    }

    [Fact]
    public async Task A_text_of_any_length_is_abridged()
    {
        var (rows, numbers) = (new Rows(), new MessageKindNumbers(Own));
        var whole = Kind(type: new string('t', 10_000), errorCode: new string('e', 10_000), events: new string('k', 10_000));
        Assert.False(whole.Fits());
        var kind = rows.Kinds[await numbers.OfAsync(whole.Abridge(), Now, rows, default) - 1];
        Assert.True(kind.Fits());
        Assert.Equal(StoredMessageKind.OtherTypes, kind.Beskedtype);
    }

    [Fact]
    public async Task What_a_transaction_added_is_forgotten_when_it_is_rolled_back()
    {
        var (rows, numbers) = (new Rows(), new MessageKindNumbers(Own));
        await numbers.OfAsync(Kind(), Now, rows, default);
        numbers.Committed();
        var kind = Kind(type: "ny type", errorCode: "ny fejl");
        await numbers.OfAsync(kind, Now, rows, default);
        numbers.RolledBack(all: false);
        rows.Kinds.RemoveAt(1);
        rows.Types.RemoveAll(t => t.Beskedtype == "ny type");

        Assert.Equal(2, await numbers.OfAsync(kind, Now, rows, default));
        Assert.Contains(rows.Types, t => t.Beskedtype == "ny type");
        Assert.Equal(1, await numbers.OfAsync(Kind(), Now, rows, default));
    }

    [Fact]
    public async Task A_kind_that_another_program_stored_is_found()
    {
        var rows = new Rows();
        var other = await new MessageKindNumbers(Own).OfAsync(Kind(errorCode: "x"), Now, rows, default);

        Assert.Equal(other, await new MessageKindNumbers(Own).OfAsync(Kind(errorCode: "x"), Now, rows, default));
        Assert.Single(rows.Kinds);
    }

    private static StoredMessageKind Kind(
        string authority = "55133018", string? errorCode = null, string type = KnownBeskedtyper.PostStatus, string? other = null,
            string? events = null) => new()
    {
        Transport = "amqp", Authority = authority, OtherAuthorities = other, Beskedtype = type, Action = KnownHandlinger.Fejlet,
            ActionName = "Fejlet",
        IsPostStatus = true, StatusText = "Fejlet", ErrorCode = errorCode, EventCodes = events,
    };

    private sealed class Rows : IMessageKindRows
    {
        public List<StoredMessageKind> Kinds { get; } = [];

        public List<(string Beskedtype, bool Known)> Types { get; } = [(KnownBeskedtyper.PostStatus, true)];

        public int Statements { get; private set; }

        private readonly Dictionary<string, int> _byHash = [];

        public ValueTask<int?> FindKindAsync(byte[] hash, CancellationToken cancellationToken)
        {
            Statements++;
            return new(_byHash.TryGetValue(Convert.ToHexString(hash), out var id) && id <= Kinds.Count ? id : null);
        }

        public ValueTask<int> LastKindAsync(CancellationToken cancellationToken)
        {
            Statements++;
            return new(Kinds.Count);
        }

        public ValueTask<IReadOnlyList<(int Id, byte[] Hash)>> AllKindsAsync(CancellationToken cancellationToken)
        {
            Statements++;
            return new([.. _byHash.Select(h => (h.Value, Convert.FromHexString(h.Key)))]);
        }

        public ValueTask<int> InsertKindAsync(StoredMessageKind kind, byte[] hash, CancellationToken cancellationToken)
        {
            Statements++;
            Kinds.Add(kind);
            _byHash[Convert.ToHexString(hash)] = Kinds.Count;
            return new(Kinds.Count);
        }

        public ValueTask<IReadOnlyList<(string Beskedtype, bool Known)>> TypesAsync(CancellationToken cancellationToken)
        {
            Statements++;
            return new([.. Types]);
        }

        public ValueTask InsertTypeAsync(string beskedtype, string name, DateTimeOffset firstSeenAt, CancellationToken cancellationToken)
        {
            Statements++;
            if (Types.All(t => t.Beskedtype != beskedtype)) Types.Add((beskedtype, false));
            return ValueTask.CompletedTask;
        }
    }
}
