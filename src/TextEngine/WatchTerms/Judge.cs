using System.Numerics;
using TextEngine.Normalisation;

namespace TextEngine.WatchTerms;

/// <summary>Decides, for each watch that something was found of, whether it fires, and on which hits.</summary>
sealed class Judge(CompiledWatch[] watches, Scanner scanner, TermIndex index)
{
    readonly List<int> weak = [];

    // Hits that count, a bit each, so that they are read in the order in which they were found; all bits are within the two bounds.
    ulong[] accepted = new ulong[16];
    int firstAccepted;
    int lastAccepted;

    // What is to be written, in reading order.
    int[] ordered = new int[64];
    int count;
    bool hasStrong;
    readonly HashSet<int> weighed = [];
    readonly List<(int Atom, string Name)> otherBearers = [];
    ArticleText article;
    CompiledWatch watch = null!;
    int number;
    bool? hasContext;
    readonly List<(HitField Field, int First, int Last)> covers = [];
    bool coversKnown;

    /// <summary>Takes up the article that the scanner has read.</summary>
    public void Start(in ArticleText of)
    {
        article = of;
        if (accepted.Length <= scanner.HitCount >> 6)
        {
            accepted = new ulong[Math.Max((scanner.HitCount >> 6) + 1, accepted.Length * 2)];
        }
    }

    /// <summary>Takes up a watch.</summary>
    public void Open(int number)
    {
        watch = watches[number];
        this.number = number;
        weak.Clear();
        weighed.Clear();
        otherBearers.Clear();
        covers.Clear();
        coversKnown = false;
        hasStrong = false;
        (firstAccepted, lastAccepted) = (int.MaxValue, -1);
    }

    /// <summary>Adds the hits of a watch to whose terms all belong that were found; most often there is nothing to weigh.</summary>
    public void DecideAll(int number, List<WatchHits.Record> results)
    {
        Open(number);
        if (watch.HasTermsOnly && AreAllPlain())
        {
            Write(results);
            return;
        }

        for (var hit = 0; hit < scanner.HitCount; hit++)
        {
            Sort(hit);
        }

        Decide(results);
    }

    // Takes all hits as they come, if none needs a second look.
    bool AreAllPlain()
    {
        const WordTraits Weighed = WordTraits.Weak | WordTraits.LongerFamily | WordTraits.Ending;
        var hits = scanner.Hits;
        Reserve(hits.Length);
        var traits = WordTraits.None;
        for (var hit = 0; hit < hits.Length; hit++)
        {
            traits |= hits[hit].Traits;
            ordered[hit] = hit;
        }

        count = hits.Length;
        return (traits & Weighed) == 0;
    }

    /// <summary>Takes a hit of one of the watch's terms.</summary>
    public void Sort(int hit)
    {
        if (IsCancelled(scanner[hit]))
        {
            return;
        }

        if (IsWeak(hit))
        {
            weak.Add(hit);
        }
        else
        {
            hasStrong = true;
            Accept(hit);
        }
    }

    /// <summary>Adds the watch's hits to the results; none when it does not fire.</summary>
    public void Decide(List<WatchHits.Record> results)
    {
        hasContext = hasStrong ? true : null;
        foreach (var hit in weak)
        {
            if (HasContext() && IsOwn(hit))
            {
                Accept(hit);
            }
        }

        if (watch.Query is { } query && Holds(query))
        {
            Collect(query);
        }

        if (lastAccepted >= 0)
        {
            TakeAccepted();
            Write(results);
        }
    }

    void Accept(int hit)
    {
        accepted[hit >> 6] |= 1UL << hit;
        firstAccepted = Math.Min(firstAccepted, hit >> 6);
        lastAccepted = Math.Max(lastAccepted, hit >> 6);
    }

    // Asked for only where a weak spelling was found.
    bool HasContext()
    {
        if (hasContext is { } known)
        {
            return known;
        }

        var found = false;
        foreach (var atom in watch.Context)
        {
            found = found || HasStrongHit(atom);
        }

        hasContext = found;
        return found;
    }

    bool IsWeak(int hit)
    {
        ref var found = ref scanner[hit];
        return (found.Traits & WordTraits.Weak) != 0
            || (watch.Context.Length > 0 && (index.Atoms[found.Atom].IsOrdinary || LacksArticle(found)));
    }

