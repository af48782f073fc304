using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Log.Content;
using Portal.Ingestion.Transports.Simulator;
using Xunit;
using ZstdSharp.Unsafe;

namespace Portal.Tests.Ingestion.Log;

/// <summary>
/// Makes the compression dictionary (<c>content.zdict</c>) from invented messages only, so that it contains nothing about a person or from
/// a municipality's messages. It holds whole messages in the dialects of real senders, the most common last (nearest offsets), and
/// Zstandard's entropy tables. Run it with the command in CONTRIBUTING, then put the new file's hash into
/// <see cref="ContentDictionaryTests"/>.
/// </summary>
public sealed class ContentDictionaryMaker(ITestOutputHelper output)
{
    private const int Samples = 60;
    private const int TablesBytes = 4096;

    // Invented, with the length and form of real ones.
    private static readonly string Credentials = string.Join(
        '.',
        Base64("SERIALNUMBER=CVR:00000000-FID:00000000 + CN=Opfundet-system-test-funktion (funktionscertifikat), "
            + "O=Opfundet // CVR:00000000, C=DK"),
        Base64("0000000000"),
        Base64("CN=TRUST2408 Systemtest XXXIV CA, O=TRUST2408, C=DK"));

    private static readonly EnvelopeStyle Bare = new() { Wrapped = false };
    private static readonly EnvelopeStyle OneLine = new() { Indented = false };
    private static readonly EnvelopeStyle OtherPrefixes =
        new() { KuvertPrefix = "kuvert", SagdokPrefix = "ns5", StsPrefix = "sts", SignaturePrefix = null, PostStatusPrefix = "pko" };

    [Fact(Explicit = true)]
    public async Task Writes_the_dictionary_into_the_source()
    {
        var path = Path.Combine(SourceTree.Root, "Portal.Ingestion", "Log", "Content", "content.zdict");
        var dictionary = Make();
        await File.WriteAllBytesAsync(path, dictionary, TestContext.Current.CancellationToken);
        output.WriteLine($"{path}: {dictionary.Length} bytes, {Convert.ToHexStringLower(SHA256.HashData(dictionary))}");
    }

    // Deterministic: the same source gives the same bytes.
    private static byte[] Make()
    {
        var messages = new PostStatusTraffic(1, DateTimeOffset.UnixEpoch.AddYears(56), "00000000").Messages().Take(Samples)
            .Select(m => Text(m.Bytes)).ToList();
        (string Action, string? Channel, string? Code, EnvelopeStyle Style)[] whole =
        [
            (KnownHandlinger.ModtagetDigitalPost, "Digital Post", null,
                OtherPrefixes with { Wrapped = false, KuvertPrefix = "b", SagdokPrefix = "sd" }),
            (KnownHandlinger.ModtagetFjernprint, "Edora", null, OtherPrefixes),
            (KnownHandlinger.AfleveretTilPrint, "Strålfors", null, new EnvelopeStyle { UpperCaseUuids = true }),
            (KnownHandlinger.Afsendt, "KMD Charlie Tango", null, new EnvelopeStyle { Base64Payload = false }),
            (KnownHandlinger.Klar, null, null, Bare with { Indented = false }),
            (KnownHandlinger.ModtagetPostDanmark, "Strålfors", null, OneLine),
            (KnownHandlinger.OpdateringPostDanmark, "Strålfors", null, Bare),
            (KnownHandlinger.Tilbagekaldt, "Digital Post", null, Bare),
            (KnownHandlinger.Fejlet, "Digital Post", "memo.invalid", new EnvelopeStyle()),
            (KnownHandlinger.Klar, null, null, new EnvelopeStyle()),
            (KnownHandlinger.ModtagetDigitalPost, "Digital Post", null, new EnvelopeStyle()),
            (KnownHandlinger.AfleveretDigitalPost, "Digital Post", null, new EnvelopeStyle()),
        ];
        var content = whole.SelectMany(
            (w, n) => Text(PostStatusMessage.Build(Step(n, w.Action, w.Channel, w.Code), w.Style, person: null, Credentials))).ToArray();
        return Finish(content, messages);
    }

    private static PostStatusStep Step(int n, string action, string? channel, string? code) => new()
    {
        BeskedId = Invented(n, 1), Cvr = "00000000", Action = action,
        At = new DateTimeOffset(2026, 1, 5, 7, 0, 0, TimeSpan.Zero).AddMinutes(n), MessageUuid = Invented(n, 2),
        TransmissionId = Invented(n, 3), MessageId = Invented(n, 4), Channel = channel, ErrorCode = code,
        ErrorText = code is null ? null : LetterPlot.InvalidMemo, EventCode = action == KnownHandlinger.OpdateringPostDanmark ? "4" : null,
    };

    private static string Invented(int n, int part) =>
        string.Create(CultureInfo.InvariantCulture, $"00000000-0000-4000-8000-{n:d6}{part:d6}");

    private static byte[] Text(byte[] message)
    {
        var packed = ContentPacking.Pack(message);
        return packed[ContentPacking.TextStart(packed)..];
    }

    private static unsafe byte[] Finish(byte[] content, List<byte[]> samples)
    {
        var dictionary = new byte[content.Length + TablesBytes];
        byte[] together = [.. samples.SelectMany(s => s)];
        nuint[] sizes = [.. samples.Select(s => (nuint)s.Length)];
        fixed (byte* to = dictionary, from = content, all = together)
        fixed (nuint* lengths = sizes)
        {
            var size = Methods.ZDICT_finalizeDictionary(to, (nuint)dictionary.Length, from, (nuint)content.Length, all, lengths,
                (uint)samples.Count, new ZDICT_params_t { compressionLevel = 1 });
            if (Methods.ZDICT_isError(size))
                throw new InvalidOperationException($"The compression dictionary could not be made: {Methods.ZDICT_getErrorName(size)}");
            return dictionary[..(int)size];
        }
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
