using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Chains.Examples;

namespace Portal.Tests.Features.Reports;

/// <summary>The figures of a worked chain: two measured benefits, one described and a negative one.</summary>
internal static class ReportSample
{
    public static ChainBenefits Chain()
    {
        decimal?[] months = [30, 8, 3, null, 2, 1, 0, 3, 4, 2, 1, null];
        var document = new ChainExamples().All.First(e => e.Id == "digital-post-huslejenaevn").Document;
        return Given.Chain(
            Given.Measured("g1", "Højere retssikkerhed for parterne",
                new IndicatorDefinition { Key = "bevis", Name = "andel breve med bevis", Unit = "%", Owner = "P. Madsen", Target = 100,
                    Baseline = Baseline.None with { Value = 0 } }, [91, 92, 94, 95, 96, 97, 97, 98, 98, 98.4m, 98.6m, null]),
            Given.Measured("g2", "Mindre spildtid",
                new IndicatorDefinition { Key = "tvister", Name = "tvister i sagssystemet", Unit = "tvister", Gathering = Aggregation.Sum,
                    Better = BetterWhen.Lower, Owner = "P. Madsen", Target = 0, Baseline = Baseline.None with { Value = 550 } }, months),
            Given.Benefit("Kommunen lever op til sin pligt som myndighed", BenefitState.Described, owner: null),
            Given.Benefit("Lederen oplever en omstændelig anskaffelse", BenefitState.Worse, 3.1m, 2.4m, negative: true)) with
            { Document = document, Inputs = Portal.Features.Benefits.Inputs.InputBook.Of(document) };
    }
}