    // A name that its article tells from others is not sure without it, nor in another spelling. Arabic words are weighed by what they are
    // there.
    bool LacksArticle(in RawHit found)
    {
        var reader = scanner.Reader(found.Field);
        return index.Atoms[found.Atom].IsArticleTelling && Scripts.Of(reader.LettersOf(found.FirstWord)[0]) != Script.Arabic
            && ((found.Traits & (WordTraits.Sound | WordTraits.LooseSound)) != 0
                || ((found.Traits & WordTraits.ArticleAdded) == 0 && !HasArticleBefore(reader, found)))
            && !IsBesideContext(reader, found);
    }

    static bool HasArticleBefore(WordReader reader, in RawHit found) => found.FirstWord > 0
        && (reader.Words[found.FirstWord].Gap & (WordGap.Stop | WordGap.Break)) == 0
        && Particles.IsArticle(reader.LettersOf(found.FirstWord - 1));

    // A context of one word is translated beside the name: телеканал «Аль-Джазира» says what channel does.
    bool IsBesideContext(WordReader reader, in RawHit found)
    {
        var before = found.FirstWord - (HasArticleBefore(reader, found) ? 2 : 1);
        return (before >= 0 && IsContext(reader.LettersOf(before)))
            || (found.LastWord + 1 < reader.Count && IsContext(reader.LettersOf(found.LastWord + 1)));
    }

    bool IsContext(ReadOnlySpan<char> word)
    {
        foreach (var atom in watch.Context)
        {
            if (index.Atoms[atom].Words is [var context])
            {
                foreach (var alias in Concepts.Of(context.Folded))
                {
                    if (word.SequenceEqual(alias.Word))
                    {
                        return true;
                    }
                }
            }
        }

        return false;
    }

    // A doubtful name that the article gives to somebody else anywhere is that person's everywhere in it.
    bool IsOwn(int hit)
    {
        ref var found = ref scanner[hit];
        if (Bearers.IsOrdinaryWord(scanner.Reader(found.Field), found))
        {
            return false;
        }

        if (weighed.Add(found.Atom))
        {
            FindOtherBearers(found.Atom);
        }

        var letters = Letters(found);
        foreach (var (atom, name) in otherBearers)
        {
            if (atom == found.Atom && (letters.EndsWith(name) || name.AsSpan().EndsWith(letters)))
            {
                return false;
            }
        }

        return true;
    }

    void FindOtherBearers(int atom)
    {
        for (var hit = scanner.FirstHit(atom); hit >= 0; hit = scanner[hit].Next)
        {
            ref var found = ref scanner[hit];
            if (IsWeak(hit) && !IsInOffice(found) && (IsSomebodyElse(found)
                || Bearers.IsOfOtherCountry(scanner.Reader(found.Field), found, scanner.Reader(HitField.Title))
                || Bearers.IsOfOtherCountry(scanner.Reader(found.Field), found, scanner.Reader(HitField.Text))))
            {
                var letters = Letters(found).ToString();
                if (!otherBearers.Exists(known => known.Atom == atom && known.Name == letters))
                {
                    otherBearers.Add((atom, letters));
                }
            }
        }
    }

    // The article that the term has is no other name before it.
    bool IsSomebodyElse(RawHit found)
    {
        var reader = scanner.Reader(found.Field);
        found.FirstWord -= index.Atoms[found.Atom].IsArticleTelling && HasArticleBefore(reader, found) ? 1 : 0;
        return Bearers.IsSomebodyElse(reader, TextOf(found.Field), found);
    }

    // The context itself may say whose name it is: Quds Force commander Esmail Ghani.
    bool IsInOffice(in RawHit name)
    {
        foreach (var atom in watch.Context)
        {
            for (var hit = scanner.FirstHit(atom); hit >= 0; hit = scanner[hit].Next)
            {
                if (scanner[hit].Field == name.Field && Bearers.IsInOffice(scanner.Reader(name.Field), name, scanner[hit]))
                {
                    return true;
                }
            }
        }

        return false;
    }

    ReadOnlySpan<char> Letters(in RawHit hit)
    {
        var reader = scanner.Reader(hit.Field);
        return reader.LettersOf(hit.LastWord);
    }

    string TextOf(HitField field) => field == HitField.Title ? article.Title! : article.Text;

