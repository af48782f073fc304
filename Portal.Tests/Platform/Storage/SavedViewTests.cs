using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Portal.Ingestion.Domain;
using Portal.Platform.Storage;
using Portal.Platform.Storage.Views;
using Portal.Tests.Ingestion.Log;
using Xunit;

namespace Portal.Tests.Platform.Storage;

/// <summary>The views of lists that people save.</summary>
public class SavedViewTests
{
    private const string Page = "opfoelgning";
    private static readonly Viewer Sofie = IngestionFixture.Administrator() with { Id = "sofie" };
    private static readonly Viewer Bent = IngestionFixture.Administrator() with { Id = "bent" };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_view_is_a_persons_own_and_a_pages_own_and_is_replaced_renamed_and_deleted_by_its_name()
    {
        await using var fixture = await PreparedAsync();
        var views = fixture.Services.GetRequiredService<ISavedViews>();
        Assert.Equal(SavedViewOutcome.Saved, await views.SaveAsync(Sofie, Page, new SavedView("  Gamle\nuden ejer ", "ejer=ingen"), Stop));
        Assert.Equal(SavedViewOutcome.Saved, await views.SaveAsync(Sofie, Page, new SavedView("Gamle uden ejer", "alder=5"), Stop));
        Assert.Equal(SavedViewOutcome.Saved, await views.SaveAsync(Sofie, "sager", new SavedView("Andre", "soeg=anna"), Stop));
        Assert.Equal([new SavedView("Gamle uden ejer", "alder=5")], await views.ReadAsync(Sofie, Page, Stop));
        Assert.Empty(await views.ReadAsync(Bent, Page, Stop));
        Assert.Equal(SavedViewOutcome.Gone, await views.RenameAsync(Bent, Page, "Gamle uden ejer", "Mine", Stop));
        Assert.Equal(SavedViewOutcome.Saved, await views.RenameAsync(Sofie, Page, "Gamle uden ejer", "Mine", Stop));
        await views.SaveAsync(Sofie, Page, new SavedView("Nye", ""), Stop);
        Assert.Equal(SavedViewOutcome.NameTaken, await views.RenameAsync(Sofie, Page, "Nye", "Mine", Stop));
        await views.DeleteAsync(Bent, Page, "Mine", Stop);
        await views.DeleteAsync(Sofie, Page, "Nye", Stop);
        Assert.Equal([new SavedView("Mine", "alder=5")], await views.ReadAsync(Sofie, Page, Stop));
    }

    [Fact]
    public async Task No_name_and_no_query_with_a_number_is_kept_and_no_more_than_fifty_of_a_page()
    {
        await using var fixture = await PreparedAsync();
        var views = fixture.Services.GetRequiredService<ISavedViews>();
        Assert.Equal(SavedViewOutcome.WrongName, await views.SaveAsync(Sofie, Page, new SavedView(" ", ""), Stop));
        Assert.Equal(SavedViewOutcome.WrongName, await views.SaveAsync(Sofie, Page, new SavedView(new string('a', 201), ""), Stop));
        Assert.Equal(SavedViewOutcome.HoldsCpr, await views.SaveAsync(Sofie, Page, new SavedView("Anna 010101-1234", ""), Stop));
        Assert.Equal(SavedViewOutcome.HoldsCpr, await views.SaveAsync(Sofie, Page, new SavedView("Anna", "soeg=010101%201234"), Stop));
        for (var n = 0; n < SavedViewLimits.MostOfPage; n++)
            Assert.Equal(SavedViewOutcome.Saved, await views.SaveAsync(Sofie, Page, new SavedView($"Visning {n}", "ejer=ingen"), Stop));
        Assert.Equal(SavedViewOutcome.TooMany, await views.SaveAsync(Sofie, Page, new SavedView("Én til", ""), Stop));
        Assert.Equal(SavedViewOutcome.Saved, await views.SaveAsync(Sofie, Page, new SavedView("Visning 7", "alder=3"), Stop));
        Assert.Equal(SavedViewOutcome.HoldsCpr, await views.RenameAsync(Sofie, Page, "Visning 7", "010101-1234", Stop));
        Assert.Equal(SavedViewLimits.MostOfPage, (await views.ReadAsync(Sofie, Page, Stop)).Count);
    }

    [Fact]
    public async Task What_people_had_saved_of_the_worklist_is_a_view_of_it_after_the_upgrade()
    {
        await using var fixture = await OpenAsync();
        await using (var db = await fixture.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(Stop))
        {
            await db.Database.GetService<IMigrator>().MigrateAsync("RoleLimits", Stop);
            await db.Database.ExecuteSqlRawAsync(
                "INSERT INTO \"WorkFilters\" (\"PersonId\", \"Name\", \"Query\") VALUES ('sofie', 'Gamle', 'alder=5')", Stop);
        }

        await fixture.Services.GetRequiredService<PortalDatabase>().PrepareAsync(Stop);
        Assert.Equal(
            [new SavedView("Gamle", "alder=5")],
            await fixture.Services.GetRequiredService<ISavedViews>().ReadAsync(Sofie, Page, Stop));
    }

    private protected virtual Task<IngestionFixture> OpenAsync() =>
        IngestionFixture.OpenAsync(more: services => services.AddPortalStorage());

    private async Task<IngestionFixture> PreparedAsync()
    {
        var fixture = await OpenAsync();
        await fixture.Services.GetRequiredService<PortalDatabase>().PrepareAsync(Stop);
        return fixture;
    }
}
