using System.Runtime.CompilerServices;
using Microsoft.Extensions.Hosting;
using Portal.Hosting;
using Portal.Ingestion.Operations;
using Portal.Ingestion.Supervision;
using Xunit;

namespace Portal.Tests.Faults;

/// <summary>Every background service is in a fault matrix, or a reason is given why not.</summary>
public sealed class FaultMatrixServicesTests
{
    // Why no matrix tries a service, by its name; by its type where it is no supervised service.
    private static readonly Dictionary<string, string> Elsewhere = new(StringComparer.Ordinal)
    {
        ["folder"] = "Asks the database through the receiver alone: AppendFaultTests, FolderWaitTests.",
        ["amqp"] = "Asks the database through the receiver alone: AppendFaultTests, the tests of the queue.",
        ["hints"] = "Asks one LISTEN of a connection of its own and stores nothing: PostgresStoreTests ends its connection.",
        ["sign-in-keys"] = "Asks Redis, not the database: SharedKeysTests kills it.",
        ["certificates"] = "Reads one file and memory, not the database: ClientCertificateExpiryTests.",
        ["access-log"] = "Hands looks from memory to the journal: AccessLookTests lets the log refuse, one look fail, and a stop come.",
        ["demo"] = "In Development alone, and all of it is invented and laid through the receiver and stores that are tried themselves.",
        [nameof(PlannedStop)] = "One last word, given up at any exception: NodeTests.",
    };

    [Fact]
    public void Each_background_service_of_both_programs_is_in_a_matrix_or_has_a_reason_why_not()
    {
        var matrices = ServiceFaultTests.Services.Concat(PortalServiceFaultTests.Services).Select(row => row.Data).ToList();
        var services = new[] { typeof(SupervisedService).Assembly, typeof(PortalHost).Assembly }.SelectMany(a => a.GetTypes())
            .Where(t => t.IsClass && !t.IsAbstract && t.IsAssignableTo(typeof(IHostedService))).Select(NameOf).ToList();

        Assert.Contains("service-report", services);
        Assert.Equal([], services.Except(matrices).Except(Elsewhere.Keys));
        Assert.Equal([], Elsewhere.Keys.Where(name => matrices.Contains(name) || !services.Contains(name)));
    }

    // The name is a constant, so it can be read from an uninitialised object.
    private static string NameOf(Type type) =>
        type.IsAssignableTo(typeof(SupervisedService)) ? ((SupervisedService)RuntimeHelpers.GetUninitializedObject(type)).Name : type.Name;
}
