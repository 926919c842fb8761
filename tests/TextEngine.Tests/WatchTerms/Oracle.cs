using System.Text.RegularExpressions;
using TextEngine.WatchTerms;

namespace TextEngine.Tests.WatchTerms;

/// <summary>
/// The rules read literally: every term is tried at every word, every stack of proclitics and every ending written out, every query walked.
/// </summary>
sealed partial class Oracle(RandomText title, RandomText text, string source, string language)
{
    public readonly record struct Hit(HitField Field, int First, int Last);

    static readonly string[] Stacks = MakeStacks();

    public (HitField Field, int Start, int Length) PlaceOf(Hit hit)
    {
        var words = (hit.Field == HitField.Title ? title : text).Words;
        return (hit.Field, words[hit.First].Start, words[hit.Last].Start + words[hit.Last].Written.Length - words[hit.First].Start);
    }

    /// <summary>The hits of a term that no phrase of <paramref name="not"/> covers; a misspelt one of three words covers what is inside it.</summary>
    public IEnumerable<Hit> Find(string term, string not)
    {
        List<Hit> covers = [.. Find(not, HitField.Title, 0), .. Find(not, HitField.Text, 0)];
        List<Hit> misspelt = not.Split(' ').Length > 2 ? Find(not) : [];
        return Find(term).Where(hit => !covers.Exists(cover => IsCovered(hit, cover)) && !misspelt.Exists(cover => IsCovered(hit, cover) && cover != hit));

        static bool IsCovered(Hit hit, Hit by) => by.Field == hit.Field && by.First <= hit.First && by.Last >= hit.Last;
    }

    public List<Hit> Find(string term) => [.. Find(term, HitField.Title), .. Find(term, HitField.Text)];

    public bool Holds(RandomQuery query) => query switch
    {
        RandomQuery.Leaf { Kind: "source:" } leaf => $" {source} ".Contains($" {leaf.Text} ", StringComparison.Ordinal),
        RandomQuery.Leaf { Kind: "lang:" } leaf => language == leaf.Text || language.StartsWith(leaf.Text + "-", StringComparison.Ordinal),
        RandomQuery.Leaf leaf => Leaf(leaf).Count > 0,
        RandomQuery.And and => and.Parts.All(Holds),
        RandomQuery.Or or => or.Parts.Any(Holds),
        RandomQuery.Not not => !Holds(not.Part),
        RandomQuery.Near near => Near(near).Count > 0,
        _ => throw new InvalidOperationException(query.ToString()),
    };

    List<Hit> Leaf(RandomQuery.Leaf leaf)
    {
        var hits = leaf.Kind switch
        {
            "term" => Find(leaf.Text),
            "=" => Words((word, _) => word.Written == leaf.Text),
            "*" => Words((_, forms) => forms.Any(form => form.StartsWith(leaf.Text, StringComparison.Ordinal))),
            _ => Words((_, forms) => forms.Any(form => form == leaf.Text || Distance(form, leaf.Text) == 1)),
        };
        return [.. hits.Where(hit => !leaf.TitleOnly || hit.Field == HitField.Title)];
    }

    List<Hit> Near(RandomQuery query)
    {
        switch (query)
        {
            case RandomQuery.Leaf leaf:
                return Leaf(leaf);
            case RandomQuery.Or or:
                return [.. or.Parts.SelectMany(Near)];
            case RandomQuery.Near near:
                var spans = Near(near.Parts[0]);
                foreach (var part in near.Parts.Skip(1))
                {
                    spans = [.. from a in spans
                                from b in Near(part)
                                let apart = Math.Max(b.First - a.Last, a.First - b.Last)
                                where a.Field == b.Field && apart > 0 && apart <= near.Distance
                                select new Hit(a.Field, Math.Min(a.First, b.First), Math.Max(a.Last, b.Last))];
                }

                return spans;
            default:
                throw new InvalidOperationException(query.ToString());
        }
    }

    List<Hit> Words(Func<RandomWord, IEnumerable<string>, bool> test)
    {
        var hits = new List<Hit>();
        foreach (var (field, of) in new[] { (HitField.Title, title), (HitField.Text, text) })
        {
            for (var i = 0; i < of.Words.Count; i++)
            {
                if (test(of.Words[i], Forms(Folded(of.Words[i].Plain))))
                {
                    hits.Add(new Hit(field, i, i));
                }
            }
        }

        return hits;
    }

