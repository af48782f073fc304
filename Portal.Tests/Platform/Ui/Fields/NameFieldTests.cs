using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Portal.Ingestion.Domain;
using Portal.Platform.Ui.Fields;
using Xunit;

namespace Portal.Tests.Platform.Ui.Fields;

/// <summary>A field of a department or a person suggests names that are in use, and takes any other.</summary>
public sealed class NameFieldTests : IAsyncDisposable
{
    private readonly BunitContext _fixture = new();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task It_suggests_the_pages_names_first_each_once_and_those_that_contain_what_is_typed()
    {
        var field = Field(new InUse(() => ["Huslejenævnet", "jobcenteret", "Teknik og Miljø"]), "Jobcenteret", "Bo Ejer");
        Assert.Equal(["Jobcenteret", "Bo Ejer", "Huslejenævnet", "Teknik og Miljø"], await SuggestedAsync(field, ""));
        Assert.Equal(["Huslejenævnet"], await SuggestedAsync(field, " nævn "));
        Assert.Empty(await SuggestedAsync(field, "Borgerservice"));
    }

    [Fact]
    public async Task It_works_without_suggestions_when_the_database_refuses()
    {
        var field = Field(new InUse(() => throw new StorageUnavailableException("away")), "Bo Ejer");
        Assert.Equal(["Bo Ejer"], await SuggestedAsync(field, ""));
    }

    private IRenderedComponent<NameField> Field(INamesInUse source, params string[] names)
    {
        _fixture.JSInterop.Mode = JSRuntimeMode.Loose;
        _fixture.Services.AddLocalization().AddLogging().AddMudForTests().AddSingleton(source);
        return _fixture.Render<NameField>(p => p.Add(f => f.Label, "Ejer").Add(f => f.Names, names));
    }

    private static async Task<List<string?>> SuggestedAsync(IRenderedComponent<NameField> field, string typed)
    {
        List<string?> suggested = [];
        await field.InvokeAsync(async () =>
        {
            if (field.Instance.SearchFunc?.Invoke(typed, CancellationToken.None) is { } found) suggested.AddRange(await found);
        });
        return suggested;
    }

    private sealed class InUse(Func<IReadOnlyList<string>> names) : INamesInUse
    {
        public Task<IReadOnlyList<string>> ReadAsync(CancellationToken cancellationToken) => Task.FromResult(names());
    }
}
