using Microsoft.Extensions.Time.Testing;
using Portal.Ingestion.Operations;
using Xunit;

namespace Portal.Tests.Ingestion.Operations;

public sealed class PushAnswersTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 30, 9, 0, 0, TimeSpan.Zero));
    private readonly PushAnswers _answers;

    public PushAnswersTests() => _answers = new PushAnswers(_time);

    [Fact]
    public void A_row_tells_since_when_how_often_why_and_to_whom_until_a_20_goes_out()
    {
        var start = _time.GetUtcNow();
        _answers.Refused("kombit", PushRefusal.Busy, 200);
        _time.Advance(TimeSpan.FromMinutes(2));
        _answers.Refused("kombit", PushRefusal.Storage, 200, "Databasen er optaget.");
        Assert.Equal(new PushRefusalRow("kombit", start, _time.GetUtcNow(), 2, PushRefusal.Storage, 200, "Databasen er optaget.", null),
            Assert.Single(_answers.Rows));
        Assert.Equal("Svarer StatusKode 40 siden 30.11. 10:00:00: Databasen er optaget.", _answers.Warning);

        _answers.Stored("key:another");
        Assert.Empty(_answers.Rows);
        Assert.Null(_answers.Warning);
        Assert.Equal(_time.GetUtcNow(), _answers.LastStored);
    }

    [Fact]
    public void A_senders_own_mistake_is_ended_by_its_own_20_or_forgotten_after_a_day()
    {
        _answers.Refused("kombit", PushRefusal.ExpiredCertificate, 401, limit: _time.GetUtcNow());
        _answers.Refused("192.0.2.7", PushRefusal.UnknownCaller, 401);
        _answers.Stored("key:another");
        Assert.Equal(["192.0.2.7", "kombit"], _answers.Rows.Select(r => r.Caller));
        Assert.Contains("udløbet", _answers.Warning, StringComparison.Ordinal);

        _answers.Stored("kombit");
        Assert.Equal("192.0.2.7", Assert.Single(_answers.Rows).Caller);
        Assert.Null(_answers.Warning);
        _time.Advance(TimeSpan.FromDays(1) + TimeSpan.FromSeconds(1));
        Assert.Empty(_answers.Rows);
    }

    [Fact]
    public void Any_number_of_strangers_takes_a_bounded_number_of_rows()
    {
        for (var n = 0; n < 1000; n++) _answers.Refused($"stranger {n}", PushRefusal.UnknownCaller, 401);
        Assert.InRange(_answers.Rows.Count, 1, 100);
    }

    [Fact]
    public void An_ignored_header_is_new_once_for_an_address()
    {
        Assert.True(_answers.HeaderIgnored("10.0.0.1"));
        Assert.False(_answers.HeaderIgnored("10.0.0.1"));
        Assert.Equal(2, _answers.Ignored!.Count);
        _time.Advance(TimeSpan.FromDays(2));
        Assert.Null(_answers.Ignored);
    }

    [Fact]
    public async Task Other_nodes_show_what_this_one_answers()
    {
        await using var portal = await OperationsFixture.OpenAsync();
        portal.Get<PushAnswers>().Refused("kombit", PushRefusal.Busy, 200);
        await portal.Reporter.ReportAsync(default);
        await using var other = await OperationsFixture.OpenAsync("b/2/2", folder: portal.Fixture.Folder);
        var view = await other.ReadAsync();
        var push = Assert.Single(view.Nodes.Single(n => n.Id == "a/1/1").Transports, t => t.Transport == "push");
        Assert.StartsWith("Svarer StatusKode 40 siden", push.Why, StringComparison.Ordinal);
        Assert.Empty(view.Push!.Rows);
        Assert.Single((await portal.ReadAsync()).Push!.Rows);
    }
}
