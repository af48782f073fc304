using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Portal.Tests.Stories;
using Xunit;

namespace Portal.Tests.Ingestion.Ledger;

/// <summary>A proof fetched over HTTP, checked by a verifier (verify_proof.py) that shares no code with the portal.</summary>
public sealed class IndependentVerifierTests
{
    [Fact]
    public async Task Another_verifier_accepts_our_proofs_and_refuses_a_changed_byte_and_the_log_says_that_it_is_whole()
    {
        await using var portal = await HostedPortal.StartAsync();
        for (var n = 0; n < 5; n++) (await portal.PushAsync(Status(n))).EnsureSuccessStatusCode().Dispose();
        var key = await portal.Http.GetStringAsync(new Uri("/api/bevis/noegle", UriKind.Relative));
        for (var n = 0; n < 5; n++)
        {
            var proof = await portal.Http.GetStringAsync(new Uri($"/api/beskeder/{Id(n)}/bevis", UriKind.Relative));
            Assert.Equal((0, ""), await VerifyAsync(proof, Status(n), key));
            var changed = Status(n);
            changed[^2] ^= 1;
            Assert.Equal((1, "the message is another"), await VerifyAsync(proof, changed, key));
            Assert.Equal(1,
                (await VerifyAsync(proof.Replace($"index {n}", $"index {(n + 1) % 5}", StringComparison.Ordinal), Status(n), key)).Status);
        }

        var verdict = await portal.GetAsync("/api/bevis/verificer");
        Assert.True(verdict["intact"]!.GetValue<bool>());
        Assert.Equal(5, verdict["size"]!.GetValue<long>());
        var checkpoint = await portal.Http.GetStringAsync(new Uri("/api/bevis/checkpoint", UriKind.Relative));
        Assert.Equal(verdict["root"]!.GetValue<string>(), checkpoint.Split('\n')[2]);
        Assert.Equal("5", checkpoint.Split('\n')[1]);
        var consistency = await portal.GetAsync("/api/bevis/konsistens?fra=2&til=5");
        Assert.Equal(5, consistency["to"]!.GetValue<long>());
        Assert.NotEmpty((JsonArray)consistency["hashes"]!);
    }

    private static string Id(int n) => $"00000000-0000-4000-8000-{n:D12}";

    private static byte[] Status(int n) => Portal.Tests.Ingestion.Log.IngestionFixture.Envelope(Id(n), status: $"Klar {n}");

    private static async Task<(int Status, string Text)> VerifyAsync(string proof, byte[] message, string key)
    {
        var folder = Directory.CreateTempSubdirectory("proof").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "proof"), proof);
        await File.WriteAllBytesAsync(Path.Combine(folder, "message"), message);
        var start = new ProcessStartInfo("python3") { RedirectStandardError = true, WorkingDirectory = folder };
        foreach (var argument in (string[])[Script(), "proof", "message", key]) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var text = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Directory.Delete(folder, recursive: true);
        return (process.ExitCode, text.Trim());
    }

    private static string Script([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "verify_proof.py");
}
