using Portal.Features.Chains.Document;
using Portal.Features.Chains.Storage;
using Xunit;

namespace Portal.Tests.Features.Chains;

/// <summary>The departments that fields suggest.</summary>
public sealed class DepartmentsInUseTests
{
    [Fact]
    public void Each_is_named_once_in_Danish_order_and_never_one_with_a_person_number() => Assert.Equal(
        ["Borgerservice", "Teknik", "Ældre og sundhed"],
        DepartmentsInUse.Of([Chain("Ældre og sundhed"), Chain(""), Chain("Teknik"), Chain("Hos 010101-1234"), Chain("Borgerservice"),
            Chain("Teknik")]));

    private static ChainSummary Chain(string department) =>
        new("x", "Titel", department, ChainStage.Draft, 0, 0, default, "", default, "", null);
}
