using System.Collections.Immutable;
using System.Text.Json;
using Portal.Features.Chains.Document;
using Portal.Ingestion.Domain;

namespace Portal.Features.Chains.Exchange;

/// <summary>Reads a chain from JSON, and reports everything that is wrong instead of stopping at the first fault.</summary>
internal sealed class ChainDraft(Action<string, string> wrong)
{
    private static readonly string IdDemand =
        $"skal have 1–{ChainRules.MaxId} tegn uden styretegn og uden mellemrum i enderne, "
        + "og må ikke ligne et CPR-nummer: id'er står i adresser og filer.";

    private static readonly (string Field, string Property)[] Texts =
    [
        ("text", ElementProperty.Text), ("consequence", ElementProperty.Consequence), ("start", ElementProperty.Start),
        ("stop", ElementProperty.Stop), ("insteadOf", ElementProperty.InsteadOf), ("who", ElementProperty.Who),
        ("owner", ElementProperty.Owner), ("messageType", ElementProperty.MessageType),
    ];

    private static readonly (string Field, string Property)[] Numbers = [("x", ElementProperty.X), ("y", ElementProperty.Y), ("width",
        ElementProperty.Width)];

    private readonly List<ChainElement> _elements = [];
    private readonly Dictionary<LinkKey, ChainLink> _links = [];
    private readonly List<(JsonField Field, string From, string To)> _targets = [];
    private string _title = "", _department = "";
    private ChainStage _stage;

    /// <summary>The boxes' ids in the order of the text.</summary>
    public IReadOnlyList<string> Order => [.. _elements.Select(e => e.Id)];

    /// <summary>Reads all fields. Returns the chain's id; null when it is missing or not allowed.</summary>
    public string? Read(JsonElement root)
    {
        var chain = new JsonField(root, "$", wrong);
        if (!chain.IsObject)
        {
            chain.Wrong("En effektkæde skal være et JSON-objekt med title og elements.");
            return null;
        }

        if (chain.Member("title") is { } title)
            _title = Own(title, ChainDocument.TitleProperty, $"skal have 1–{ChainRules.MaxTitle} tegn.");
        else wrong("title", "mangler: giv kæden en titel.");
        if (chain.Member("department") is { } department)
            _department = Own(department, ChainDocument.DepartmentProperty, $"må højst have {ChainRules.MaxTitle} tegn.");
        if (chain.Member("state") is { } state && state.Text() is { } text)
        {
            if (ChainStages.Parse(text) is { } stage) _stage = stage;
            else state.Wrong($"skal være en af: {string.Join(", ", ChainStages.Wire)}.");
        }

        if (chain.Member("elements") is { } elements)
        {
            foreach (var item in elements.Items()) ReadElement(item);
        }
        else
        {
            wrong("elements", "mangler: en liste af kædens elementer, eventuelt tom.");
        }

        if (_elements.Count > ChainRules.MaxElements) wrong("elements", $"Højst {ChainRules.MaxElements} elementer i en kæde.");
        if (chain.Member("links") is { } links)
        {
            foreach (var item in links.Items()) ReadLink(item);
        }

        CheckTargets();
        return ReadId(chain);
    }

    /// <summary>The chain; only valid when nothing wrong was reported.</summary>
    public ChainDocument Document() =>
        new(_title, _department, _stage, _elements.ToImmutableDictionary(e => e.Id), _links.ToImmutableDictionary());

    private static string? ReadId(JsonField chain)
    {
        if (chain.Member("id") is not { } field || field.Text() is not { } id) return null;
        if (ChainRules.IsId(id)) return id;
        field.Wrong(IdDemand);
        return null;
    }

    private static string Own(JsonField field, string property, string message)
    {
        if (field.Text() is not { } text) return "";
        // One line, as lists and headings show it.
        var clean = TextLines.OneLine(ChainRules.Clean(text));
        if (clean.Length > ChainRules.MaxTitle || (clean.Length == 0 && property == ChainDocument.TitleProperty)) field.Wrong(message);
        return clean;
    }

    private void ReadElement(JsonField item)
    {
        if (!item.IsObject)
        {
            item.Wrong("Et element skal være et objekt med id, kind og text.");
            return;
        }

        var id = item.Member("id") is { } given ? given.Text() : FreeId();
        if (id is not null && !ChainRules.IsId(id)) wrong($"{item.Path}.id", IdDemand);
        if (id is not null && _elements.Exists(e => e.Id == id))
            wrong($"{item.Path}.id", "bruges af et andet element; hvert element skal have sit eget id.");
        var kind = item.Member("kind") is { } named ? ReadKind(named) : null;
        if (item.Member("kind") is null) wrong($"{item.Path}.kind", $"mangler: skriv en af {string.Join(", ", ChainKinds.Wire)}.");

        var values = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        void Take(JsonField? field, string property, bool number = false)
        {
            if (field is not { } at) return;
            var isPlace = property is ElementProperty.X or ElementProperty.Y or ElementProperty.Width;
            if ((isPlace ? at.Place() : number ? at.Number() : at.Text()) is not { } value) return;
            if (ChainRules.CheckValue(property, value) is not { } clean) at.Wrong(Demand(property));
            else if (clean.Length > 0) values[property] = clean;
        }

        foreach (var (field, property) in Texts) Take(item.Member(field), property);
        foreach (var (field, property) in Numbers) Take(item.Member(field), property, number: true);
        if (item.Member("volume") is { } volume) ReadVolume(volume, Take);
        if (item.Member("indicator") is { } indicator)
        {
            Take(indicator.Member("name"), ElementProperty.IndicatorName);
            Take(indicator.Member("unit"), ElementProperty.IndicatorUnit);
            Take(indicator.Member("baseline"), ElementProperty.IndicatorBaseline, number: true);
            Take(indicator.Member("target"), ElementProperty.IndicatorTarget, number: true);
            Take(indicator.Member("followUp"), ElementProperty.IndicatorFollowUp);
            if (!indicator.IsObject) indicator.Wrong("skal være et objekt med fx unit og target.");
        }

        if (item.Member("views") is { } views)
        {
            Take(views.Member("strategic"), ElementProperty.StrategicView);
            Take(views.Member("professional"), ElementProperty.ProfessionalView);
            Take(views.Member("staff"), ElementProperty.StaffView);
            Take(views.Member("it"), ElementProperty.ItView);
            if (!views.IsObject) views.Wrong("skal være et objekt med strategic, professional, staff og it.");
        }

        if (item.Member("tags") is { } tags
            && string.Join('\n', tags.Items().Select(t => t.Text() is { } tag ? TextLines.OneLine(tag) : null)
                .Where(t => !string.IsNullOrEmpty(t))) is { Length: > 0 } joined)
        {
            if (ChainRules.CheckValue(ElementProperty.Tags, joined) is { } clean) values[ElementProperty.Tags] = clean;
            else tags.Wrong(Demand(ElementProperty.Tags));
        }

        if (id is null || kind is null) return;
        _elements.Add(new ChainElement(id, kind.Value, values.ToImmutable()));
        if (item.Member("to") is not { } to) return;
        foreach (var target in to.Items())
        {
            if (target.Text() is { } other) _targets.Add((target, id, other));
        }
    }

