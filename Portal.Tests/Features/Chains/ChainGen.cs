using System.Collections.Immutable;
using CsCheck;
using Portal.Features.Chains.Document;
using Portal.Ingestion.Domain;

namespace Portal.Tests.Features.Chains;

/// <summary>Generates documents and edits of them: few boxes, so that edits collide.</summary>
internal static class ChainGen
{
    private static readonly string[] Texts = ["", "a", "Vi kan 🎉", "مرحبا بالعالم", "<script>alert(1)</script>", "linje 1\nlinje 2"];

    private static readonly Gen<string> Id = Gen.Int[0, 4].Select(n => $"b{n}");
    private static readonly Gen<ChainKind> Kind = Gen.Enum<ChainKind>();
    private static readonly Gen<string> Text = Gen.Int[0, Texts.Length - 1].Select(n => Texts[n]);

    public static Gen<ChainChange> Change { get; } = Gen.OneOf(
        Gen.Select(Id, Kind, Text, (id, kind, text) => (ChainChange)new AddElement(id, kind, Values((ElementProperty.Text, text)))),
        Id.Select(id => (ChainChange)new DeleteElement(id)),
        Id.Select(id => (ChainChange)new RestoreElement(id)),
        Gen.Select(Id, Text, (id, text) => (ChainChange)new SetValue(id, ElementProperty.Text, text)),
        Gen.Select(Id, Gen.Int[0, 3], (id, x) => (ChainChange)new SetValue(id, ElementProperty.X, ChainNumber.Write(x))),
        Gen.Select(Id, Kind, (id, kind) => (ChainChange)new SetValue(id, ElementProperty.Kind, kind.ToWire())),
        Gen.Select(Id, Id, Text, (from, to, text) => (ChainChange)new Connect(from, to, text)),
        Gen.Select(Id, Id, (from, to) => (ChainChange)new Disconnect(from, to)),
        Gen.Select(Id, Id, Text, (from, to, text) => (ChainChange)new SetLinkValue(from, to, ChainLink.AssumptionProperty, text)),
        Text.Select(text => (ChainChange)new SetChainValue(ChainDocument.DepartmentProperty, text)));

    public static Gen<ChainOperation> Operation { get; } = Change.Array[1, 3].Select(changes => new ChainOperation(changes));

    /// <summary>The next act of one of three editors: an operation, an undo (−1) or a redo (−2).</summary>
    public static Gen<(int Editor, int Back, ChainOperation Operation)> Act { get; } =
        Gen.Select(Gen.Int[0, 2], Gen.Int[-2, 6], Operation, (editor, back, operation) => (editor, back, operation));

    /// <summary>
    /// Documents of any size up to <paramref name="most"/> boxes, with texts long and short, some placed, some not, some wide.
    /// </summary>
    public static Gen<ChainDocument> Document(int most) => Gen.Select(Gen.Int[0, most], Gen.Int).Select((count, seed) =>
    {
        var random = new Random(seed);
        var elements = ImmutableDictionary.CreateBuilder<string, ChainElement>();
        var oneKind = random.Next(4) == 0 ? (ChainKind?)random.Next(11) : null;
        for (var n = 0; n < count; n++)
        {
            var values = new List<(string, string)> { (ElementProperty.Text,
                string.Concat(Enumerable.Repeat("ord og ", random.Next(0, random.Next(10) == 0 ? 900 : 12)))) };
            if (random.Next(2) == 0)
            {
                values.AddRange([(ElementProperty.X, ChainNumber.Write(random.Next(-500, 2000))),
                    (ElementProperty.Y, ChainNumber.Write(random.NextDouble() * 2000))]);
            }
            if (random.Next(5) == 0) values.Add((ElementProperty.Width, ChainNumber.Write(random.Next(80, 1200))));
            if (random.Next(3) == 0)
            {
                values.AddRange([(ElementProperty.Consequence, "noget følger af det"), (ElementProperty.VolumeLow, "5"),
                    (ElementProperty.Owner, "P. Madsen")]);
            }
            elements[$"e{n}"] = new ChainElement($"e{n}", oneKind ?? (ChainKind)random.Next(11), Values([.. values]));
        }

        return ChainDocument.Empty with { Title = "Kæde", Elements = elements.ToImmutable() };
    });

    public static ImmutableSortedDictionary<string, string> Values(params (string Property, string Value)[] values) =>
        values.Where(v => v.Value.Length > 0).ToImmutableSortedDictionary(v => v.Property, v => v.Value, StringComparer.Ordinal);

    /// <summary>A small chain, each box written as <c>id:kind>targets</c>, such as <c>"d1:problem>f1"</c>.</summary>
    public static ChainDocument Chain(params string[] boxes)
    {
        var document = ChainDocument.Empty with { Title = "Kæde" };
        var read = boxes.Select(b => b.Split('>')).Select(b => (Head: b[0].Split(':'), To: b.Length > 1 ? b[1].Split(',') : [])).ToList();
        document = ChainApply.Apply(document, read.Select(b => new AddElement(
            b.Head[0], ChainKinds.Parse(b.Head[1])!.Value, Values((ElementProperty.Text, b.Head.Length > 2 ? b.Head[2] : b.Head[0])))));
        return ChainApply.Apply(document, read.SelectMany(b => b.To.Select(to => new Connect(b.Head[0], to))));
    }
}
