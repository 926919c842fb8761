using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TextEngine.Normalisation;

namespace TextEngine.WatchTerms;

/// <content>From a word on: what of the terms goes on in the text, and what is one edit away from it.</content>
sealed partial class Scanner
{
    // What a word may stand for leads on only where the words beside it may be meant.
    void FindWalks()
    {
        var count = reader.Count;
        if (walks.Length < count)
        {
            walks = new int[places.Length];
        }

        walkCount = 0;
        settled.Clear();
        var inArabic = !HasPersianLetter();
        for (var word = 0; word < count; word++)
        {
            ref var place = ref places[word];
            (place.GoesOn, place.ComesAfter, place.Led, place.Pair) = (false, false, false, 0);
            if (word == 0)
            {
                continue;
            }

            ref var before = ref places[word - 1];
            var passed = IsPassed(word, before.Known.Role);
            before.GoesOn = before.Known.Following.Meets(place.Known.Outline) || (passed && GoesOnBehind(word, before.Known.Following));
            place.ComesAfter = place.Known.FirstWords.Meets(before.Known.Outline);
            if ((before.GoesOn | place.ComesAfter) && !passed)
            {
                AddPair(word);
            }
        }

        Settle();
        for (var word = 0; word < count; word++)
        {
            walks[walkCount] = word;
            walkCount += IsWalked(places[word], inArabic) ? 1 : 0;
        }

        foreach (var word in walks.AsSpan(0, walkCount))
        {
            for (var form = places[word].FirstForm; form < places[word].EndOfForms; form++)
            {
                trie.FetchNode(forms[form].Symbol);
            }
        }

        foreach (var word in walks.AsSpan(0, walkCount))
        {
            for (var form = places[word].FirstForm; form < places[word].EndOfForms; form++)
            {
                trie.FetchEdges(forms[form].Symbol);
            }
        }
    }

    // Whether what may follow stands behind words that a phrase may run through, of which the first half of a name takes two at once.
    bool GoesOnBehind(int passed, in Outlines following)
    {
        if (following.IsEmpty)
        {
            return false;
        }

        // A name in brackets is passed over besides the others.
        var furthest = Math.Min(passed + MostSkipped + MostNames + 1, reader.Count - 1);
        var last = Math.Min(passed + 2, furthest);
        for (var word = passed + 1; word <= last; word++)
        {
            if (following.Meets(places[word].Known.Outline))
            {
                return true;
            }

            last = IsPassed(word, places[word - 1].Known.Role) ? Math.Min(word + 2, furthest) : last;
        }

        return false;
    }

    // Whether there is more to a word than what it is by itself.
    static bool IsWalked(in WordPlace place, bool inArabic) =>
        place.GoesOn | place.ComesAfter | !place.Known.IsPlain | (place.Known.IsPlainInArabic & !inArabic) | place.HasOtherForms;

    // Two words whose forms are those that are remembered: what they lead to may be remembered too.
    void AddPair(int word)
    {
        ref var before = ref places[word - 1];
        ref var place = ref places[word];
        if (before.Known.Serial == 0 || place.Known.Serial == 0 || reader.Words[word].Gap != WordGap.Space || before.HasOtherForms || place.HasOtherForms)
        {
            return;
        }

        place.Pair = PairMemo.PairOf(before.Known.Serial, place.Known.Serial);
        vain.Fetch(place.Pair);
        settled.Add(word);
    }

    // Words that led to nothing before lead to nothing here; of the others it is found out.
    void Settle()
    {
        var pairs = CollectionsMarshal.AsSpan(settled);
        var left = 0;
        foreach (var word in pairs)
        {
            ref var place = ref places[word];
            var isVain = vain.Has(place.Pair);
            places[word - 1].GoesOn &= !isVain;
            place.ComesAfter &= !isVain;
            pairs[left] = word;
            left += isVain ? 0 : 1;
        }

        CollectionsMarshal.SetCount(settled, left);
    }

