using System.Collections.Frozen;
using TextEngine.Normalisation;

namespace TextEngine.NearDuplicates;

/// <summary>
/// Takes out what a newsroom or a site puts around a text: the dateline, agency credits, "read also" blocks, share lines. What is left of
/// such lines is known from its first words, since sites differ in the rest.
/// </summary>
static class Boilerplate
{
    const int LongestDateline = 6, LongestBoilerplateLine = 40, LongestHeadline = 16, HeadlinesAfterMarker = 3;

    static readonly FrozenSet<ulong> Markers = Phrases(
        "اقرأ أيضا", "اقرأ أيضًا", "إقرأ أيضا", "اقرأ المزيد", "اقرأ ايضا", "اقرا ايضا", "للمزيد", "شاهد أيضا", "شاهد ايضا",
        "مواضيع ذات صلة",
        "أخبار ذات صلة", "اخبار ذات صلة", "مقالات ذات صلة", "قد يهمك", "قد يعجبك", "المزيد من الأخبار", "تابعونا", "تابعنا", "انضم إلى",
        "اشترك",
        "شارك الخبر", "شارك المقال", "شاركها", "انشر", "المصدر", "حقوق النشر", "جميع الحقوق محفوظة", "تجاوز إلى المحتوى",
        "بیشتر بخوانید", "همچنین بخوانید", "بخوانید", "مطالب مرتبط", "اخبار مرتبط", "انتهای پیام", "کد خبر", "لینک کوتاه",
        "به اشتراک بگذارید",
        "اشتراک گذاری", "منبع", "ما را دنبال کنید",
        "read also", "read more", "also read", "see also", "related articles", "related stories", "related topics", "more on this",
        "share this",
        "follow us", "subscribe", "sign up for", "click here", "source", "all rights reserved", "copyright", "advertisement",
        "story continues");

    static readonly FrozenSet<ulong> BlockMarkers = Phrases(
        "اقرأ أيضا", "إقرأ أيضا", "اقرا ايضا", "شاهد أيضا", "مواضيع ذات صلة", "أخبار ذات صلة", "مقالات ذات صلة", "قد يهمك",
        "بیشتر بخوانید", "همچنین بخوانید", "بخوانید", "مطالب مرتبط", "اخبار مرتبط",
        "read also", "read more", "also read", "see also", "related articles", "related stories");

    /// <summary>Removes boilerplate from the words of the text; the headline stays as it is.</summary>
    public static void Remove(ArticleWords words)
    {
        var start = words.TitleCount;
        RemoveDateline(words, start);
        for (var line = start; line < words.Count;)
        {
            var end = LineEnd(words, line);
            var marker = end - line <= LongestBoilerplateLine ? MarkerLength(words, line, end, Markers) : 0;
            if (marker == 0 || end - start <= marker)
            {
                line = end;
                continue;
            }

            if (end - line == marker && MarkerLength(words, line, end, BlockMarkers) == marker)
            {
                end = AfterHeadlines(words, end);
            }

            words.Remove(line, end);
        }

        RemoveAgencies(words, start);
    }

    /// <summary>
    /// A marker alone on its line heads a list of headlines: short lines, at most three, and never all the rest of a text.
    /// </summary>
    static int AfterHeadlines(ArticleWords words, int end)
    {
        for (var n = 0; n < HeadlinesAfterMarker && end < words.Count; n++)
        {
            var next = LineEnd(words, end);
            if (next - end > LongestHeadline)
            {
                break;
            }

            end = next;
        }

        return end;
    }

    static void RemoveDateline(ArticleWords words, int start)
    {
        var last = Math.Min(words.Count - 1, start + LongestDateline);
        var found = -1;
        for (var i = start; i < last && (i == start || !words.Words[i].StartsLine); i++)
        {
            if (words.EndsDateline(i))
            {
                found = i;
            }
        }

        if (found >= 0)
        {
            words.Remove(start, found + 1);
        }
    }

    static void RemoveAgencies(ArticleWords words, int start)
    {
        for (var i = start; i < words.Count; i++)
        {
            if (words.Words[i].Kind == WordKind.Agency)
            {
                words.Remove(i, i + 1);
                i--;
            }
        }
    }

    static int MarkerLength(ArticleWords words, int line, int end, FrozenSet<ulong> markers)
    {
        ulong run = 0;
        for (var n = 1; n <= 3 && line + n <= end; n++)
        {
            run = Next(run, words.Words[line + n - 1].Hash);
            if (markers.Contains(run))
            {
                return n;
            }
        }

        return 0;
    }

    static int LineEnd(ArticleWords words, int line)
    {
        var end = line + 1;
        while (end < words.Count && !words.Words[end].StartsLine)
        {
            end++;
        }

        return end;
    }

    static ulong Next(ulong run, ulong word) => WordHash.Mix(run * 31 + word);

    static FrozenSet<ulong> Phrases(params string[] phrases)
    {
        var reader = new WordReader();
        return phrases.Select(Hash).ToFrozenSet();

        ulong Hash(string phrase)
        {
            reader.Read(phrase);
            var run = 0UL;
            foreach (var word in reader.Words)
            {
                run = Next(run, word.Hash);
            }

            return run;
        }
    }
}
