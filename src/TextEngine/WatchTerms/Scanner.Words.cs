using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TextEngine.Normalisation;

namespace TextEngine.WatchTerms;

/// <content>What the words of a text are by themselves: remembered, or looked up.</content>
sealed partial class Scanner
{
    // With many terms, most of the time goes by waiting for memory: each step is done for all words before the next step, and has fetched what
    // that reads, so that the waits pass together.
    void FindForms()
    {
        var words = reader.Words;
        if (places.Length < words.Length)
        {
            places = new WordPlace[Math.Max(words.Length, places.Length * 2)];
        }

        var at = places.AsSpan(0, words.Length);
        for (var i = 0; i < words.Length; i++)
        {
            at[i].Slot = memo.SlotOf(SpellingOf(words[i]));
            memo.Fetch(at[i].Slot);
        }

        formCount = 0;
        unknown.Clear();
        joined.Clear();
        for (var i = 0; i < words.Length; i++)
        {
            if (!Recall(words[i], ref at[i]))
            {
                index.Vocabulary.Fetch(reader.Folded(i).Hash);
                unknown.Add(i);
            }

            if (((words[i].Gap & (WordGap.Joint | WordGap.Dot)) != 0 || IsBrokenOff(words[i])) && i > 0)
            {
                joined.Add(i - 1);
            }
        }

        for (var from = 0; from < unknown.Count; from += LookedUpTogether)
        {
            LookUp(CollectionsMarshal.AsSpan(unknown).Slice(from, Math.Min(LookedUpTogether, unknown.Count - from)));
        }

        foreach (var i in joined)
        {
            candidates.Clear();
            AddJoined(i);
            if (IsBrokenOff(reader.Words[i + 1]))
            {
                var letters = reader.LettersOf(i, i + 1);
                AddWord(letters, WordHash.Of(letters), i, i + 1);
            }

            AddOtherForms(i);
        }

        if (!kurdish && (index.Sounds.Scripts & (1 << (int)Script.Arabic)) != 0)
        {
            JoinNames();
        }

        FindWalks();
    }

    // What two words of Arabic sound as together, where the second is the end of many names.
    void JoinNames()
    {
        for (var i = 0; i + 1 < reader.Count; i++)
        {
            if ((places[i + 1].Known.Role & WordRole.EndsName) != 0 && (reader.Words[i + 1].Gap & (WordGap.Stop | WordGap.Break)) == 0
                && IsEndOfName(reader.LettersOf(i), reader.LettersOf(i + 1)))
            {
                candidates.Clear();
                AddSounds(reader.LettersOf(i), Script.Arabic, WordTraits.Joined, 2, i, i + 1);
                AddOtherForms(i);
            }
        }
    }

    // A letter alone is no word of Arabic but و, so a space has come before it, as from columns of print: فيلق القد س, حز ب الله.
    bool IsBrokenOff(in Word word) => word.Length == 1 && word.Gap == WordGap.Space && text[word.Start] is >= 'ء' and <= 'ي' and not 'و';

    Spelling SpellingOf(in Word word) => Spelling.Of(text, word.Start, Math.Min(word.Length, Spelling.MostUnits));

    // حزب الله and خامنه ای are one word each by sound.
    static bool IsEndOfName(ReadOnlySpan<char> word, ReadOnlySpan<char> next) => next is not "اي" || word[^1] == 'ه';

    // Whether words of the text may be remembered: no language has its own way to read their letters.
    bool ReadsAsEver => !kurdish && local == 0;

    // All that is looked up of a word by itself follows from how it is written, outside of languages that read letters their own way.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    bool Recall(in Word word, ref WordPlace place)
    {
        ref readonly var known = ref memo[place.Slot];
        place.FirstForm = place.EndOfForms = formCount;
        if (word.Length > Spelling.MostUnits || !known.Spelling.Is(SpellingOf(word)) || !ReadsAsEver)
        {
            return false;
        }

        place.Known = known.Known;
        if (place.Known.FormCount > 0)
        {
            // How many forms a word has cannot be foreseen, so all that it may have are taken, and some of them overwritten.
            Reserve(WordMemo.MostForms);
            Unsafe.As<Candidate, WordMemo.Forms>(ref forms[formCount]) = known.Forms;
            if (place.Known.FormCount > WordMemo.MostForms)
            {
                AddOthers(place.Known);
            }

            place.EndOfForms = formCount += place.Known.FormCount;
        }

        return true;
    }

    void AddOthers(in KnownWord known)
    {
        Reserve(known.FormCount);
        memo.OthersOf(known).CopyTo(forms.AsSpan(formCount + WordMemo.MostForms));
    }

    // A word may stand in the text for a second time, and be known by now.
    void LookUp(Span<int> words)
    {
        var count = 0;
        foreach (var i in words)
        {
            places[i].Slot = memo.SlotOf(SpellingOf(reader.Words[i]));
            if (!Recall(reader.Words[i], ref places[i]))
            {
                Look(i);
                words[count++] = i;
            }
        }

        foreach (var i in words[..count])
        {
            Keep(i);
        }
    }

