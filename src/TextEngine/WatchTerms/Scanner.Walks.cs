using TextEngine.Normalisation;

namespace TextEngine.WatchTerms;

/// <content>From a word on: what of the terms goes on in the text, and what is one edit away from it.</content>
sealed partial class Scanner
{
    // At a node after words first..next-1: reports what ends here and goes on with the next word.
    void Continue(int node, int first, int next, WordTraits traits, bool crossed)
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

        if (place.EdgeCount > 0 && next < reader.Count)
        {
            Step(node, first, next, traits, crossed, MostSkipped, MostNames);
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
        if ((traits & WordTraits.LongerName) != 0 && Lexicon.FollowsName(reader.LettersOf(reader.Words[next])))
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
                holds = true;
                Continue(child, first, next + form.Span, traits | form.Traits, crossed);
            }
        }

        if (holds)
        {
            return;
        }

        if (skips > 0 && next + 1 < reader.Count
            && Particles.MayStandBetween(reader.LettersOf(reader.Words[next]), (reader.Words[next + 1].Gap & WordGap.Joint) != 0))
        {
            Step(node, first, next + 1, traits, crossed, skips - 1, names);
        }

        // A translation or other name in brackets: Quds (Jerusalem) Force.
        if (skips > 0 && next + 1 < reader.Count && IsBracketed(next))
        {
            Step(node, first, next + 1, traits, crossed, 0, 0);
        }

        // A person's other names: a first one, and after it what only follows one (بدر الدين).
        if (place.MayBeName && names > 0 && !crossed && (traits & WordTraits.Typo) == 0
            && (names < MostNames || !Lexicon.FollowsName(reader.LettersOf(reader.Words[next])))
            && !(reader.LettersOf(reader.Words[next]) is "عبد" or "ابو" or "ابي" or "abdul" or "abdel" or "abu"))
        {
            Step(node, first, next + 1, traits | WordTraits.LongerName, crossed, skips, names - 1);
        }

        // عبد and أبو are half a name: علي عبد الله صالح, but عمار عبد الحكيم is no عمار الحكيم.
        if (place.MayBeName && names > 1 && !crossed && (traits & WordTraits.Typo) == 0 && next + 1 < reader.Count
            && reader.LettersOf(reader.Words[next]) is "عبد" or "ابو" or "ابي" or "abdul" or "abdel" or "abu"
            && (reader.Words[next + 1].Gap & (WordGap.Stop | WordGap.Break)) == 0)
        {
            Step(node, first, next + 2, traits | WordTraits.LongerName, crossed, skips, names - 2);
        }

        // A name that nobody has told us of stands between a first name and a family's with its article: هادي فرحان العامري.
        if (!place.MayBeName && names == MostNames && next == first + 1 && next + 1 < reader.Count && !crossed && IsUnknownName(next))
        {
            Step(node, first, next + 1, traits | WordTraits.LongerName, crossed, skips, 0);
        }

        if ((traits & (WordTraits.Typo | WordTraits.LongerName)) == 0 && place.Letters.Length >= 3)
        {
            MendWord(node, first, next, traits, crossed);
        }
    }

    // The full stop after an initial ends no sentence: Donald J. Trump.
    bool IsInitial(int word, WordGap gap) => gap == (WordGap.Stop | WordGap.Space) && reader.Words[word].Length == 1
        && char.IsUpper(text[reader.Words[word].Start]);

    bool IsUnknownName(int word)
    {
        var words = reader.Words;
        var letters = reader.LettersOf(words[word]);
        var after = reader.LettersOf(words[word + 1]);
        return letters.Length is > 3 and < 9 && (letters[0] < 'א' ? char.IsUpper(text[words[word].Start]) && !Lexicon.IsTitle(letters)
                && Particles.IsLatinArticle(after, true) && word + 2 < words.Length && (words[word + 2].Gap & WordGap.Joint) != 0
            : letters[0] is not ('و' or 'ي' or 'ا') && letters is not [_, 'ا', 'ل', ..] && after is ['ا', 'ل', _, _, _, ..])
            && (places[word - 1].MayBeName || Lexicon.IsFirstName(reader.LettersOf(words[word - 1]), words[word - 1].Hash))
            && !Lexicon.IsOwnWord(letters);
    }

    bool IsBracketed(int word)
    {
        ref readonly var at = ref reader.Words[word];
        return (at.Gap & WordGap.Quote) != 0 && text[at.Start - 1] == '(' && at.End < text.Length && text[at.End] == ')';
    }

    // The words before hold; this one is none of those that could follow: is it one of them with one letter wrong?
    void MendWord(int node, int first, int next, WordTraits traits, bool crossed)
    {
        var written = places[next].Letters;
        foreach (ref readonly var edge in trie.EdgesOf(trie[node]))
        {
            if (edge.Letters.Length >= 3 && edge.Letters.MayBeMisspelt(written, 3)
                && IsMisspelt(reader.Words[next], edge.Symbol, false))
            {
                Continue(edge.Node, first, next + 1, traits | WordTraits.Typo, crossed);
            }
        }
    }

    // The word at hand is the second of some phrases; the word before it may be the first, misspelt.
    void MendFirstWord(in Candidate second, int word)
    {
        if (word > 1 && reader.Words[word - 1].FoldedLength is 2 or 3
            && reader.Words[word - 1].Gap == WordGap.Space && reader.Words[word].Gap == WordGap.Space)
        {
            MendBrokenWord(second, word);
        }

        var written = places[word - 1].Letters;
        var gap = reader.Words[word].Gap;
        var crossed = (gap & WordGap.Break) != 0;
        if (written.Length < 4 || (second.Traits & WordTraits.Proclitic) != 0 || (gap & WordGap.Stop) != 0 || (crossed && !index.HasCommas)
            || ((gap & WordGap.Joint) != 0 && reader.Words[word].FoldedLength < 3))
        {
            return;
        }

        foreach (ref readonly var firstWord in trie.FirstWordsOf(trie[second.Symbol]))
        {
            if (firstWord.Letters.MayBeMisspelt(written, 5) && !MayBe(word - 1, firstWord.Symbol)
                && IsMisspelt(reader.Words[word - 1], firstWord.Symbol, true))
            {
                Continue(firstWord.Node, word - 1, word + second.Span, second.Traits | WordTraits.Typo, crossed);
            }
        }
    }

    // A space inside the first word of a phrase, as from columns of print: كتا ئب حزب الله.
    void MendBrokenWord(in Candidate second, int word)
    {
        ref readonly var start = ref reader.Words[word - 2];
        ref readonly var end = ref reader.Words[word - 1];
        if (start.FoldedLength < 2 || Scripts.Of(reader.LettersOf(end)[0]) != Script.Arabic)
        {
            return;
        }

        var letters = reader.Letters[start.FoldedStart..(end.FoldedStart + end.FoldedLength)];
        foreach (ref readonly var firstWord in trie.FirstWordsOf(trie[second.Symbol]))
        {
            var whole = index.WordOf(firstWord.Symbol);
            if (whole.Length >= 5 && letters.EndsWith(whole)
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

    bool IsMisspelt(in Word written, int symbol, bool withProclitics)
    {
        var letters = reader.LettersOf(written);
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
        (Edits.IsDotTypo(written, word) || Edits.IsSwap(written, word)) && !Lexicon.IsOwnWord(written);

    static bool IsMisspelt(ReadOnlySpan<char> written, ReadOnlySpan<char> word) =>
        Edits.IsTypo(written, word) && !Lexicon.IsOwnWord(written) && !Namesakes.IsAnother(written, word);
}
