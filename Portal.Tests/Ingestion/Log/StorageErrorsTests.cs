using System.Net.Sockets;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Storage;
using Xunit;

namespace Portal.Tests.Ingestion.Log;

public sealed class StorageErrorsTests
{
    [Theory]
    [InlineData(5, true)]
    [InlineData(6, true)]
    [InlineData(8, true)]
    [InlineData(10, true)]
    [InlineData(11, true)]
    [InlineData(13, true)]
    [InlineData(14, true)]
    [InlineData(26, true)]
    [InlineData(3, true)]
    [InlineData(15, true)]
    [InlineData(23, true)]
    [InlineData(1, false)]
    [InlineData(7, false)]
    [InlineData(18, false)]
    [InlineData(19, false)]
    [InlineData(20, false)]
    [InlineData(25, false)]
    public void Of_SQLites_codes_a_closed_list_says_that_the_store_is_out(int code, bool outage) =>
        Assert.Equal(outage, StorageErrors.IsOutage(new DbUpdateException("wrapped", new SqliteException("x", code))));

    [Theory]
    [InlineData("08006", true)]
    [InlineData("25006", true)]
    [InlineData("25P02", false)]
    [InlineData("25P03", true)]
    [InlineData("28P01", true)]
    [InlineData("3D000", true)]
    [InlineData("40001", true)]
    [InlineData("40P01", true)]
    [InlineData("42501", true)]
    [InlineData("42P01", true)]
    [InlineData("42601", false)]
    [InlineData("53100", true)]
    [InlineData("53200", false)]
    [InlineData("53300", true)]
    [InlineData("54000", false)]
    [InlineData("55P03", true)]
    [InlineData("57014", true)]
    [InlineData("57P01", true)]
    [InlineData("58030", true)]
    [InlineData("XX000", false)]
    [InlineData("XX001", true)]
    [InlineData("22021", false)]
    [InlineData("22P05", false)]
    [InlineData("23505", false)]
    [InlineData("P0001", false)]
    public void Of_PostgreSQLs_states_a_closed_list_says_that_the_store_is_out(string state, bool outage) =>
        Assert.Equal(outage, StorageErrors.IsOutage(new PostgresException("x", "ERROR", "ERROR", state)));

    [Theory]
    [InlineData(10, true)]
    [InlineData(11, true)]
    [InlineData(5, false)]
    [InlineData(8, false)]
    [InlineData(13, false)]
    [InlineData(14, false)]
    [InlineData(19, false)]
    public void Of_SQLites_outages_only_a_page_of_the_disk_may_be_met_by_one_message_alone(int code, bool one) =>
        Assert.Equal(one, StorageErrors.MayBeOfOneMessage(new DbUpdateException("wrapped", new SqliteException("x", code))));

    [Theory]
    [InlineData("57P01", true)]
    [InlineData("57P02", true)]
    [InlineData("08P01", true)]
    [InlineData("08006", true)]
    [InlineData("XX001", true)]
    [InlineData("58030", true)]
    [InlineData("57P03", false)]
    [InlineData("57014", false)]
    [InlineData("53100", false)]
    [InlineData("53300", false)]
    [InlineData("55P03", false)]
    [InlineData("40001", false)]
    [InlineData("25006", false)]
    [InlineData("42P01", false)]
    [InlineData("22021", false)]
    public void Of_PostgreSQLs_outages_only_an_end_of_its_own_process_or_a_page_may_be_met_by_one_message_alone(string state, bool one) =>
        Assert.Equal(one, StorageErrors.MayBeOfOneMessage(new PostgresException("x", "ERROR", "ERROR", state)));

    [Fact]
    public void A_connection_that_is_cut_may_be_one_messages_doing_and_one_that_cannot_be_made_or_is_silent_is_not()
    {
        Assert.True(StorageErrors.MayBeOfOneMessage(new NpgsqlException("x", new EndOfStreamException())));
        Assert.True(StorageErrors.MayBeOfOneMessage(new NpgsqlException("x", new IOException("x", new SocketException()))));
        Assert.False(StorageErrors.MayBeOfOneMessage(new NpgsqlException("x", new SocketException())));
        Assert.False(StorageErrors.MayBeOfOneMessage(new NpgsqlException("x", new TimeoutException())));
        Assert.False(StorageErrors.MayBeOfOneMessage(new NpgsqlException("x", new IOException("x", new TimeoutException()))));
        Assert.False(StorageErrors.MayBeOfOneMessage(new StorageUnavailableException("x", new NpgsqlException("x"))));
        Assert.False(StorageErrors.MayBeOfOneMessage(new InvalidOperationException()));
    }

    [Fact]
    public void A_table_that_is_missing_is_an_outage_on_both()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        using var command = new SqliteCommand("INSERT INTO Messages VALUES (1)", connection);
        Assert.True(StorageErrors.IsOutage(Assert.Throws<SqliteException>(() => (object)command.ExecuteNonQuery())));
    }

    [Fact]
    public void A_connection_that_is_gone_is_an_outage_and_text_that_the_client_cannot_encode_is_not()
    {
        Assert.True(StorageErrors.IsOutage(new NpgsqlException("x", new SocketException())));
        Assert.True(StorageErrors.IsOutage(new NpgsqlException("x", new EndOfStreamException())));
        Assert.True(StorageErrors.IsOutage(new NpgsqlException("no password")));
        Assert.True(StorageErrors.IsOutage(new StorageUnavailableException("x")));
        Assert.False(StorageErrors.IsOutage(new NpgsqlException("x", new EncoderFallbackException())));
        Assert.False(StorageErrors.IsOutage(new EncoderFallbackException()));
        Assert.False(StorageErrors.IsOutage(new IOException("a file of ours")));
        Assert.False(StorageErrors.IsOutage(new InsufficientMemoryException()));
    }
}