    bool HasStrongHit(int atom)
    {
        for (var hit = scanner.FirstHit(atom); hit >= 0; hit = scanner[hit].Next)
        {
            if ((scanner[hit].Traits & WordTraits.Weak) == 0 && !HasOtherEnding(scanner[hit]))
            {
                return true;
            }
        }

        return false;
    }

    bool IsCancelled(in RawHit found)
    {
        if ((found.Traits & WordTraits.LongerFamily) != 0 || HasOtherEnding(found))
        {
            return true;
        }

        if (watch.Not.Length == 0)
        {
            return false;
        }

        if (!coversKnown)
        {
            FindCovers();
        }

        var at = covers.BinarySearch((found.Field, found.FirstWord, int.MaxValue));
        at = (at < 0 ? ~at : at) - 1;
        return at >= 0 && covers[at].Field == found.Field && covers[at].Last >= found.LastWord;
    }

    // An ending that makes another word of it.
    bool HasOtherEnding(in RawHit found) => (found.Traits & WordTraits.Ending) != 0 && (IsPronoun(found) || IsRelation(found));

    // What is the plural in Persian means "her" in Arabic: شاهدها.
    bool IsPronoun(in RawHit found) =>
        Letters(found).EndsWith("ها") && !Marks.HasPersianLetter(TextOf(found.Field));

    // After a consonant the Persian -i makes an adjective of a name (قدسی is holy, حماسی epic), or "a", before که; ezafe is written after
    // vowels, and by Kurdish everywhere.
    bool IsRelation(in RawHit found)
    {
        var reader = scanner.Reader(found.Field);
        var text = TextOf(found.Field);
        var name = index.Atoms[found.Atom].Words[^1];
        var letters = reader.LettersOf(found.FirstWord, found.LastWord);
        return name.Script == Script.Arabic && letters is [.., not ('ا' or 'و' or 'ه' or 'ي'), 'ي'] && letters[..^1].EndsWith(name.Folded)
            && !Marks.HasKurdishLetter(text)
            && !(found.LastWord + 1 < reader.Count && reader.LettersOf(found.LastWord + 1) is "كه");
    }

    // Where not-phrases stand, by field and first word; of each the farthest last word so far, which is all that one search has to ask.
    void FindCovers()
    {
        coversKnown = true;
        foreach (var atom in watch.Not)
        {
            for (var hit = scanner.FirstHit(atom); hit >= 0; hit = scanner[hit].Next)
            {
                ref var found = ref scanner[hit];
                if (HasOtherEnding(found))
                {
                    continue;
                }

                if ((found.Traits & WordTraits.Typo) == 0)
                {
                    covers.Add((found.Field, found.FirstWord, found.LastWord));
                }

                // One letter away from a not-phrase is a name (قائده قاني is no قصيدة قاآني), but two words of three still say that what is
                // inside them is not meant (حزب الله in كثائب حزب الله).
                else if (index.Atoms[atom].Words.Length > 2)
                {
                    covers.Add((found.Field, found.FirstWord + 1, found.LastWord));
                    covers.Add((found.Field, found.FirstWord, found.LastWord - 1));
                }
            }
        }

        covers.Sort();
        for (var i = 1; i < covers.Count; i++)
        {
            if (covers[i].Field == covers[i - 1].Field && covers[i].Last < covers[i - 1].Last)
            {
                covers[i] = covers[i] with { Last = covers[i - 1].Last };
            }
        }
    }

    bool Counts(int hit) => !IsCancelled(scanner[hit]) && (!IsWeak(hit) || (HasContext() && IsOwn(hit)));

    bool Holds(QueryNode node)
    {
        switch (node)
        {
            case QueryNode.Leaf leaf:
                for (var hit = scanner.FirstHit(leaf.Atom); hit >= 0; hit = scanner[hit].Next)
                {
                    if ((!leaf.TitleOnly || scanner[hit].Field == HitField.Title) && Counts(hit))
                    {
                        return true;
                    }
                }

                return false;
            case QueryNode.All all:
                return HoldAll(all.Parts);
            case QueryNode.Any any:
                foreach (var part in any.Parts)
                {
                    if (Holds(part))
                    {
                        return true;
                    }
                }

                return false;
            case QueryNode.Not not:
                return !Holds(not.Part);
            case QueryNode.Near near:
                return HoldAll(near.Parts) && Spans(near).Count > 0;
            case QueryNode.Source source:
                return article.Source is { } name
                    && $" {Normalisation.NormalisedText.Of(name).Text} ".Contains($" {source.Folded} ", StringComparison.Ordinal);
            case QueryNode.Language language:
                return article.Language is { } tag && (tag.Equals(language.Tag, StringComparison.OrdinalIgnoreCase)
                    || tag.StartsWith(language.Tag + "-", StringComparison.OrdinalIgnoreCase));
            default:
                return false;
        }
    }