    private static ChainKind? ReadKind(JsonField field)
    {
        if (field.Text() is not { } name) return null;
        if (ChainKinds.Parse(name) is { } kind) return kind;
        field.Wrong($"»{name}« er ikke en del af metoden; skriv en af {string.Join(", ", ChainKinds.Wire)}.");
        return null;
    }

    private static void ReadVolume(JsonField volume, Action<JsonField?, string, bool> take)
    {
        if (volume.IsNumber)
        {
            take(volume, ElementProperty.VolumeLikely, true);
            return;
        }

        if (!volume.IsObject) volume.Wrong("skal være et tal om året, eller et objekt med fx low, high og per.");
        take(volume.Member("low"), ElementProperty.VolumeLow, true);
        take(volume.Member("high"), ElementProperty.VolumeHigh, true);
        take(volume.Member("per"), ElementProperty.VolumePer, false);
        take(volume.Member("share"), ElementProperty.VolumeShare, true);
        take(volume.Member("minutesEach"), ElementProperty.MinutesEach, true);
        take(volume.Member("perYear") ?? volume.Member("likely"), ElementProperty.VolumeLikely, true);
        if (volume.Member("low")?.Number() is { } low && volume.Member("high")?.Number() is { } high && Parsed(low) > Parsed(high))
            volume.Wrong("low må ikke være større end high.");
    }

    private static double Parsed(string number) => double.Parse(number, System.Globalization.CultureInfo.InvariantCulture);

    private void ReadLink(JsonField item)
    {
        var (from, to) = (item.Member("from")?.Text(), item.Member("to")?.Text());
        if (from is null || to is null)
        {
            item.Wrong("En forbindelse skal have from og to.");
            return;
        }

        _targets.Add((item, from, to));
        var (assumption, confidence) = (item.Member("assumption")?.Text(), item.Member("confidence")?.Text());
        if (!string.IsNullOrEmpty(confidence) && !ChainRules.Confidences.Contains(confidence))
            wrong($"{item.Path}.confidence", $"skal være en af: {string.Join(", ", ChainRules.Confidences)}.");
        if (assumption?.Length > ChainRules.MaxText) wrong($"{item.Path}.assumption", $"må højst have {ChainRules.MaxText} tegn.");
        _links[new(from, to)] = new ChainLink(from, to, string.IsNullOrEmpty(assumption) ? null : ChainRules.Clean(assumption),
            string.IsNullOrEmpty(confidence) ? null : confidence);
    }

    private void CheckTargets()
    {
        var known = _elements.Select(e => e.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var (field, from, to) in _targets)
        {
            if (!known.Contains(to)) field.Wrong($"peger på »{to}«, som ikke er et element i kæden.");
            else if (!known.Contains(from)) field.Wrong($"kommer fra »{from}«, som ikke er et element i kæden.");
            else if (from == to) field.Wrong("Et element kan ikke føre til sig selv.");
            else _links.TryAdd(new(from, to), new ChainLink(from, to));
        }

        if (_links.Count > ChainRules.MaxLinks) wrong("elements", $"Højst {ChainRules.MaxLinks} forbindelser i en kæde.");
    }

    private string FreeId()
    {
        var n = _elements.Count + 1;
        while (_elements.Exists(e => e.Id == $"e{n}")) n++;
        return $"e{n}";
    }

    private static string Demand(string property) => property switch
    {
        ElementProperty.VolumePer => $"skal være en af: {string.Join(", ", ChainRules.Periods)}.",
        ElementProperty.VolumeShare => "skal være et tal fra 0 til 1.",
        ElementProperty.IndicatorFollowUp => "skal være en dato: åååå-mm-dd.",
        ElementProperty.X or ElementProperty.Y => $"skal være et tal fra {-ChainRules.MaxPlace:0} til {ChainRules.MaxPlace:0}.",
        ElementProperty.Width => $"skal være et tal fra {ChainRules.MinWidth:0} til {ChainRules.MaxWidth:0}.",
        _ when ElementProperty.IsNumber(property) => "skal være et tal fra 0.",
        _ => $"må højst have {ChainRules.MaxText} tegn.",
    };
}
