using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.AccessControl;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Storage;
using Portal.Platform.Storage;
using Portal.Tests.Ingestion.Log;
using Xunit;

namespace Portal.Tests.Platform.Access;

/// <summary>The access log (who saw which personal data), over a real database.</summary>
public sealed class AccessLogTests : IAsyncLifetime
{
    private static readonly Viewer Sofie = new("p1", "Sofie", ViewerRights.Cases, [IngestionFixture.Own], TypeScope.None);
    private IngestionFixture _fixture = default!;
    private IAccessLog _log = default!;

    public async ValueTask InitializeAsync()
    {
        _fixture = await IngestionFixture.OpenAsync(more: services => services.AddPortalStorage().AddAccessControl());
        await _fixture.Services.GetRequiredService<PortalDatabase>().PrepareAsync(TestContext.Current.CancellationToken);
        _log = _fixture.Services.GetRequiredService<IAccessLog>();
    }

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    private Task NoteAsync(AccessNote note) => _log.NoteAsync(Sofie, note, default);

    private async Task<List<AccessEntry>> ReadAsync(AccessFilter? filter = null, Viewer? viewer = null) =>
        [.. (await _log.ReadAsync(viewer ?? IngestionFixture.Administrator(), filter ?? new AccessFilter(), null, 100, default)).Items];

    [Fact]
    public async Task A_line_says_who_what_about_and_why_and_never_a_person_number()
    {
        await NoteAsync(
            new AccessNote(AccessKind.PersonNumber) { CaseNumber = "26-1", LetterId = "0101011234", Purpose = "Ring til 010101-1234\nnu" });
        var line = Assert.Single(await ReadAsync());
        Assert.Equal(("p1", "Sofie", AccessKind.PersonNumber, "26-1", "010101-xxxx", "Ring til 010101-xxxx nu", _fixture.Time.GetUtcNow()),
            (line.Record.ById, line.Record.ByName, line.Kind!.Value, line.Record.CaseNumber, line.Record.LetterId,
                line.Record.Purpose, line.Record.At));
    }

    [Fact]
    public async Task Lines_are_found_by_kind_text_and_time_newest_first_page_by_page()
    {
        await NoteAsync(new AccessNote(AccessKind.ExactBytes) { BeskedId = "b1" });
        _fixture.Time.Advance(TimeSpan.FromDays(1));
        await NoteAsync(new AccessNote(AccessKind.PersonSearch) { Purpose = "aktindsigt", Hits = 2 });
        await NoteAsync(new AccessNote(AccessKind.EvidencePackage) { CaseNumber = "26_1", Reference = "BEV-1" });
        Assert.Equal(["BEV-1", null, null], (await ReadAsync()).Select(l => l.Record.Reference));
        Assert.Equal(AccessKind.ExactBytes, Assert.Single(await ReadAsync(new AccessFilter(AccessKind.ExactBytes))).Kind);
        Assert.Equal("BEV-1", Assert.Single(await ReadAsync(new AccessFilter(Text: "26_"))).Record.Reference);
        Assert.Equal(2, (await ReadAsync(new AccessFilter(From: _fixture.Time.GetUtcNow()))).Count);
        Assert.Single(await ReadAsync(new AccessFilter(To: _fixture.Time.GetUtcNow())));
        var first = await _log.ReadAsync(IngestionFixture.Administrator(), new AccessFilter(), null, 2, default);
        var rest = await _log.ReadAsync(IngestionFixture.Administrator(), new AccessFilter(), first.Cursor, 2, default);
        Assert.Equal(("b1", null), (Assert.Single(rest.Items).Record.BeskedId, rest.Cursor));
        await Assert.ThrowsAsync<FormatException>(
            () => _log.ReadAsync(IngestionFixture.Administrator(), new AccessFilter(), "x", 2, default));
    }

    [Theory]
    [InlineData("26-0412", "26\u20110412")]
    [InlineData("26\u20110412\u200B", "26-0412")]
    [InlineData("26-0412", "\uFF12\uFF16\uFF0D\uFF10\uFF14\uFF11\uFF12")]
    [InlineData("Sag\u00A012", "sag 12")]
    public async Task A_case_is_found_in_the_log_under_any_writing_of_its_number(string noted, string asked)
    {
        await NoteAsync(new AccessNote(AccessKind.EvidenceDocument) { CaseNumber = noted });
        await NoteAsync(new AccessNote(AccessKind.EvidenceDocument) { CaseNumber = "26-9-0412" });
        Assert.Equal(noted.Replace("\u200B", "", StringComparison.Ordinal),
            Assert.Single(await ReadAsync(new AccessFilter(Text: asked))).Record.CaseNumber!.Replace("\u200B", "",
                StringComparison.Ordinal));
        await NoteAsync(new AccessNote(AccessKind.ExactBytes) { BeskedId = "4f1c2d3e-00ab-4000-8000-0000000000cd" });
        Assert.Single(await ReadAsync(new AccessFilter(Text: "{4F1C2D3E00AB400080000000000000CD}")));
    }

    [Theory]
    [InlineData("26-0433", "26‑0433")]
    [InlineData("26–0433", "26-0433")]
    [InlineData("26-0433\u200B", "26-0433")]
    [InlineData("26-0433", "26\u00AD-0433\u200B")]
    [InlineData("Sag 26-0433", "sag\u00A026−0433")]
    public async Task A_case_is_found_among_others_under_any_writing_of_its_number(string asked, string written)
    {
        await NoteAsync(new AccessNote(AccessKind.EvidenceDocument) { CaseNumber = written, Reference = "BEV-1" });
        await NoteAsync(new AccessNote(AccessKind.EvidenceDocument) { CaseNumber = "26-0434", Reference = "BEV-2" });
        Assert.Equal("BEV-1", Assert.Single(await ReadAsync(new AccessFilter(Text: asked))).Record.Reference);
    }

    [Fact]
    public async Task Only_administrators_of_the_authority_see_it()
    {
        await NoteAsync(new AccessNote(AccessKind.ExactBytes));
        Assert.Empty(await ReadAsync(viewer: Sofie));
        Assert.Empty(await ReadAsync(viewer: IngestionFixture.Administrator("12345678")));
    }
}
