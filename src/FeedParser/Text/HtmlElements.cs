namespace FeedParser.Text;

/// <summary>What an HTML element means for text: nothing, a break, a gap, or that its content is no text at all.</summary>
enum HtmlKind : byte
{
    Inline,
    Block,
    Cell,
    Hidden,
}

/// <summary>The elements of the HTML standard and its predecessors, as far as they matter for reading text.</summary>
static class HtmlElements
{
    const string Block = "address article aside blockquote body br caption center dd details dialog dir div dl dt fieldset " +
        "figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol optgroup option " +
        "p pre search section summary table tbody tfoot thead tr ul";

    const string Inline = "a abbr acronym applet area audio b base basefont bdi bdo big blink button canvas cite code col colgroup " +
        "data datalist del dfn em embed font frame i img input ins kbd label link map mark marquee meta meter nobr noframes noscript " +
        "object output param picture progress q rp rt ruby s samp select slot small source span strike strong sub sup svg textarea " +
        "time track tt u var video wbr tbody title math";

    public static readonly NameTable<HtmlKind> Kinds = new(
    [
        .. Block.Split(' ').Select(n => KeyValuePair.Create(n, HtmlKind.Block)),
        .. Inline.Split(' ').Select(n => KeyValuePair.Create(n, HtmlKind.Inline)),
        KeyValuePair.Create("td", HtmlKind.Cell),
        KeyValuePair.Create("th", HtmlKind.Cell),
        .. "script style template iframe head".Split(' ').Select(n => KeyValuePair.Create(n, HtmlKind.Hidden)),
    ]);

    static readonly NameTable<bool> Voids = new(
        [.. "area base br col embed hr img input link meta param source track wbr basefont frame".Split(' ')
            .Select(n => KeyValuePair.Create(n, true))]);

    public static bool IsVoid(ReadOnlySpan<byte> name) => Voids.TryGet(name, out _);
}