    bool HoldAll(QueryNode[] parts)
    {
        foreach (var part in parts)
        {
            if (!Holds(part))
            {
                return false;
            }
        }

        return true;
    }

    // The hits that made a query true: those of every part that holds, NOT aside.
    void Collect(QueryNode node)
    {
        switch (node)
        {
            case QueryNode.Leaf leaf:
                for (var hit = scanner.FirstHit(leaf.Atom); hit >= 0; hit = scanner[hit].Next)
                {
                    if ((!leaf.TitleOnly || scanner[hit].Field == HitField.Title) && Counts(hit))
                    {
                        Accept(hit);
                    }
                }

                break;
            case QueryNode.All all:
                foreach (var part in all.Parts)
                {
                    Collect(part);
                }

                break;
            case QueryNode.Any any:
                foreach (var part in any.Parts)
                {
                    if (Holds(part))
                    {
                        Collect(part);
                    }
                }

                break;
            case QueryNode.Near near:
                foreach (var span in Spans(near))
                {
                    Array.ForEach(span.Hits, Accept);
                }

                break;
        }
    }

    const int MostSpans = 20_000;

    readonly record struct Span(HitField Field, int First, int Last, int[] Hits);

    // Every choice of one place for each part that lies within the distance, pruned part by part.
    List<Span> Spans(QueryNode node)
    {
        var spans = new List<Span>();
        switch (node)
        {
            case QueryNode.Leaf leaf:
                for (var hit = scanner.FirstHit(leaf.Atom); hit >= 0; hit = scanner[hit].Next)
                {
                    if ((!leaf.TitleOnly || scanner[hit].Field == HitField.Title) && Counts(hit))
                    {
                        spans.Add(new Span(scanner[hit].Field, scanner[hit].FirstWord, scanner[hit].LastWord, [hit]));
                    }
                }

                break;
            case QueryNode.Any any:
                foreach (var part in any.Parts)
                {
                    spans.AddRange(Spans(part));
                }

                break;
            case QueryNode.Near near:
                spans = Spans(near.Parts[0]);
                for (var i = 1; i < near.Parts.Length; i++)
                {
                    spans = Join(spans, Spans(near.Parts[i]), near.Distance);
                }

                break;
        }

        return spans;
    }

    // Hits stand in reading order, so only a window of the right side can be near; far more pairs than a reader could use are not listed.
    static List<Span> Join(List<Span> left, List<Span> right, int distance)
    {
        var joined = new List<Span>();
        left.Sort(ByPlace);
        right.Sort(ByPlace);
        var longest = 0;
        foreach (var b in right)
        {
            longest = Math.Max(longest, b.Last - b.First);
        }

        var from = 0;
        foreach (var a in left)
        {
            while (from < right.Count && (right[from].Field < a.Field
                || (right[from].Field == a.Field && right[from].First + longest < a.First - distance)))
            {
                from++;
            }

            for (var i = from; i < right.Count && right[i].Field == a.Field && right[i].First <= a.Last + distance; i++)
            {
                var b = right[i];
                var apart = Math.Max(b.First - a.Last, a.First - b.Last);
                if (apart > 0 && apart <= distance)
                {
                    joined.Add(new Span(a.Field, Math.Min(a.First, b.First), Math.Max(a.Last, b.Last), [.. a.Hits, .. b.Hits]));
                }
            }

            if (joined.Count > MostSpans)
            {
                break;
            }
        }

        return joined;
    }

    static int ByPlace(Span a, Span b) => a.Field != b.Field ? a.Field.CompareTo(b.Field) : a.First.CompareTo(b.First);

