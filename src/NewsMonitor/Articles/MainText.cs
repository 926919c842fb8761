using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace NewsMonitor.Articles;

/// <summary>
/// Finds the main text of a page after the method that Arc90's Readability made known: paragraphs vote for the elements around them by
/// length and punctuation, links and telling class names count against, and the best element is read with those of its siblings that are
/// like it. Nothing in it depends on a script or on the direction of writing; commas and stops of Arabic, Persian and CJK count as such.
/// </summary>
static partial class MainText
{
    const int ShortestParagraph = 25;
    const int DeepestLevel = 200;

    static readonly HashSet<string> Dropped = new(StringComparer.OrdinalIgnoreCase)
    {
        "script", "style", "noscript", "template", "iframe", "svg", "math", "form", "button", "input", "select", "textarea", "nav",
        "footer", "aside",
        "object", "embed", "audio", "video", "canvas", "dialog", "menu", "figcaption",
    };
    static readonly HashSet<string> Block = new(StringComparer.OrdinalIgnoreCase)
    {
        "p", "div", "section", "article", "main", "header", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre",
        "table", "tr", "td", "th",
        "figure", "hr", "dl", "dt", "dd", "address", "br", "body",
    };

    public static string Extract(IHtmlDocument document)
    {
        if (document.Body is not { } body) return "";
        var scores = Score(body);
        if (scores.Count == 0) return "";
        var best = scores.Select(s => (Element: s.Key, Score: s.Value * (1 - LinkShare(s.Key)))).MaxBy(s => s.Score);
        var text = new StringBuilder();
        foreach (var part in Parts(best.Element, best.Score, scores)) Write(part, text, 0);
        return Tidy(text.ToString());
    }

    static Dictionary<IElement, double> Score(IElement body)
    {
        var scores = new Dictionary<IElement, double>();
        foreach (var paragraph in body.QuerySelectorAll("p, pre, td, blockquote, div, section, article"))
        {
            var isContainer = paragraph.LocalName is "div" or "section" or "article" or "td" or "blockquote";
            var text = isContainer ? OwnText(paragraph) : paragraph.TextContent;
            text = text.Trim();
            if (text.Length < ShortestParagraph || IsUnlikely(paragraph)) continue;
            var points = 1 + Punctuation().Count(text) + Math.Min(text.Length / 100.0, 3);
            // Text that stands in a container without a paragraph of its own votes for that container first.
            var level = isContainer ? paragraph : paragraph.ParentElement;
            for (var distance = 0; level is not null && distance < 5 && level.LocalName != "html"; distance++, level = level.ParentElement)
            {
                if (!scores.TryGetValue(level, out var score)) score = Start(level);
                scores[level] = score + points / (distance switch { 0 => 1, 1 => 2, _ => distance * 3 });
            }
        }
        return scores;
    }

    static double Start(IElement element)
    {
        var score = element.LocalName switch
        {
            "article" or "main" => 12,
            "div" or "section" => 5,
            "pre" or "td" or "blockquote" => 3,
            "ul" or "ol" or "dl" or "form" => -3,
            "th" or "h1" or "h2" or "h3" => -5,
            _ => 0,
        };
        if (element.GetAttribute("itemprop") == "articleBody") score += 30;
        var names = Names(element);
        if (Positive().IsMatch(names)) score += 25;
        if (Negative().IsMatch(names)) score -= 25;
        return score;
    }

    static IEnumerable<IElement> Parts(IElement best, double score, Dictionary<IElement, double> scores)
    {
        if (best.ParentElement is not { } parent || best.LocalName == "body") return [best];
        var threshold = Math.Max(10, score * 0.2);
        return parent.Children.Where(sibling => sibling == best
            || (!IsUnlikely(sibling) && scores.TryGetValue(sibling, out var own)
                && (own + Alike(sibling)) * (1 - LinkShare(sibling)) >= threshold)
            || (sibling.LocalName == "p" && sibling.TextContent.Trim().Length > 80 && LinkShare(sibling) < 0.25));

        double Alike(IElement sibling) =>
            sibling.ClassName is { Length: > 0 } name && name == best.ClassName ? Math.Max(5, score * 0.2) : 0;
    }

