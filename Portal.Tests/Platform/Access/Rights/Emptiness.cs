using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using Portal.Features.Benefits.Import;
using Portal.Features.Benefits.Keeping;
using Portal.Ingestion.Letters.Work;
using Portal.Ingestion.Log;
using Portal.Platform.Storage.Views;
using Portal.Platform.Text;

namespace Portal.Tests.Platform.Access.Rights;

/// <summary>Tells whether an answer gives nothing away: empty, zero, or a refusal.</summary>
internal static class Emptiness
{
    private const int Deepest = 5;

    /// <summary>True when the answer is empty or refuses.</summary>
    public static bool IsNothing(object? answer, int depth = 0) => answer switch
    {
        null or false or "" => true,
        BenefitOutcome outcome => !outcome.Found,
        HandOutcome hand => hand == HandOutcome.Gone,
        WorkOutcome work => work == WorkOutcome.Gone,
        SavedViewOutcome view => view == SavedViewOutcome.Gone,
        OverviewPlan plan => plan is { Rows.Count: 0, Problem: not null },
        ImportOutcome import => import is { Added: 0, Changed: 0, Problem: not null },
        ProblemText => true,
        // How far the log goes is a number of the whole portal.
        LogSlice slice => slice.Items.Count == 0,
        bool => false,
        byte[] bytes => bytes.Length == 0,
        byte or int or long or double or decimal => Convert.ToDecimal(answer, System.Globalization.CultureInfo.InvariantCulture) == 0,
        string or Guid or DateTimeOffset or DateOnly or Enum => false,
        IDictionary map => map.Count == 0,
        IEnumerable list => list.Cast<object?>().All(item => IsNothing(item, depth + 1)),
        ITuple tuple => Enumerable.Range(0, tuple.Length).All(n => IsNothing(tuple[n], depth + 1)),
        _ => depth < Deepest && answer.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.GetIndexParameters().Length == 0).All(p => IsNothing(p.GetValue(answer), depth + 1)),
    };
}