    // Whether a phrase may run through a word that it does not have.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    bool IsPassed(int word, WordRole before)
    {
        const WordRole Passed = WordRole.Name | WordRole.StandsBetween | WordRole.StandsBetweenBeforeHyphen;
        var role = places[word].Known.Role;
        return ((int)(role & Passed) | (int)(reader.Words[word].Gap & WordGap.Quote)
            | ((before & (WordRole.Name | WordRole.FirstName)) != 0 ? (int)(role & WordRole.UnknownName) : 0)) != 0;
    }

    // At a node after words first..next-1: reports what ends here and goes on with the next word.
    void Continue(int node, int first, int next, WordTraits traits, bool crossed)
    {
        Report(node, first, next, traits, crossed);
        GoOn(node, first, next, traits, crossed);
    }

    void GoOn(int node, int first, int next, WordTraits traits, bool crossed)
    {
        if (trie[node].EdgeCount > 0)
        {
            Step(node, first, next, traits, crossed, MostSkipped, MostNames);
        }
    }

    void Report(int node, int first, int next, WordTraits traits, bool crossed)
    {
        ref readonly var place = ref trie[node];
        if (place.HasOneOutput)
        {
            Report(place.Output, first, next - 1, traits, crossed);
        }
        else if (place.HasOutputs)
        {
            foreach (ref readonly var output in trie.OutputsOf(place))
            {
                Report(output, first, next - 1, traits, crossed);
            }
        }

    }

    void Step(int node, int first, int next, WordTraits traits, bool crossed, int skips, int names)
    {
        if (next >= reader.Count)
        {
            return;
        }

        var gap = reader.Words[next].Gap;
        if ((gap & (WordGap.Stop | WordGap.Break)) != 0 && !IsInitial(next - 1, gap))
        {
            if ((gap & WordGap.Stop) != 0 || !index.HasCommas)
            {
                return;
            }

            crossed = true;
        }

        var holds = false;
        ref readonly var place = ref places[next];
        var end = place.EndOfForms;

        // حزب نصر الله is no حزب الله.
        if ((traits & WordTraits.LongerName) != 0 && Lexicon.FollowsName(reader.LettersOf(next)))
        {
            end = place.FirstForm;
        }

        for (var i = place.FirstForm; i < end; i++)
        {
            ref readonly var form = ref forms[i];
            if ((form.Traits & WordTraits.Proclitic) != 0)
            {
                continue;
            }

            var child = trie.Next(node, form.Symbol);
            if (child > 0)
            {
                leads++;
                holds = true;
                Continue(child, first, next + form.Span, traits | form.Traits, crossed);
            }
        }

        if (holds)
        {
            return;
        }

        if (skips > 0 && next + 1 < reader.Count
            && ((place.Known.Role & WordRole.StandsBetween) != 0
                || ((place.Known.Role & WordRole.StandsBetweenBeforeHyphen) != 0
                    && ((reader.Words[next + 1].Gap & WordGap.Joint) != 0 || IsHeardArticle(next)))))
        {
            Step(node, first, next + 1, traits, crossed, skips - 1, names);
        }

        // A translation or other name in brackets: Quds (Jerusalem) Force.
        if (skips > 0 && next + 1 < reader.Count && IsBracketed(next))
        {
            Step(node, first, next + 1, traits, crossed, 0, 0);
        }

        // A person's other names: a first one, and after it what only follows one (بدر الدين).
        var isName = (place.Known.Role & WordRole.Name) != 0;
        if (isName && names > 0 && !crossed && (traits & WordTraits.Typo) == 0)
        {
            // عبد and أبو are half a name: علي عبد الله صالح, but عمار عبد الحكيم is no عمار الحكيم.
            if (reader.LettersOf(next) is not ("عبد" or "ابو" or "ابي" or "abdul" or "abdel" or "abu"))
            {
                if (names < MostNames || !Lexicon.FollowsName(reader.LettersOf(next)))
                {
                    Step(node, first, next + 1, traits | WordTraits.LongerName, crossed, skips, names - 1);
                }
            }
            else if (names > 1 && next + 1 < reader.Count && (reader.Words[next + 1].Gap & (WordGap.Stop | WordGap.Break)) == 0)
            {
                Step(node, first, next + 2, traits | WordTraits.LongerName, crossed, skips, names - 2);
            }
        }

        // A name that nobody has told us of stands between a first name and a family's with its article: هادي فرحان العامري.
        if ((place.Known.Role & WordRole.UnknownName) != 0 && names == MostNames && next == first + 1 && next + 1 < reader.Count && !crossed
            && IsUnknownName(next))
        {
            Step(node, first, next + 1, traits | WordTraits.LongerName, crossed, skips, 0);
        }

        if ((traits & (WordTraits.Typo | WordTraits.LongerName)) == 0 && place.Known.Length >= 3)
        {
            MendWord(node, first, next, traits, crossed);
        }
    }