    static void Write(INode node, StringBuilder text, int level)
    {
        if (node is IText words)
        {
            text.Append(words.Data);
            return;
        }
        if (node is not IElement element || level > DeepestLevel || Dropped.Contains(element.LocalName)) return;
        if (level > 0 && (IsHidden(element) || (IsUnlikely(element) && element.LocalName != "p") || IsLinkList(element))) return;
        var block = Block.Contains(element.LocalName);
        if (block) text.Append('\u0001');
        foreach (var child in element.ChildNodes) Write(child, text, level + 1);
        if (block) text.Append('\u0001');
    }

    static string Tidy(string text) => string.Join("\n\n", text.Split('\u0001')
        .Select(p => string.Join(' ', p.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))).Where(p => p.Length > 0));

    static string OwnText(IElement element) => string.Concat(element.ChildNodes
        .Where(n => n is IText || (n is IElement inline && !Block.Contains(inline.LocalName) && !Dropped.Contains(inline.LocalName)
            && inline.LocalName != "a"))
        .Select(n => n.TextContent));

    static bool IsLinkList(IElement element) =>
        element.LocalName is "ul" or "ol" or "div" or "section" or "table" && LinkShare(element) > 0.5
            && element.QuerySelectorAll("a").Length > 2;

    static double LinkShare(IElement element)
    {
        var all = element.TextContent.Length;
        return all == 0 ? 0 : Math.Min(1, element.QuerySelectorAll("a").Sum(a => a.TextContent.Length) / (double)all);
    }

    static bool IsHidden(IElement element) =>
        element.HasAttribute("hidden") || element.GetAttribute("aria-hidden") == "true"
            || Hidden().IsMatch(element.GetAttribute("style") ?? "");

    static bool IsUnlikely(IElement element)
    {
        if (element.LocalName is "body" or "article" or "main") return false;
        if (element.GetAttribute("role") is "navigation" or "complementary" or "contentinfo" or "dialog" or "menu" or "banner") return true;
        var names = Names(element);
        // "layout-with-sidebar" may wrap the whole page: what holds the article is never unlikely.
        return names.Length > 0 && Unlikely().IsMatch(names) && !Maybe().IsMatch(names)
            && element.QuerySelector("article, main, h1, [itemprop=articleBody]") is null;
    }

    static string Names(IElement element) => $"{element.ClassName} {element.Id}".Trim();

    [GeneratedRegex(@"[,،、，;؛.!?؟。۔:]")]
    private static partial Regex Punctuation();

    [GeneratedRegex(@"display\s*:\s*none|visibility\s*:\s*hidden", RegexOptions.IgnoreCase)]
    private static partial Regex Hidden();

    [GeneratedRegex(@"(article|story|post|news)[-_]?(body|text|content)|entry[-_]?content"
        + @"|body[-_]?(copy|text)|wysiwyg|main[-_]?(content|text)",
        RegexOptions.IgnoreCase)]
    private static partial Regex Positive();

    [GeneratedRegex(@"comment|sidebar|footer|foot|share|social|related|promo|sponsor|widget|outbrain|taboola|meta|masthead|media"
        + @"|tags?\b|shopping|caption", RegexOptions.IgnoreCase)]
    private static partial Regex Negative();

    [GeneratedRegex(@"-ad-|\bad-?(box|slot|unit|wrap)|advert|banner|breadcrumb|comment|community|consent|cookie|disqus|footer|gdpr"
        + @"|header-|legends|menu|modal|newsletter|paywall|popup|related|remark|read-?more|more-?(news|stories)"
        + @"|recommend|most-?(read|viewed|popular)"
        + @"|latest|trending|replies|rss|share|shoutbox|sidebar|skyscraper|social|sponsor|subscri|supplemental|tags?-?(list|cloud)|taboola"
        + @"|outbrain|toolbar|pager|pagination",
        RegexOptions.IgnoreCase)]
    private static partial Regex Unlikely();

    [GeneratedRegex(@"article|story|body|main", RegexOptions.IgnoreCase)]
    private static partial Regex Maybe();
}
