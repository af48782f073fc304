using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Log;
using Portal.Ingestion.Log.Postgres;
using Portal.Ingestion.Storage;
using Portal.Ingestion.Storage.Postgres;
using Portal.Tests.Ingestion.Ledger;
using Portal.Tests.Ingestion.Letters;
using Portal.Tests.Ingestion.Log;
using Xunit;

namespace Portal.Tests.Postgres;

[Collection(PostgresTests.Name)]
public sealed class PostgresStoreTests(PostgresServer server) : StoreTests
{
    private protected override Task<IngestionFixture> OpenAsync(
        string? folder = null, int maxBytes = 1 << 20, Action<IServiceCollection>? more = null) =>
        server.OpenAsync(folder, maxBytes, services: more);

    private protected override Task<IngestionFixture> OpenImpatientAsync() => server.OpenAsync(more: "Command Timeout=1");

    private protected override Task RefuseContentOverAsync(IngestionFixture fixture, int bytes) => SqlAsync(
        fixture,
        $"""
        CREATE FUNCTION refuse_content() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN IF octet_length(NEW."Content") > {bytes} THEN RAISE EXCEPTION 'no'; END IF; RETURN NEW; END $$;
        CREATE TRIGGER refuse_content BEFORE INSERT ON "Quarantine" FOR EACH ROW EXECUTE FUNCTION refuse_content();
        """);

    private protected override Task RefuseMessageAsync(IngestionFixture fixture, string beskedId) => SqlAsync(
        fixture,
        $"""
        CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN IF NEW."Id" = '\x{HexOf(beskedId)}'::bytea THEN RAISE EXCEPTION 'no'; END IF; RETURN NEW; END $$;
        CREATE TRIGGER refuse BEFORE INSERT ON "BeskedIds" FOR EACH ROW EXECUTE FUNCTION refuse();
        """);

    private protected override async Task<IAsyncDisposable> HoldLogAsync(IngestionFixture fixture)
    {
        var other = new NpgsqlConnection($"{fixture.Settings.ConnectionString};Pooling=false");
        await other.OpenAsync();
        await using var hold = new NpgsqlCommand($"SELECT pg_advisory_lock({PostgresLocks.Log})", other);
        await hold.ExecuteNonQueryAsync();
        return other;
    }

    [Fact]
    public async Task A_connection_that_the_server_cut_costs_one_refusal_and_no_message()
    {
        var folder = NewFolder();
        await using var fixture = await OpenAsync(folder);
        await fixture.ReceiveAsync(IngestionFixture.Envelope("a"));
        await server.SqlAsync(
            "postgres", $"SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = '{Path.GetFileName(folder)}'");

        await Assert.ThrowsAsync<StorageUnavailableException>(() => fixture.ReceiveAsync(IngestionFixture.Envelope("b")));

        Assert.Equal(2, Assert.IsType<DeliveryOutcome.Accepted>(await fixture.ReceiveAsync(IngestionFixture.Envelope("b"))).Sequence);
    }

    [Fact]
    public Task A_message_under_which_the_server_ends_its_connection_every_time_goes_to_quarantine_and_takes_nobody_with_it() =>
        PutAsideAsync("PERFORM pg_terminate_backend(pg_backend_pid())");

    [Fact, Long]
    public Task A_message_under_which_the_servers_process_crashes_every_time_goes_to_quarantine_and_takes_nobody_with_it() =>
        PutAsideAsync("EXECUTE format('COPY (SELECT 1) TO PROGRAM %L', 'kill -9 ' || pg_backend_pid())");

    private async Task PutAsideAsync(string ends)
    {
        var folder = NewFolder();
        await using var fixture = await OpenAsync(folder);
        await SqlAsync(folder, $"""
            CREATE FUNCTION fatal() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN IF NEW."Id" = '\x6200'::bytea THEN {ends}; END IF; RETURN NEW; END $$;
            CREATE TRIGGER fatal BEFORE INSERT ON "BeskedIds" FOR EACH ROW EXECUTE FUNCTION fatal();
            """);
        Task<IReadOnlyList<DeliveryOutcome>> SendAsync() => fixture.Receiver.ReceiveAsync(
            [.. ((string[])["a", "b", "c", "d"])
                .Select(id => new Delivery(IngestionFixture.Envelope(id), "amqp", fixture.Time.GetUtcNow()))], default);
        var outcomes = await UntilAsync(SendAsync);

        var kept = Assert.IsType<DeliveryOutcome.Quarantined>(outcomes[1]);
        Assert.Equal(QuarantineReason.Failed, kept.Reason);
        Assert.Equal(["a", "c", "d"], outcomes.OfType<DeliveryOutcome.Accepted>().Select(o => o.BeskedId));
        Assert.Equal(4, Assert.IsType<DeliveryOutcome.Accepted>(await fixture.ReceiveAsync(IngestionFixture.Envelope("e"))).Sequence);

        // A retry fails for the same cause, and does not wait forever.
        Task<DeliveryOutcome?> TryAsync() => fixture.Quarantine.RetryAsync(IngestionFixture.Administrator(), kept.QuarantineId, default);
        Assert.Equal(QuarantineReason.Failed, Assert.IsType<DeliveryOutcome.Quarantined>(await UntilAsync(TryAsync)).Reason);
        await SqlAsync(folder, """DROP TRIGGER fatal ON "BeskedIds" """);
        Assert.Equal(5, Assert.IsType<DeliveryOutcome.Accepted>(await UntilAsync(TryAsync)).Sequence);
        Assert.Null(await fixture.VerifyAsync());

        // Repeats a call that is refused while the server restarts, as senders do, for a limited time.
        static async Task<T> UntilAsync<T>(Func<Task<T>> ask)
        {
            for (var clock = Stopwatch.StartNew(); ;)
            {
                try
                {
                    return await ask();
                }
                catch (Exception problem) when (StorageErrors.IsOutage(problem) && clock.Elapsed < TimeSpan.FromMinutes(3))
                {
                    // The server is restarting.
                    await Task.Delay(100, TestContext.Current.CancellationToken);
                }
            }
        }
    }