    // An article without its hyphen is told from other small words by the letter that it takes over from its noun: Deir Ez Zor.
    bool IsHeardArticle(int word) => char.IsUpper(text[reader.Words[word].Start]) && reader.Words[word + 1].Gap == WordGap.Space
        && reader.LettersOf(word) is [_, var heard] && reader.LettersOf(word + 1)[0] == heard;

    // The full stop after an initial ends no sentence: Donald J. Trump.
    bool IsInitial(int word, WordGap gap) => gap == (WordGap.Stop | WordGap.Space) && reader.Words[word].Length == 1
        && char.IsUpper(text[reader.Words[word].Start]);

    bool IsUnknownName(int word)
    {
        if ((places[word - 1].Known.Role & (WordRole.Name | WordRole.FirstName)) == 0)
        {
            return false;
        }

        var words = reader.Words;
        var after = reader.LettersOf(word + 1);
        return reader.LettersOf(word)[0] < 'א'
            ? Particles.IsLatinArticle(after, true) && word + 2 < words.Length && (words[word + 2].Gap & WordGap.Joint) != 0
                && !Lexicon.IsOwnWord(reader.LettersOf(word))
            : after is ['ا', 'ل', _, _, _, ..] && !Lexicon.IsOwnWord(reader.LettersOf(word));
    }

    bool IsBracketed(int word)
    {
        ref readonly var at = ref reader.Words[word];
        return (at.Gap & WordGap.Quote) != 0 && text[at.Start - 1] == '(' && at.End < text.Length && text[at.End] == ')';
    }

    // The words before hold; this one is none of those that could follow: is it one of them with one letter wrong?
    void MendWord(int node, int first, int next, WordTraits traits, bool crossed)
    {
        var written = LetterSet.Of(reader.LettersOf(next));
        foreach (ref readonly var edge in trie.EdgesOf(trie[node]))
        {
            if (edge.Letters.Length >= 3 && edge.Letters.MayBeMisspelt(written, 3)
                && IsMisspelt(next, edge.Symbol, false))
            {
                leads++;
                Continue(edge.Node, first, next + 1, traits | WordTraits.Typo, crossed);
            }
        }
    }

    // The word at hand is the second of some phrases; the word before it may be the first, misspelt.
    void MendFirstWord(in Candidate second, int word)
    {
        if (word > 1 && places[word - 1].Known.Length is 2 or 3
            && reader.Words[word - 1].Gap == WordGap.Space && reader.Words[word].Gap == WordGap.Space)
        {
            MendBrokenWord(second, word);
        }

        var gap = reader.Words[word].Gap;
        var crossed = (gap & WordGap.Break) != 0;
        if (places[word - 1].Known.Length < 4 || (second.Traits & WordTraits.Proclitic) != 0 || (gap & WordGap.Stop) != 0 || (crossed && !index.HasCommas)
            || ((gap & WordGap.Joint) != 0 && places[word].Known.Length is 1 or 2))
        {
            return;
        }

        var written = LetterSet.Of(reader.LettersOf(word - 1));
        foreach (ref readonly var firstWord in trie.FirstWordsOf(trie[second.Symbol]))
        {
            if (firstWord.Letters.MayBeMisspelt(written, 5) && !MayBe(word - 1, firstWord.Symbol)
                && IsMisspelt(word - 1, firstWord.Symbol, true))
            {
                leads++;
                Continue(firstWord.Node, word - 1, word + second.Span, second.Traits | WordTraits.Typo, crossed);
            }
        }
    }

