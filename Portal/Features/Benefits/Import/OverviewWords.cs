using Portal.Features.Benefits.Indicators;
using Portal.Ingestion.Domain;
using Portal.Platform.Text;

namespace Portal.Features.Benefits.Import;

/// <summary>The words of a benefit overview's cells, written and read. Pure.</summary>
public static class OverviewWords
{
    /// <summary>What a negative benefit is called in the column »Art«.</summary>
    public const string Negative = "negativ gevinst";

    /// <summary>What a benefit is called there.</summary>
    public const string Positive = "gevinst";

    private static readonly (string Word, BenefitForm Form)[] Forms =
    [
        ("kvalitet", BenefitForm.Quality), ("økonomisk frigjort", BenefitForm.Cash), ("frigjort tid", BenefitForm.Time),
        ("undgået udgift", BenefitForm.AvoidedCost), ("gevinst for andre", BenefitForm.ForOthers),
        ("økonomisk", BenefitForm.Cash), ("økonomisk, frigjort i budgettet", BenefitForm.Cash), ("penge", BenefitForm.Cash),
        ("kroner", BenefitForm.Cash), ("provenu", BenefitForm.Cash), ("besparelse", BenefitForm.Cash), ("tid", BenefitForm.Time),
        ("tidsbesparelse", BenefitForm.Time), ("frigjort arbejdstid", BenefitForm.Time), ("undgåede udgifter", BenefitForm.AvoidedCost),
        ("ikke-økonomisk", BenefitForm.Quality), ("kvalitativ", BenefitForm.Quality), ("service", BenefitForm.Quality),
        ("for andre", BenefitForm.ForOthers), ("borgere", BenefitForm.ForOthers), ("virksomheder", BenefitForm.ForOthers),
        ("borgere og virksomheder", BenefitForm.ForOthers),
    ];

    private static readonly (string Word, RiskLikelihood Likelihood)[] Likelihoods =
    [
        ("lille", RiskLikelihood.Low), ("middel", RiskLikelihood.Medium), ("stor", RiskLikelihood.High), ("lav", RiskLikelihood.Low),
        ("mellem", RiskLikelihood.Medium), ("høj", RiskLikelihood.High), ("1", RiskLikelihood.Low), ("2", RiskLikelihood.Medium),
        ("3", RiskLikelihood.High),
    ];

    /// <summary>The Danish word of a type.</summary>
    public static string Of(BenefitForm form) => Array.Find(Forms, f => f.Form == form).Word;

    /// <summary>The Danish word of a likelihood.</summary>
    public static string Of(RiskLikelihood likelihood) => Array.Find(Likelihoods, l => l.Likelihood == likelihood).Word;

    /// <summary>The type of a word; null for any other word.</summary>
    public static BenefitForm? Form(string word) => Find(Forms, word);

    /// <summary>The likelihood of a word; null for any other word.</summary>
    public static RiskLikelihood? Likelihood(string word) => Find(Likelihoods, word);

    /// <summary>True for a word for a negative benefit, false for one for a benefit; null for any other word.</summary>
    public static bool? IsNegative(string word) => NameKey.Of(word) switch
    {
        "gevinst" or "positiv" or "positivgevinst" or "+" => false,
        "negativgevinst" or "negativ" or "ulempe" => true,
        _ => null,
    };

    /// <summary>All types in words, for a message.</summary>
    public static ILocalizedText AllForms => new WordList([.. Enum.GetValues<BenefitForm>().Select(Of)]);

    /// <summary>All likelihoods in words, for a message.</summary>
    public static ILocalizedText AllLikelihoods => new WordList([.. Enum.GetValues<RiskLikelihood>().Select(Of)]);

    private static T? Find<T>((string Word, T Value)[] words, string word)
        where T : struct
    {
        var key = NameKey.Of(word);
        foreach (var (name, value) in words)
        {
            if (NameKey.Of(name) == key) return value;
        }

        return null;
    }

    // The words of the file are Danish in every language.
    private sealed record WordList(IReadOnlyList<string> Words) : ILocalizedText
    {
        public string In(System.Globalization.CultureInfo language) => string.Join(", ", Words);
    }
}
