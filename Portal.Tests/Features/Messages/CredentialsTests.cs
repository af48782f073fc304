using Bunit;
using Portal.Features.AccessControl;
using Portal.Features.Messages;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Log;
using Portal.Platform.Access;
using Xunit;

namespace Portal.Tests.Features.Messages;

/// <summary>The sender's credentials on a message: shown to administrators only, and each view is logged once.</summary>
public sealed class CredentialsTests
{
    private const string Secret = "hemmelige-akkreditiver";

    [Fact]
    public async Task An_administrator_who_sees_them_is_logged_once_for_each_message()
    {
        await using var fixture = new PageFixture(PortalRoles.Administrator);
        fixture.Log.Detail = Detail(FakeMessageReader.Sample(1), Secret);
        var page = fixture.Render<MessagePage>(p => p.Add(x => x.BeskedId, "besked-1"));
        Assert.Contains(Secret, page.Markup, StringComparison.Ordinal);
        Assert.Equal((AccessKind.Credentials, "besked-1", "26-0412"), Noted(Assert.Single(fixture.Access.Notes).Note));

        // Reading the same message again, because something else about it changed, is not another view.
        fixture.Log.Detail = Detail(FakeMessageReader.Sample(1) with { Deliveries = 2 }, Secret);
        page.Render(p => p.Add(x => x.BeskedId, "besked-1"));
        Assert.Single(fixture.Access.Notes);
        fixture.Log.Detail = Detail(FakeMessageReader.Sample(2), Secret);
        page.Render(p => p.Add(x => x.BeskedId, "besked-2"));
        Assert.Equal((AccessKind.Credentials, "besked-2", "26-0412"), Noted(fixture.Access.Notes[1].Note));
    }

    [Theory]
    [InlineData(PortalRoles.Administrator, null)]
    [InlineData(PortalRoles.Caseworker, Secret)]
    public async Task Who_is_shown_none_is_not_logged(string role, string? credentials)
    {
        await using var fixture = new PageFixture(role);
        fixture.Log.Detail = Detail(FakeMessageReader.Sample(1), credentials);
        fixture.Render<MessagePage>(p => p.Add(x => x.BeskedId, "besked-1"));
        Assert.Empty(fixture.Access.Notes);
    }

    private static (AccessKind, string?, string?) Noted(AccessNote note) => (note.Kind, note.BeskedId, note.CaseNumber);

    private static MessageDetail Detail(MessageView message, string? credentials) => new(
        message with { Case = "26-0412" },
        ((EnvelopeReading.Understood)HaendelsesbeskedReader.Read(
            Portal.Tests.Ingestion.Log.IngestionFixture.Envelope(message.BeskedId, extra: "").AsSpan().ToArray()))
            .Besked with { Leveranceinformation = new Leveranceinformation { KildesystemAkkreditiver = credentials } },
        null,
        "<Haendelsesbesked/>");
}
