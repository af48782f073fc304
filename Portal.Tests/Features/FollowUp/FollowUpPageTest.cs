using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.FollowUp;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Work;
using Portal.Tests.Features.Cases;
using Portal.Tests.Features.Messages;

namespace Portal.Tests.Features.FollowUp;

/// <summary>What the tests of the worklist's page share: its rows, and presses on it.</summary>
public abstract class FollowUpPageTest : IAsyncDisposable
{
    private protected readonly PageFixture _fixture;
    private protected readonly FakeCases _cases = new();
    private protected readonly FakeWorklist _worklist;

    protected FollowUpPageTest()
    {
        _worklist = new FakeWorklist(_cases);
        _fixture = new PageFixture(more: services => services.AddSingleton<ICaseReader>(_cases).AddWork(_worklist));
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _fixture.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected void Add(string id, FollowUpReason reason, DateTimeOffset since) => _cases.Worklist.Add(
        reason is FollowUpReason.Unmatched or FollowUpReason.Ambiguous
            ? new FollowUpItem(id, reason, null, null, null, "besked-7", since, null,
                LocalizedText.AsSent("Statussen passer ikke på noget registreret brev."))
            : new FollowUpItem(id, reason, "26-0412", "L-1", "Afgørelse", null, since, null, LocalizedText.AsSent("Send brevet igen.")));

    private protected static DateTimeOffset At(int day, int hour) => new(2026, 11, day, hour, 2, 0, TimeSpan.Zero);

    private protected static void Press(IRenderedComponent<FollowUpPage> page, string testId)
    {
        page.Find($"[data-testid={testId}]").Click();
    }
}
