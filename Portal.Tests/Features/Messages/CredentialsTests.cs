using Bunit;
using Portal.Features.AccessControl;
using Portal.Features.Messages;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Log;
using Portal.Platform.Access;
using Xunit;

namespace Portal.Tests.Features.Messages;

/// <summary>A source's credentials on a message: for administrators, and each look is logged once.</summary>
public sealed class CredentialsTests
{
    private const string Secret = "hemmelige-akkreditiver";

    [Fact]
    public async Task An_administrator_who_sees_them_is_logged_once_for_each_message()
    {
        await using var house = new PageHouse(PortalRoles.Administrator);
        house.Log.Detail = Detail(FakeMessageReader.Sample(1), Secret);
        var page = house.Render<MessagePage>(p => p.Add(x => x.BeskedId, "besked-1"));
        Assert.Contains(Secret, page.Markup, StringComparison.Ordinal);
        Assert.Equal((AccessKind.Credentials, "besked-1", "26-0412"), Noted(Assert.Single(house.Access.Notes).Note));

        // Something around the message changed: it is read anew, and was seen already.
        house.Log.Detail = Detail(FakeMessageReader.Sample(1) with { Deliveries = 2 }, Secret);
        page.Render(p => p.Add(x => x.BeskedId, "besked-1"));
        Assert.Single(house.Access.Notes);
        house.Log.Detail = Detail(FakeMessageReader.Sample(2), Secret);
        page.Render(p => p.Add(x => x.BeskedId, "besked-2"));
        Assert.Equal((AccessKind.Credentials, "besked-2", "26-0412"), Noted(house.Access.Notes[1].Note));
    }

    [Theory]
    [InlineData(PortalRoles.Administrator, null)]
    [InlineData(PortalRoles.Caseworker, Secret)]
    public async Task Who_is_shown_none_is_not_logged(string role, string? credentials)
    {
        await using var house = new PageHouse(role);
        house.Log.Detail = Detail(FakeMessageReader.Sample(1), credentials);
        house.Render<MessagePage>(p => p.Add(x => x.BeskedId, "besked-1"));
        Assert.Empty(house.Access.Notes);
    }

    private static (AccessKind, string?, string?) Noted(AccessNote note) => (note.Kind, note.BeskedId, note.CaseNumber);

    private static MessageDetail Detail(MessageView message, string? credentials) => new(
        message with { Case = "26-0412" },
        ((EnvelopeReading.Understood)HaendelsesbeskedReader.Read(Portal.Tests.Ingestion.Log.IngestionHouse.Envelope(message.BeskedId, extra: "").AsSpan().ToArray())).Besked with { Leveranceinformation = new Leveranceinformation { KildesystemAkkreditiver = credentials } },
        null,
        "<Haendelsesbesked/>");
}