    [Fact]
    public async Task A_registration_and_a_batch_of_statuses_at_once_do_not_miss_each_other()
    {
        var folder = NewFolder();
        await using var one = await OpenAsync(folder);
        await using var two = await OpenAsync(folder);
        var uuids = Enumerable.Range(0, 40).Select(_ => Guid.NewGuid().ToString()).ToList();

        await Task.WhenAll(
            Task.Run(async () =>
            {
                foreach (var uuid in uuids)
                {
                    await one.ReceiveAsync(
                        Stories.Envelopes.Status(uuid, KnownHandlinger.AfleveretDigitalPost, "2024-03-04T11:00:00Z").Bytes);
                    await one.Services.GetRequiredService<LetterMatcher>().CatchUpAsync(default);
                }
            }),
            Task.Run(async () =>
            {
                foreach (var uuid in uuids)
                {
                    await two.Services.GetRequiredService<ILetterRegistry>()
                        .RegisterAsync(LettersFixture.Caseworker(), [LettersFixture.Letter(uuid, uuid)], default);
                }
            }));

        await two.Services.GetRequiredService<LetterMatcher>().CatchUpAsync(default);
        Assert.All((await two.Services.GetRequiredService<ICaseReader>()
            .FindAsync(LettersFixture.Caseworker(), "24-0117", default))!.Letters, l => Assert.Equal(Verdict.Delivered, l.Verdict));
    }

    [Fact]
    public async Task A_new_month_gets_a_partition_of_its_own_though_someone_is_reading()
    {
        var folder = NewFolder();
        await using var fixture = await OpenAsync(folder);
        await fixture.ReceiveAsync(IngestionFixture.Envelope("marts"));
        await using var reading = new NpgsqlConnection(fixture.Settings.ConnectionString);
        await reading.OpenAsync();
        await using var transaction = await reading.BeginTransactionAsync();
        await using (var read = new NpgsqlCommand("""SELECT COUNT(*) FROM "Messages" """, reading, transaction))
            Assert.Equal(1L, await read.ExecuteScalarAsync());
        fixture.Time.Advance(TimeSpan.FromDays(30));

        Assert.Equal(2, Assert.IsType<DeliveryOutcome.Accepted>(await fixture.ReceiveAsync(IngestionFixture.Envelope("april"))).Sequence);

        Assert.Equal(1L, await SqlAsync(folder, """SELECT COUNT(*) FROM "Messages_2026_03" """));
        Assert.Equal(1L, await SqlAsync(folder, """SELECT COUNT(*) FROM "Messages_2026_04" """));
        Assert.Equal(["april", "marts"], (await fixture.Messages.ListAsync(
            IngestionFixture.Administrator(), MessageFilter.Everything, null, 10, default)).Items.Select(m => m.BeskedId));
        Assert.IsType<DeliveryOutcome.Repeated>(await fixture.ReceiveAsync(IngestionFixture.Envelope("marts")));
    }

    [Fact]
    public async Task A_writer_tells_all_who_listen_and_a_listener_that_was_cut_listens_again()
    {
        var folder = NewFolder();
        await using var writer = await OpenAsync(folder);
        await using var fixture = await OpenAsync(folder);
        var signal = fixture.Services.GetRequiredService<LogSignal>();
        using var listener = ActivatorUtilities.CreateInstance<PostgresListener>(fixture.Services, TimeProvider.System);
        var listening = signal.Next;
        await listener.StartAsync(default);
        await listening.WaitAsync(TestContext.Current.CancellationToken);

        var answer = signal.Next;
        await writer.ReceiveAsync(IngestionFixture.Envelope("a"));
        await answer.WaitAsync(TestContext.Current.CancellationToken);

        var again = signal.Next;
        await server.SqlAsync("postgres", "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = "
            + $"'{Path.GetFileName(folder)}' AND query LIKE 'LISTEN%'");
        await again.WaitAsync(TestContext.Current.CancellationToken);
        await listener.StopAsync(default);
    }

    [Fact]
    public async Task Every_commit_is_on_the_servers_disk_and_a_writer_that_is_gone_lets_go_of_the_log()
    {
        var folder = NewFolder();

        await using var fixture = await server.OpenAsync(folder);
        await using var log = await fixture.Services.GetRequiredService<ILogDatabase>().OpenAsync(default);
        await using var ask = new NpgsqlCommand("SELECT current_setting('synchronous_commit') || current_setting('fsync') || "
            + "current_setting('idle_in_transaction_session_timeout')", (NpgsqlConnection)log.Connection);
        Assert.Equal("onon30s", await ask.ExecuteScalarAsync());
    }

    private static string NewFolder() => Path.Combine(Path.GetTempPath(), $"house{Guid.NewGuid():N}");

    private Task<object?> SqlAsync(IngestionFixture fixture, string sql) =>
        server.SqlAsync(new NpgsqlConnectionStringBuilder(fixture.Settings.ConnectionString).Database!, sql);

    private Task<object?> SqlAsync(string folder, string sql) => server.SqlAsync(Path.GetFileName(folder), sql);
}