    List<Hit> Find(string term, HitField field, int mostTypos = 1)
    {
        var of = field == HitField.Title ? title : text;
        var words = term.Replace("،", "", StringComparison.Ordinal).Split(' ');
        var crosses = term.Contains('،', StringComparison.Ordinal) ? RandomGap.Comma : RandomGap.Open;
        var isArabic = !of.Words.Exists(word => word.Written.AsSpan().IndexOfAny("یکگچپژہےەۆێڵڕ") >= 0);
        var hits = new List<Hit>();
        for (var first = 0; first + words.Length <= of.Words.Count; first++)
        {
            var typos = 0;
            var matches = true;
            for (var i = 0; i < words.Length && matches; i++)
            {
                matches = i == 0 || of.Words[first + i].Gap <= crosses;
                if (matches && !IsWord(of.Words[first + i].Plain, words[i], i == 0, words.Length == 1 && isArabic))
                {
                    typos++;
                    matches = words.Length > 1 && IsMisspelt(Folded(of.Words[first + i].Plain), words[i], i == 0);
                }
            }

            if (matches && typos <= mostTypos && !IsRelation(of, words, first)
                && (!isArabic || !(IsWithPronoun(of, words, first) || IsIndefinite(of, words, first))))
            {
                hits.Add(new Hit(field, first, first + words.Length - 1));
            }
        }

        return hits;
    }

    // An Arabic phrase that lacks an article of the term's, and does not end in a definite word, is an ordinary thing.
    static bool IsIndefinite(RandomText of, string[] words, int first)
    {
        var written = Enumerable.Range(0, words.Length).Select(i => of.Words[first + i].Plain).ToArray();
        return words.Length > 1 && !Folded(written[^1]).StartsWith("ال", StringComparison.Ordinal) && !Folded(written[^1]).EndsWith('ي')
            && Enumerable.Range(0, words.Length).Any(i => words[i].Length >= 5 && words[i].StartsWith("ال", StringComparison.Ordinal)
                && (i == 0 ? Stacks : [""]).Any(stack => !stack.EndsWith("ال", StringComparison.Ordinal) && !stack.EndsWith("لل", StringComparison.Ordinal)
                    && Folded(written[i]) == stack + words[i][2..]));
    }

    // After a consonant the Persian -i makes another word.
    static bool IsRelation(RandomText of, string[] words, int first)
    {
        var (last, term) = (of.Words[first + words.Length - 1].Plain, Stem(words[^1]));
        return last.EndsWith(term + "ی", StringComparison.Ordinal) && !"اوهي".Contains(term[^1]);
    }

    static string Stem(string word) => word.Length >= 5 && word.StartsWith("ال", StringComparison.Ordinal) ? word[2..] : word;

    // What is a plural in Persian is "her" in Arabic.
    static bool IsWithPronoun(RandomText of, string[] words, int first) =>
        of.Words[first + words.Length - 1].Plain.EndsWith("ها", StringComparison.Ordinal) && !words[^1].EndsWith("ها", StringComparison.Ordinal)
        && !IsMisspelt(Folded(of.Words[first + words.Length - 1].Plain), words[^1], words.Length == 1);

    // A Persian yeh at the end folds as any other; only as an ending it is told apart.
    static string Folded(string plain) => plain.Replace('ی', 'ي');

    // As written, or with letters that are drawn out taken for one or two.
    static bool IsWord(string written, string word, bool first, bool alone) => new[]
    {
        written, DrawnOut().Replace(written, run => run.Value[..1]), DrawnOut().Replace(written, run => run.Value[..2]),
    }.Any(read => IsPlainWord(read, word, first, alone));

    [GeneratedRegex(@"([^ل])\1\1+|للل(?:ل+)")]
    private static partial Regex DrawnOut();