    // Hits that lie upon one another are weighed together; most lie alone.
    void Write(List<WatchHits.Record> results)
    {
        var order = ordered.AsSpan(0, count);
        Arrange(order);
        var hits = scanner.Hits;
        for (int from = 0, to; from < order.Length; from = to)
        {
            ref readonly var first = ref hits[order[from]];
            var end = first.End;
            for (to = from + 1; to < order.Length && hits[order[to]].Start < end && hits[order[to]].Field == first.Field; to++)
            {
                end = Math.Max(end, hits[order[to]].End);
            }

            if (to == from + 1)
            {
                Write(first, results);
            }
            else
            {
                Write(order[from..to], results);
            }
        }
    }

    void Write(Span<int> overlapping, List<WatchHits.Record> results)
    {
        DropOuter(overlapping);
        var (start, end, strongEnd) = (-1, -1, -1);
        foreach (var hit in overlapping)
        {
            if (hit < 0)
            {
                continue;
            }

            ref var found = ref scanner[hit];
            var isWeak = IsWeak(hit);
            if ((found.Start == start && found.End == end) || ((isWeak || IsTranslation(found)) && found.End <= strongEnd)
                || ((found.Path & PathTraits.OtherName) != 0 && found.Start < end))
            {
                continue;
            }

            (start, end) = (found.Start, found.End);
            strongEnd = isWeak ? strongEnd : Math.Max(strongEnd, end);
            Write(found, results);
        }
    }

    void Write(in RawHit found, List<WatchHits.Record> results)
    {
        index.FetchText(found.Atom);
        results.Add(new(number, found.Atom, found.Start, found.End - found.Start, found.Traits, found.Path, found.Field));
    }

    // The numbers of the hits, rising; no bit stays set.
    void TakeAccepted()
    {
        count = 0;
        for (var at = firstAccepted; at <= lastAccepted; at++)
        {
            Reserve(count + 64);
            for (var bits = accepted[at]; bits != 0; bits &= bits - 1)
            {
                ordered[count++] = (at << 6) + BitOperations.TrailingZeroCount(bits);
            }

            accepted[at] = 0;
        }
    }

    void Reserve(int hits)
    {
        if (ordered.Length < hits)
        {
            Array.Resize(ref ordered, Math.Max(hits, ordered.Length * 2));
        }
    }

    // Puts hits in reading order, of two that start together the longer first. They are found nearly in this order, so few have to move.
    void Arrange(Span<int> order)
    {
        var hits = scanner.Hits;
        for (var i = 1; i < order.Length; i++)
        {
            var hit = order[i];
            var at = i;
            for (; at > 0 && IsBefore(hits[hit], hits[order[at - 1]]); at--)
            {
                order[at] = order[at - 1];
            }

            order[at] = hit;
        }
    }

    static bool IsBefore(in RawHit a, in RawHit b) => a.Field != b.Field ? a.Field < b.Field
        : a.Start != b.Start ? a.Start < b.Start
        : a.End != b.End ? a.End > b.End
        : a.Traits != b.Traits ? a.Traits < b.Traits
        : a.Path < b.Path;

    // Of two strong hits, one inside the other, the inner one is the mention, unless only the outer one is as the term
    // has it (قوة القدس الإيرانية). Read backwards, a hit has another inside it when one that
    // starts no earlier ends no later. A hit that is dropped becomes -1.
    void DropOuter(Span<int> hits)
    {
        var (firstEnd, firstLooseEnd) = (int.MaxValue, int.MaxValue);
        var (start, end, dropped) = (-1, -1, false);
        for (var i = hits.Length - 1; i >= 0; i--)
        {
            ref var found = ref scanner[hits[i]];
            if (IsWeak(hits[i]))
            {
                continue;
            }

            var isLoose = IsTranslation(found);
            dropped = found.Start == start && found.End == end ? dropped : firstEnd <= found.End || (isLoose && firstLooseEnd <= found.End);
            (start, end) = (found.Start, found.End);
            if (dropped)
            {
                hits[i] = -1;
                continue;
            }

            (firstEnd, firstLooseEnd) = isLoose ? (firstEnd, Math.Min(firstLooseEnd, found.End)) : (Math.Min(firstEnd, found.End), firstLooseEnd);
        }
    }

    static bool IsTranslation(in RawHit hit) => (hit.Traits & WordTraits.Translated) != 0 || (hit.Path & PathTraits.OtherName) != 0;
}
