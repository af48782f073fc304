using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Portal.Platform.Ui;
using Xunit;

namespace Portal.Tests.Platform.Ui;

/// <summary>A search while one types, on a net whose addresses come late.</summary>
public sealed class TypedSearchTests
{
    private const int TypeLetter = 0, Erase = 1, Rest = 2, Deliver = 3, RenderAgain = 4;
    private static readonly string[] Letters = ["a", "b", " ", "26", "-"];

    [Fact]
    public void No_letter_is_lost_only_the_last_address_is_shown_and_in_the_end_what_was_typed_is_what_is_searched_for() =>
        Gen.Select(Gen.Int[TypeLetter, RenderAgain], Gen.Int[0, Letters.Length - 1]).List[0, 40].Sample(
            steps =>
            {
                using var page = new Page();
                var typed = "";
                foreach (var (step, letter) in steps)
                {
                    switch (step)
                    {
                        case TypeLetter: page.Search.Type(typed += Letters[letter]); break;
                        case Erase: page.Search.Type(typed = ""); break;
                        case Rest: page.Pass(); break;
                        case Deliver: page.Deliver(); break;
                        default: page.RenderAgain(); break;
                    }

                    Assert.Equal(typed, page.Search.Text);
                }

                page.Pass();
                page.DeliverAll();
                Assert.Equal(typed, page.Search.Text);
                Assert.Equal(TypedSearch.Normal(typed), page.Shown);
                Assert.True(page.Search.IsUpToDate);
            },
            iter: 5_000,
            threads: 1);

    [Fact]
    public void Of_two_addresses_on_their_way_the_earlier_is_not_shown()
    {
        using var page = new Page();
        page.Search.Type("An");
        page.Pass();
        page.Search.Type("Anna");
        page.Pass();
        page.Deliver();
        Assert.Null(page.Shown);
        page.Deliver();
        Assert.Equal("Anna", page.Shown);
    }

    [Fact]
    public void What_is_erased_before_its_address_has_come_is_not_shown_for_good()
    {
        using var page = new Page();
        page.Search.Type("Anna");
        page.Pass();
        page.Search.Type("");
        page.Pass();
        page.DeliverAll();
        Assert.Null(page.Shown);
        Assert.Equal("", page.Search.Text);
    }

    [Fact]
    public void A_link_or_back_is_followed_by_the_field_and_forgets_what_was_asked_for()
    {
        using var page = new Page();
        page.Search.Type("Anna");
        page.Pass();
        page.DeliverAll();
        page.Follow("Bent");
        Assert.Equal(("Bent", "Bent"), (page.Search.Text, page.Shown));
        page.Follow(null);
        Assert.Equal(("", null), (page.Search.Text, page.Shown));
        page.Follow("Anna");
        Assert.Equal(("Anna", "Anna"), (page.Search.Text, page.Shown));
    }

    [Theory]
    [InlineData("010101-1234")]
    [InlineData("Anna 0101011234")]
    [InlineData("010101")]
    public void A_text_that_is_or_may_become_a_cpr_number_waits_to_be_asked_for(string text)
    {
        using var page = new Page();
        page.Search.Type("Anna");
        page.Search.Type(text);
        page.Pass();
        page.DeliverAll();
        Assert.Null(page.Shown);
        Assert.Equal(text.Length > 6, page.Search.HoldsCpr);
    }

    /// <summary>A page with its search, and a browser that gives back each address later.</summary>
    private sealed class Page : IDisposable
    {
        private readonly FakeTimeProvider _time = new();
        private readonly Queue<string?> _onTheWay = new();
        private string? _address;

        public Page() => Search = new TypedSearch(_time, () =>
        {
            if (Search!.IsUpToDate) return Task.CompletedTask;
            Search.Asked(Search.Wanted);
            _onTheWay.Enqueue(Search.Wanted);
            return Task.CompletedTask;
        });

        public TypedSearch Search { get; }

        /// <summary>What the page has searched for.</summary>
        public string? Shown { get; private set; }

        public void Pass() => _time.Advance(TypedSearch.Rest);

        public void Deliver()
        {
            if (_onTheWay.TryDequeue(out var text)) Follow(text);
        }

        public void DeliverAll()
        {
            while (_onTheWay.Count > 0) Deliver();
        }

        /// <summary>The layout renders the page again, at the address it has.</summary>
        public void RenderAgain() => Follow(_address);

        public void Follow(string? text)
        {
            _address = text;
            if (Search.Arrive(text)) Shown = text;
        }

        public void Dispose() => Search.Dispose();
    }
}
