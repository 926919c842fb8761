using System.Runtime.InteropServices;

namespace TextEngine.WatchTerms;

/// <summary>Decides, for each watch that something was found of, whether it fires, and on which hits.</summary>
sealed class Judge(CompiledWatch[] watches, Scanner scanner, TermIndex index)
{
    readonly List<int> strong = [];
    readonly List<int> weak = [];
    readonly List<int> accepted = [];
    readonly HashSet<int> weighed = [];
    readonly List<(int Atom, string Name)> otherBearers = [];
    ArticleText article;
    CompiledWatch watch = null!;
    bool hasContext;

    /// <summary>Adds the watch's hits to the results; none when it does not fire.</summary>
    public void Decide(int number, ReadOnlySpan<int> terms, in ArticleText of, List<WatchHit> results)
    {
        article = of;
        watch = watches[number];
        strong.Clear();
        weak.Clear();
        accepted.Clear();
        weighed.Clear();
        otherBearers.Clear();
        foreach (var atom in terms)
        {
            Sort(atom);
        }

        hasContext = strong.Count > 0;
        if (!hasContext && (weak.Count > 0 || watch.Query is not null))
        {
            hasContext = Array.Exists(watch.Context, HasStrongHit);
        }

        accepted.AddRange(strong);
        if (hasContext)
        {
            foreach (var hit in weak)
            {
                if (IsOwn(hit))
                {
                    accepted.Add(hit);
                }
            }
        }

        if (watch.Query is { } query && Holds(query))
        {
            Collect(query);
        }

        if (accepted.Count > 0)
        {
            Write(results);
        }
    }

    void Sort(int atom)
    {
        for (var hit = scanner.FirstHit(atom); hit >= 0; hit = scanner[hit].Next)
        {
            if (IsCancelled(hit))
            {
                continue;
            }

            (IsWeak(hit) ? weak : strong).Add(hit);
        }
    }

    bool IsWeak(int hit)
    {
        ref var found = ref scanner[hit];
        return (found.Traits & WordTraits.Weak) != 0 || (index.Atoms[found.Atom].IsOrdinary && watch.Context.Length > 0);
    }

    // A doubtful name that the article gives to somebody else anywhere is that person's everywhere in it.
    bool IsOwn(int hit)
    {
        ref var found = ref scanner[hit];
        if (Bearers.IsOrdinaryWord(scanner.Reader(found.Field), found, index.Atoms[found.Atom]))
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
            if (IsWeak(hit) && Bearers.IsSomebodyElse(scanner.Reader(found.Field), TextOf(found.Field), found))
            {
                var letters = Letters(found).ToString();
                if (!otherBearers.Exists(known => known.Atom == atom && known.Name == letters))
                {
                    otherBearers.Add((atom, letters));
                }
            }
        }
    }

    ReadOnlySpan<char> Letters(in RawHit hit)
    {
        var reader = scanner.Reader(hit.Field);
        return reader.LettersOf(reader.Words[hit.LastWord]);
    }

    string TextOf(HitField field) => field == HitField.Title ? article.Title! : article.Text;

    bool HasStrongHit(int atom)
    {
        for (var hit = scanner.FirstHit(atom); hit >= 0; hit = scanner[hit].Next)
        {
            if ((scanner[hit].Traits & WordTraits.Weak) == 0)
            {
                return true;
            }
        }

        return false;
    }

    bool IsCancelled(int hit)
    {
        ref var found = ref scanner[hit];
        foreach (var atom in watch.Not)
        {
            for (var other = scanner.FirstHit(atom); other >= 0; other = scanner[other].Next)
            {
                ref var cover = ref scanner[other];
                if (cover.Field == found.Field && cover.FirstWord <= found.FirstWord && cover.LastWord >= found.LastWord)
                {
                    return true;
                }
            }
        }

        return false;
    }

    bool Counts(int hit) => !IsCancelled(hit) && (!IsWeak(hit) || (hasContext && IsOwn(hit)));

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
                return Array.TrueForAll(all.Parts, Holds);
            case QueryNode.Any any:
                return Array.Exists(any.Parts, Holds);
            case QueryNode.Not not:
                return !Holds(not.Part);
            case QueryNode.Near near:
                return Array.TrueForAll(near.Parts, Holds) && Spans(near).Count > 0;
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
                        accepted.Add(hit);
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
                    accepted.AddRange(span.Hits);
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
            while (from < right.Count && (right[from].Field < a.Field || (right[from].Field == a.Field && right[from].First + longest < a.First - distance)))
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

    void Write(List<WatchHit> results)
    {
        accepted.Sort((a, b) => ByEnd(scanner[a], scanner[b]));
        DropOuter();
        accepted.Sort((a, b) => ByStart(scanner[a], scanner[b]));
        var end = -1;
        var field = HitField.Title;
        var start = -1;
        var strongEnd = -1;
        foreach (var hit in CollectionsMarshal.AsSpan(accepted))
        {
            ref var found = ref scanner[hit];
            strongEnd = found.Field == field ? strongEnd : -1;
            if (found.Field == field && ((found.Start == start && found.End == end) || (IsWeak(hit) && found.End <= strongEnd)))
            {
                continue;
            }

            (field, start, end) = (found.Field, found.Start, found.End);
            strongEnd = IsWeak(hit) ? strongEnd : Math.Max(strongEnd, end);
            var surface = TextOf(field)[start..end];
            results.Add(new WatchHit(watch.Id, index.Atoms[found.Atom].Text, field, start, end - start, surface, Reasons.Of(found, index, surface)));
        }
    }

    // Of two strong hits, one inside the other, the inner one is the mention; a weak one inside a strong one is a part of it.
    void DropOuter()
    {
        var kept = 0;
        var innermost = -1;
        var field = HitField.Title;
        foreach (var hit in CollectionsMarshal.AsSpan(accepted))
        {
            ref var found = ref scanner[hit];
            if (found.Field != field)
            {
                (field, innermost) = (found.Field, -1);
            }

            if (!IsWeak(hit) && innermost >= found.Start)
            {
                continue;
            }

            if (!IsWeak(hit))
            {
                innermost = Math.Max(innermost, found.Start);
            }

            accepted[kept++] = hit;
        }

        accepted.RemoveRange(kept, accepted.Count - kept);
    }

    static int ByEnd(in RawHit a, in RawHit b) =>
        a.Field != b.Field ? a.Field.CompareTo(b.Field) : a.End != b.End ? a.End.CompareTo(b.End) : b.Start != a.Start ? b.Start.CompareTo(a.Start) : a.Traits.CompareTo(b.Traits);

    static int ByStart(in RawHit a, in RawHit b) =>
        a.Field != b.Field ? a.Field.CompareTo(b.Field) : a.Start != b.Start ? a.Start.CompareTo(b.Start) : b.End.CompareTo(a.End);
}