    // What a word may stand for, from the vocabulary.
    void Look(int i)
    {
        ref readonly var word = ref reader.Folded(i);
        var letters = reader.LettersOf(word);
        ref var place = ref places[i];
        place.FirstForm = formCount;
        place.Known = new()
        {
            Length = (byte)(letters.Length <= LongestMisspelt ? letters.Length : 0),
            Outline = Outline.Of(letters),
            Role = RoleOf(letters, word),
            IsPlain = true,
        };
        candidates.Clear();
        AddWord(letters, word.Hash, i, i);
        if (letters[0] is >= 'ء' and <= 'ە' && Marks.HasDrawnOut(letters))
        {
            AddDrawnOut(letters, i);
        }

        AddCandidates(ref place);
        place.EndOfForms = formCount;
        place.Known.FormCount = (ushort)candidates.Count;
        foreach (var form in FormsOf(place))
        {
            trie.FetchOutlines(form.Symbol);
            trie.FetchNode(form.Symbol);
        }
    }

    // What follows from that by the terms, and all of it remembered.
    void Keep(int i)
    {
        ref readonly var word = ref reader.Words[i];
        ref var place = ref places[i];
        foreach (var form in FormsOf(place))
        {
            var (following, firstWords) = trie.OutlinesOf(form.Symbol);
            place.Known.Following |= following;
            place.Known.FirstWords |= firstWords;
            AddPlainHits(i, form, ref place.Known, false);
        }

        foreach (var form in FormsOf(place))
        {
            AddPlainHits(i, form, ref place.Known, true);
        }

        if (ReadsAsEver && word.Length <= Spelling.MostUnits)
        {
            memo.Keep(SpellingOf(word), ref place.Known, FormsOf(place));
        }
    }

    // What ends at a form, if it is a mention whatever stands around it; or else what is not so, which has to be weighed each time unless
    // a mention says the same.
    void AddPlainHits(int word, in Candidate form, ref KnownWord known, bool others)
    {
        ref readonly var node = ref trie[form.Symbol];
        if (node.HasOneOutput)
        {
            AddPlainHit(word, node.Output, form.Traits, ref known, others);
        }
        else if (node.HasOutputs)
        {
            foreach (ref readonly var output in trie.OutputsOf(node))
            {
                AddPlainHit(word, output, form.Traits, ref known, others);
            }
        }
    }

    void AddPlainHit(int word, in Output output, WordTraits traits, ref KnownWord known, bool others)
    {
        // A single word is not translated.
        if (output.IsSingleWord && (traits & WordTraits.Translated) != 0)
        {
            return;
        }

        if (MayBePlain(output, traits) == others)
        {
            return;
        }

        if (others)
        {
            known.IsPlain &= known.Says(output.Atom, callers);
        }
        else if (output.IsSingleWord && (traits & WordTraits.ArticleMissing) != 0)
        {
            // Without its article it is another word, but in languages that have none.
            known.IsPlainInArabic = true;
        }
        else if (!IsDoubtful(output, traits) || Weigh(output, word, word, ref traits))
        {
            known.IsPlain &= known.Add(new PlainHit(output.Atom, traits), callers);
        }
    }

    WordRole RoleOf(ReadOnlySpan<char> letters, in Word word)
    {
        var isLatin = letters[0] < 'א';
        var hasCapital = isLatin && char.IsUpper(text[word.Start]);
        var isName = Lexicon.IsNamePart(letters, word.Hash) || (hasCapital
            && (letters.Length == 1 || (letters.Length is > 3 and < 12 && !Lexicon.IsTitle(letters) && !Lexicon.IsEveryday(letters) && Lexicon.SoundsGiven(letters, candidates))));
        var isUnknown = !isName && letters.Length is > 3 and < 9
            && (isLatin ? hasCapital && !Lexicon.IsTitle(letters) : letters[0] is not ('و' or 'ي' or 'ا') && letters is not [_, 'ا', 'ل', ..]);
        return (isName ? WordRole.Name : 0) | (isUnknown ? WordRole.UnknownName : 0)
            | (Lexicon.IsFirstName(letters, word.Hash) ? WordRole.FirstName : 0)
            | (Lexicon.EndsFamilyName(letters, word.Hash) ? WordRole.EndsFamilyName : 0)
            | (letters is "الله" or "زاده" or "اي" ? WordRole.EndsName : 0)
            | (Particles.MayStandBetween(letters, false) ? WordRole.StandsBetween : 0)
            | (Particles.MayStandBetween(letters, true) ? WordRole.StandsBetweenBeforeHyphen : 0);
    }

    // The candidates are forms that the word has together with those after it.
    void AddOtherForms(int word)
    {
        ref var place = ref places[word];
        var own = place.EndOfForms - place.FirstForm;
        if (candidates.Count > 0 && place.EndOfForms != formCount)
        {
            // Others' forms lie behind its own.
            Reserve(own);
            forms.AsSpan(place.FirstForm, own).CopyTo(forms.AsSpan(formCount));
            place.FirstForm = formCount;
            formCount += own;
        }

        AddCandidates(ref place);
        place.EndOfForms = place.FirstForm + own + candidates.Count;
    }

    void AddCandidates(ref WordPlace place)
    {
        Reserve(candidates.Count);
        foreach (var candidate in candidates)
        {
            forms[formCount++] = candidate;
            place.Known.Outline = place.Known.Outline.With(OutlineKey.Frame(index.WordOf(candidate.Symbol)));
        }
    }

    void Reserve(int count)
    {
        if (formCount + count > forms.Length)
        {
            Array.Resize(ref forms, Math.Max(formCount + count, forms.Length * 2));
        }
    }
}
