using Portal.Ingestion.Operations;
using Portal.Ingestion.Supervision;
using Xunit;

namespace Portal.Tests.Ingestion.Operations;

public sealed class ReplacementTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);

    [Fact]
    public void A_process_that_died_and_was_started_again_is_not_missing() =>
        Assert.Equal(["vm/1"], Replaced(Node("vm/1", 0, silentFrom: 100), Node("vm/2", 130, silentFrom: 500)));

    [Fact]
    public void Of_two_that_ran_together_the_one_that_died_is_missing_even_though_the_other_began_later() =>
        Assert.Empty(Replaced(Node("vm/1", 0, silentFrom: 100), Node("vm/2", 5, silentFrom: 500)));

    [Fact]
    public void Of_two_that_died_one_start_takes_the_place_of_one_only() =>
        Assert.Equal(
            ["vm/2"], Replaced(Node("vm/1", 0, silentFrom: 100), Node("vm/2", 5, silentFrom: 101), Node("vm/3", 130, silentFrom: 500)));

    [Fact]
    public void One_that_died_again_and_again_leaves_nothing_behind() =>
        Assert.Equal(["vm/1", "vm/2", "vm/3"], Replaced(Node("vm/1", 0, silentFrom: 10), Node("vm/2", 20, silentFrom: 30),
            Node("vm/3", 40, silentFrom: 50), Node("vm/4", 60, silentFrom: 500)).Order());

    [Fact]
    public void Another_machine_or_another_program_takes_no_place() =>
        Assert.Empty(Replaced(
            Node("a/1", 0, silentFrom: 100), Node("b/2", 130, silentFrom: 500), Node("a/3", 140, silentFrom: 500, NodeIdentity.Worker)));

    [Fact]
    public void A_name_in_another_form_takes_no_place() =>
        Assert.Empty(Replacements.Of([("own", NodeIdentity.Portal, Start), ("other", NodeIdentity.Portal, Start.AddDays(1))]));

    private static IEnumerable<string> Replaced(params (string Id, string Program, DateTimeOffset LastWord)[] nodes) =>
        Replacements.Of(nodes).Select(id => id[..id.LastIndexOf('/')]);

    private static (string Id, string Program, DateTimeOffset LastWord) Node(
        string machineAndProcess, int began, int silentFrom, string program = NodeIdentity.Portal) =>
        ($"{machineAndProcess}/{Start.AddSeconds(began).ToUnixTimeSeconds()}", program, Start.AddSeconds(silentFrom));
}
