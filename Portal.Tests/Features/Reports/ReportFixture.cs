using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Keeping;
using Portal.Features.Evidence;
using Portal.Features.Reports;
using Portal.Features.Reports.Conclusions;
using Portal.Ingestion.Domain;
using Portal.Platform.Text;
using Portal.Tests.Features.Chains;
using Portal.Tests.Features.Evidence;

namespace Portal.Tests.Features.Reports;

/// <summary>Builds reports from figures in memory.</summary>
internal sealed class ReportFixture : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public ReportFixture()
    {
        Figures = new FakeFigures();
        Conclusions = new FakeConclusions();
        _services = new ServiceCollection().AddLogging().AddLocalization().AddSingleton<TimeProvider>(Time).AddSingleton<IBenefitFigures>(
            Figures).AddSingleton<ILedgerProofs>(new FakeLedger()).AddSingleton<IReportConclusions>(Conclusions)
            .AddSingleton<ReportMaker>()
            .AddSingleton(new ReportBuilder(Time))
            .BuildServiceProvider();
    }

    public FakeTimeProvider Time { get; } = new(Given.Now);

    public FakeFigures Figures { get; }

    public FakeConclusions Conclusions { get; }

    public ReportMaker Maker => _services.GetRequiredService<ReportMaker>();

    public ReportBuilder Builder => _services.GetRequiredService<ReportBuilder>();

    public ReportModel Build(ChainBenefits benefits) =>
        Builder.Build(benefits, "portal.local/beskeder\n1042\nrod=\n\n— portal.local/beskeder navn");

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}

/// <summary>Given figures, for viewers who may read the own authority's chains.</summary>
internal sealed class FakeFigures : IBenefitFigures
{
    public Dictionary<string, ChainBenefits> Chains { get; } = [];

    /// <summary>Chains whose figures cannot be computed.</summary>
    public HashSet<string> Failing { get; } = [];

    public Task<ChainBenefits?> ReadAsync(Viewer viewer, string chainId, Period period, CancellationToken cancellationToken) =>
        Failing.Contains(chainId) ? Task.FromException<ChainBenefits?>(new OverflowException()) : Task.FromResult(
            viewer.May(ViewerRights.Chains) && viewer.Authorities.Contains(ChainFixture.Own) && Chains.TryGetValue(chainId, out var chain)
                ? chain with { Period = period }
                : null);

    public async Task<IReadOnlyList<ChainBenefits>> ReadAllAsync(
        Viewer viewer, string? department, Period period, CancellationToken cancellationToken)
    {
        var found = new List<ChainBenefits>();
        foreach (var id in Chains.Keys)
        {
            if (await ReadAsync(viewer, id, period, cancellationToken) is { } chain
                && (department is null || chain.Chain.Department == department))
            {
                found.Add(chain);
            }
        }

        return found;
    }
}

/// <summary>Conclusions in memory; rejects every write with <see cref="Wrong"/> while that is set.</summary>
internal sealed class FakeConclusions : IReportConclusions
{
    public List<(ReportScope Scope, Period Period, string Text)> Written { get; } = [];

    public ProblemText? Wrong { get; set; }

    public Task<WrittenConclusion?> OfAllAsync(Viewer viewer, string department, Period period, CancellationToken cancellationToken) =>
        Task.FromResult(Written.Where(w => w.Scope == ReportScope.All(department) && w.Period == period)
            .Select(w => new WrittenConclusion(w.Text, "Freja", Given.Now)).LastOrDefault());

    // A chain's own conclusion is part of its figures, which this fake does not change.
    public Task<WrittenConclusion?> PresentAsync(Viewer viewer, ReportScope scope, Period period, CancellationToken cancellationToken) =>
        scope.IsAll ? OfAllAsync(viewer, scope.Department, period, cancellationToken) : Task.FromResult<WrittenConclusion?>(null);

    public Task<BenefitOutcome> WriteAsync(
        Viewer viewer, ReportScope scope, Period period, string text, DateOnly today, CancellationToken cancellationToken)
    {
        if (Wrong is { } wrong) return Task.FromResult(BenefitOutcome.Wrong("Text", wrong));
        Written.Add((scope, period, text));
        return Task.FromResult(BenefitOutcome.Done);
    }

    public Task<BenefitOutcome> UseRulesAsync(Viewer viewer, ReportScope scope, Period period, CancellationToken cancellationToken)
    {
        Written.RemoveAll(w => w.Scope == scope && w.Period == period);
        return Task.FromResult(BenefitOutcome.Done);
    }
}
