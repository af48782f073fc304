using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Log;
using Portal.Ingestion.Log.Content;
using Portal.Ingestion.Storage;
using Xunit;

namespace Portal.Tests.Ingestion.Log;

/// <summary>
/// A message that causes an outage each time it is tried is found and quarantined; an outage of the database never quarantines anything.
/// </summary>
public sealed class BatchIsolationTests : IAsyncLifetime
{
    private const string Guilty = "g";
    private IngestionFixture _fixture = null!;

    /// <summary>Errors that a single message may cause.</summary>
    public static TheoryData<string> OfOneMessage => ["cut", "ended", "crashed", "protocol", "page", "sqlite-page", "sqlite-disk"];

    /// <summary>Errors that no message causes.</summary>
    public static TheoryData<string> OfTheStore => ["refused", "silent", "locked", "full", "starting", "read-only", "too-many",
        "sqlite-busy", "sqlite-full", "sqlite-read-only", "sqlite-memory-full"];

    public async ValueTask InitializeAsync() => _fixture = await IngestionFixture.OpenAsync();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Theory]
    [MemberData(nameof(OfOneMessage))]
    public async Task A_message_that_fails_with_whatever_batch_and_alone_while_others_do_not_goes_to_quarantine_by_itself(string problem)
    {
        var store = new Store { Append = batch => Has(batch, Guilty) ? Make(problem) : null };
        var isolation = store.Isolation(_fixture);

        // Never the same batch: the message comes with different ones each time.
        await RefusedAsync(isolation, "a", Guilty, "b");
        await RefusedAsync(isolation, Guilty, "c", "d", "e");
        var outcomes = await AppendAsync(isolation, "f", "h", "i", Guilty, "j", "k", "l", "m");

        Assert.Equal([Guilty], store.Kept);
        Assert.Equal(QuarantineReason.Failed, Assert.IsType<DeliveryOutcome.Quarantined>(outcomes[3]).Reason);
        Assert.Equal(["f", "h", "i", "j", "k", "l", "m"], outcomes.OfType<DeliveryOutcome.Accepted>().Select(o => o.BeskedId));
        Assert.Equal(["f", "h", "i", "j", "k", "l", "m"], store.Stored);
    }

    [Theory]
    [MemberData(nameof(OfOneMessage))]
    public async Task A_store_that_also_refuses_a_harmless_delivery_quarantines_nothing(string problem)
    {
        var store = new Store { Append = _ => Make(problem), Rehearse = () => Make(problem) };
        var isolation = store.Isolation(_fixture);
        for (var n = 0; n < 50; n++) await RefusedAsync(isolation, Guilty, "a", "b");

        Assert.Empty(store.Kept);
        store.Append = _ => null;
        Assert.Equal(3, (await AppendAsync(isolation, Guilty, "a", "b")).OfType<DeliveryOutcome.Accepted>().Count());
    }

    [Theory]
    [MemberData(nameof(OfTheStore))]
    public async Task An_outage_that_is_no_messages_doing_puts_nothing_aside_whatever_else_the_store_takes(string problem)
    {
        var store = new Store { Append = _ => Make(problem) };
        var isolation = store.Isolation(_fixture);
        for (var n = 0; n < 50; n++) await RefusedAsync(isolation, Guilty);

        Assert.Empty(store.Kept);
        Assert.Equal(0, store.Rehearsals);
    }

    [Fact]
    public async Task A_message_that_crashes_a_server_which_takes_long_to_come_back_is_found_all_the_same()
    {
        var starting = 0;
        var store = new Store();
        store.Append = batch =>
        {
            if (!Has(batch, Guilty)) return null;
            starting = 40;
            return Make("crashed");
        };
        store.Rehearse = () =>
        {
            if (starting-- <= 0) return null;

            // Nine minutes in all, below the limit of fifteen.
            _fixture.Time.Advance(TimeSpan.FromSeconds(14));
            return Make("starting");
        };
        var isolation = store.Isolation(_fixture);
        for (var n = 1; n < BatchIsolation.MaxFailures; n++) await RefusedAsync(isolation, "a", Guilty);
        await AppendAsync(isolation, "a", Guilty);

        Assert.Equal([Guilty], store.Kept);
        Assert.Equal(["a"], store.Stored);
    }

    [Fact]
    public async Task A_connection_that_is_cut_now_and_then_puts_nothing_aside()
    {
        var cuts = 0;
        var store = new Store { Append = _ => cuts-- > 0 ? Make("cut") : null };
        var isolation = store.Isolation(_fixture);
        for (var n = 0; n < 20; n++)
        {
            cuts = BatchIsolation.MaxFailures - 1;
            for (var cut = cuts; cut > 0; cut--) await RefusedAsync(isolation, Guilty, "a");
            Assert.Equal(2, (await AppendAsync(isolation, Guilty, "a")).OfType<DeliveryOutcome.Accepted>().Count());
        }

        Assert.Empty(store.Kept);
    }

    [Fact]
    public async Task A_store_that_goes_out_while_a_batch_is_taken_apart_puts_nothing_aside_and_the_batch_is_tried_again()
    {
        var isOut = false;
        var store = new Store();
        store.Append = batch => isOut || Has(batch, Guilty) ? Make("cut") : null;
        store.Rehearse = () => isOut || (isOut = store.Appends > BatchIsolation.MaxFailures) ? Make("refused") : null;
        var isolation = store.Isolation(_fixture);
        for (var n = 0; n < 10; n++) await RefusedAsync(isolation, Guilty, "a", "b", "c");
        Assert.Empty(store.Kept);

        (isOut, store.Rehearse) = (false, () => null);
        Assert.IsType<DeliveryOutcome.Quarantined>((await AppendAsync(isolation, Guilty, "a", "b", "c"))[0]);
        Assert.Equal([Guilty], store.Kept);
    }

    [Fact]
    public async Task What_cuts_the_quarantines_connection_too_is_kept_with_as_many_bytes_as_it_takes()
    {
        var store = new Store { Append = batch => Has(batch, Guilty) ? Make("cut") : null,
            Keep = read => read.Encoding != ContentCodec.AsItIs ? Make("cut") : null };
        var isolation = store.Isolation(_fixture);
        for (var n = 1; n < BatchIsolation.MaxFailures; n++) await RefusedAsync(isolation, Guilty);

        var kept = Assert.IsType<DeliveryOutcome.Quarantined>(Assert.Single(await AppendAsync(isolation, Guilty)));

        Assert.Contains("længde og SHA-256", kept.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_retry_from_quarantine_is_given_up_after_several_failures_and_waits_during_an_outage()
    {
        var isOut = true;
        var store = new Store { Rehearse = () => isOut ? Make("refused") : null };
        var isolation = store.Isolation(_fixture);
        Task<string> TryAsync() => isolation.TryAsync("7", () => throw Make("crashed"), _ => Task.FromResult("given up"), default);
        for (var n = 0; n < 20; n++) await Assert.ThrowsAsync<PostgresException>(TryAsync);

        isOut = false;
        for (var n = 1; n < BatchIsolation.MaxFailures; n++) await Assert.ThrowsAsync<PostgresException>(TryAsync);
        Assert.Equal("given up", await TryAsync());
    }

    private static Exception Make(string problem) => problem switch
    {
        "cut" => new NpgsqlException("injected", new EndOfStreamException()),
        "ended" => ServerError(PostgresErrorCodes.AdminShutdown),
        "crashed" => ServerError(PostgresErrorCodes.CrashShutdown),
        "protocol" => ServerError(PostgresErrorCodes.ProtocolViolation),
        "page" => ServerError(PostgresErrorCodes.IndexCorrupted),
        "sqlite-page" => new SqliteException("injected", 11),
        "sqlite-disk" => new SqliteException("injected", 10),
        "refused" => new NpgsqlException("injected", new SocketException()),
        "silent" => new NpgsqlException("injected", new TimeoutException()),
        "locked" => ServerError(PostgresErrorCodes.LockNotAvailable),
        "full" => ServerError(PostgresErrorCodes.DiskFull),
        "starting" => ServerError(PostgresErrorCodes.CannotConnectNow),
        "read-only" => ServerError(PostgresErrorCodes.ReadOnlySqlTransaction),
        "too-many" => ServerError(PostgresErrorCodes.TooManyConnections),
        "sqlite-busy" => new SqliteException("injected", 5),
        "sqlite-full" => new SqliteException("injected", 13),
        "sqlite-read-only" => new SqliteException("injected", 8),
        _ => new SqliteException("injected", 10, 10 | (19 << 8)),
    };

    private static PostgresException ServerError(string state) => new("injected", "FATAL", "FATAL", state);

    private static bool Has(IReadOnlyList<ReadDelivery> batch, string id) => batch.Any(r => r.BeskedId == id);

    private Task<IReadOnlyList<DeliveryOutcome>> AppendAsync(BatchIsolation isolation, params string[] ids) =>
        isolation.AppendAsync(
            [.. ids.Select(id => _fixture.Reader.Read(new Delivery(IngestionFixture.Envelope(id), "push", _fixture.Time.GetUtcNow())))],
            default);

    private async Task RefusedAsync(BatchIsolation isolation, params string[] ids) =>
        Assert.True(StorageErrors.IsOutage(await Assert.ThrowsAnyAsync<Exception>(() => AppendAsync(isolation, ids))));

    private sealed class Store
    {
        public Func<IReadOnlyList<ReadDelivery>, Exception?> Append { get; set; } = _ => null;
        public Func<Exception?> Rehearse { get; set; } = () => null;
        public Func<ReadDelivery, Exception?> Keep { get; set; } = _ => null;
        public List<string> Stored { get; } = [];
        public List<string> Kept { get; } = [];
        public int Appends { get; private set; }
        public int Rehearsals { get; private set; }

        public BatchIsolation Isolation(IngestionFixture fixture) => new(
            (batch, _) =>
            {
                Appends++;
                if (Append(batch) is { } problem) throw problem;
                Stored.AddRange(batch.Select(r => r.BeskedId!));
                return Task.FromResult<IReadOnlyList<DeliveryOutcome>>(
                    [.. batch.Select(r => new DeliveryOutcome.Accepted(r.BeskedId!, 1))]);
            },
            (read, why, _) =>
            {
                if (Keep(read) is { } problem) throw problem;
                Kept.Add(read.BeskedId!);
                return Task.FromResult<DeliveryOutcome>(new DeliveryOutcome.Quarantined("1", why.Reason, why.Detail, read.BeskedId));
            },
            (_, _) =>
            {
                Rehearsals++;
                return Rehearse() is { } problem ? Task.FromException(problem) : Task.CompletedTask;
            },
            int.MaxValue, fixture.Reader, fixture.Time, NullLogger.Instance) { RecoveryPause = TimeSpan.Zero };
    }
}
