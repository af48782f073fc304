using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Platform.Storage.Views;

/// <summary>A person's saved view of a list.</summary>
public sealed class StoredSavedView
{
    public required string PersonId { get; set; }

    /// <summary>The page's route without its slash.</summary>
    public required string Page { get; set; }

    public required string Name { get; set; }

    /// <summary>The query of the page's address, without the question mark.</summary>
    public required string Query { get; set; }
}

internal sealed class SavedViewModel : IEntityTypeConfiguration<StoredSavedView>
{
    public void Configure(EntityTypeBuilder<StoredSavedView> builder)
    {
        builder.ToTable("SavedViews");
        builder.HasKey(v => new { v.PersonId, v.Page, v.Name });
    }
}