    // A space inside the first word of a phrase, as from columns of print: كتا ئب حزب الله.
    void MendBrokenWord(in Candidate second, int word)
    {
        if (places[word - 2].Known.Length == 1)
        {
            return;
        }

        var end = reader.LettersOf(word - 1);
        ReadOnlySpan<char> letters = [];
        foreach (ref readonly var firstWord in trie.FirstWordsOf(trie[second.Symbol]))
        {
            var whole = index.WordOf(firstWord.Symbol);
            if (whole.Length < 5 || !whole.EndsWith(end) || Scripts.Of(end[0]) != Script.Arabic)
            {
                continue;
            }

            leads++;
            letters = letters.IsEmpty ? reader.LettersOf(word - 2, word - 1) : letters;
            if (letters.EndsWith(whole)
                && (letters.Length == whole.Length
                    || (letters.Length == whole.Length + 1 && letters[0] is 'و' or 'ف' or 'ب' or 'ل' or 'ك')))
            {
                Continue(firstWord.Node, word - 2, word + second.Span, second.Traits | WordTraits.Joined, false);
            }
        }
    }

    bool MayBe(int word, int symbol)
    {
        for (var i = places[word].FirstForm; i < places[word].EndOfForms; i++)
        {
            if (forms[i].Symbol == symbol)
            {
                return true;
            }
        }

        return false;
    }

    bool IsMisspelt(int at, int symbol, bool withProclitics)
    {
        ref readonly var written = ref reader.Words[at];
        var letters = reader.LettersOf(at);
        var word = index.WordOf(symbol);
        if (word.Length < 3 || Math.Abs(letters.Length - word.Length) > (withProclitics ? 5 : 3))
        {
            return false;
        }

        if (IsMisspelt(letters, word) || ((symbol & 1) != 0 && Edits.IsArticleTypo(letters, word) && !Lexicon.IsOwnWord(letters))
            || (word.Length > 3 && Edits.IsDotTypo(letters, word) && !Lexicon.IsOwnWord(letters))
            || (word is "الله" && letters is "اله")
            || (word.Length == 4 && Edits.IsLongAlefTypo(letters, text.AsSpan(written.Start, written.Length), word) && !Lexicon.IsOwnWord(letters)))
        {
            return true;
        }

        if (!Proclitics.MayStart(letters[0]))
        {
            return false;
        }

        Span<int> cuts = stackalloc int[Proclitics.Most];
        var count = Proclitics.Cuts(letters, cuts);
        for (var i = 0; i < count; i++)
        {
            var rest = letters[Math.Abs(cuts[i])..];
            if ((withProclitics || (cuts[i] == -2 && letters[0] == 'ا'))
                && (IsMisspelt(rest, word) || (cuts[i] < 0 && (symbol & 1) != 0 && IsMisspeltAfterArticle(rest, word))))
            {
                return true;
            }
        }

        return false;
    }

    // The article counts as two letters of the word.
    static bool IsMisspeltAfterArticle(ReadOnlySpan<char> written, ReadOnlySpan<char> word) =>
        (Edits.IsDotTypo(written, word) || Edits.IsSwap(written, word) || Edits.LacksLetter(written, word)) && !Lexicon.IsOwnWord(written);

    static bool IsMisspelt(ReadOnlySpan<char> written, ReadOnlySpan<char> word) =>
        Edits.IsTypo(written, word) && !Lexicon.IsOwnWord(written) && !Namesakes.IsAnother(written, word);
}