    // The article may be too many anywhere, and missing inside a phrase or where the language has none; the other proclitics stand before the first word only.
    static bool IsPlainWord(string written, string word, bool first, bool alone)
    {
        var article = word.Length >= 5 && word.StartsWith("ال", StringComparison.Ordinal);
        var stem = article ? word[2..] : word;
        foreach (var stack in first ? Stacks : ["", "ال"])
        {
            if (Folded(written) == stack + stem && (!alone || !article || stack.EndsWith("ال", StringComparison.Ordinal) || stack.EndsWith("لل", StringComparison.Ordinal)))
            {
                return true;
            }
        }

        return (!alone || !article) && Endings.Any(ending => written == stem + ending && Folded(written).Length >= (ending == "ی" ? 4 : 5));
    }

    // The Persian plural and "-i", as one with a word that has no proclitic.
    static readonly string[] Endings = ["ها", "ی", "های"];

    static bool IsMisspelt(string written, string word, bool first)
    {
        var article = word.Length >= 5 && word.StartsWith("ال", StringComparison.Ordinal);
        var stem = article ? word[2..] : word;
        var forms = Forms(written).Where(form => first || form == written || written == "ال" + form);
        return (article && (written == "لا" + stem || written == "الل" + stem || (written == "ا" + stem && stem.Length > 3)))
            || forms.Any(form => stem.Length >= 4 && IsDotTypo(form, stem))
            || (article && forms.Any(form => (IsDotTypo(form, stem) || IsSwap(form, stem) && Distance(form, stem) == 1)
                && (written.EndsWith("ال" + form, StringComparison.Ordinal) || written.EndsWith("لل" + form, StringComparison.Ordinal))))
            || forms.Any(form => Distance(form, stem) == 1
                && (IsSwap(form, stem) ? stem.Length >= 4 : form[0] == stem[0] && !IsOtherEnding(form, stem) && (stem.Length >= 5 || IsOneTooMany(form, stem))));
    }

    // A letter typed twice, or in four letters a vowel letter too many.
    static bool IsOneTooMany(string form, string stem) => form.Length == stem.Length + 1 && stem.Length >= 3 && Enumerable.Range(1, stem.Length).Any(at =>
        form.Remove(at, 1) == stem && (form[at] == form[at - 1] || (stem.Length == 4 && at < stem.Length && "اوي".Contains(form[at]))));

    static bool IsDotTypo(string form, string stem) => form.Length == stem.Length && Distance(form, stem) == 1 && !IsSwap(form, stem)
        && !IsOtherEnding(form, stem) && Enumerable.Range(0, stem.Length).Where(at => form[at] != stem[at])
            .All(at => DottedLetters.Any(letters => letters.Contains(form[at]) && letters.Contains(stem[at])));

    static readonly string[] DottedLetters = ["بتثني", "جحخچ", "دذ", "رزژ", "سش", "صض", "طظ", "عغ", "فق", "كگ"];

    static bool IsSwap(string a, string b) => a.Length == b.Length && a.Order().SequenceEqual(b.Order());

    // سلامة is not سلامي misspelt, nor is حسيني حسين.
    static bool IsOtherEnding(string a, string b)
    {
        const string endings = "يهانتو";
        return a.Length == b.Length ? a[..^1] == b[..^1] && endings.Contains(a[^1]) && endings.Contains(b[^1])
            : (a.StartsWith(b, StringComparison.Ordinal) || b.StartsWith(a, StringComparison.Ordinal)) && endings.Contains(a.Length > b.Length ? a[^1] : b[^1]);
    }

    // A word with each stack of proclitics taken off that leaves two letters or more.
    static IEnumerable<string> Forms(string word) => Stacks
        .Where(stack => (stack.Length == 0 || word.Length - stack.Length >= 2) && word.StartsWith(stack, StringComparison.Ordinal))
        .Select(stack => word[stack.Length..]);

    static string[] MakeStacks() =>
    [
        .. from and in new[] { "", "و", "ف" }
           from rest in new[] { "", "ال", "ب", "ل", "ك", "بال", "كال", "لال", "لل", "س" }
           select and + rest,
    ];

    // Optimal string alignment: edits with neighbours swapped as one.
    static int Distance(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    d[i, j] = i + j;
                    continue;
                }

                d[i, j] = Math.Min(Math.Min(d[i - 1, j], d[i, j - 1]) + 1, d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
                }
            }
        }

        return d[a.Length, b.Length];
    }
}
