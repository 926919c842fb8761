using TextEngine.Normalisation;

namespace TextEngine.WatchTerms;

/// <content>Whether a mention that was found counts, and what is said of it.</content>
sealed partial class Scanner
{
    void Report(in Output output, int firstWord, int lastWord, WordTraits traits, bool crossed)
    {
        var (atom, path, marked) = (output.Atom, output.Traits, output.IsMarked);
        if (crossed && (path & PathTraits.Comma) == 0)
        {
            return;
        }

        var words = reader.Words;
        if ((traits & WordTraits.Translated) != 0 && ((path & PathTraits.OtherName) != 0 || IsVerb(firstWord, lastWord)
            || !IsForce(firstWord, lastWord)
            || IsOrdinaryTranslation(index.Atoms[atom], path, firstWord, lastWord, traits)))
        {
            return;
        }

        if ((traits & (WordTraits.ArticleAdded | WordTraits.Translated)) != 0 && !output.IsSingleWord
            && IsNoConstruct(index.Atoms[atom].Words, firstWord, lastWord))
        {
            return;
        }

        // Only languages without articles leave out one that is too short to be told from its word: اهل حق.
        if ((path & PathTraits.Fused) != 0 && index.Atoms[atom].Words[^1].Folded is ['ا', 'ل', _, _]
            && reader.Folded(lastWord).FoldedLength == 2 && !HasPersianLetter())
        {
            return;
        }

        // A name that a space breaks needs its long alef still more.
        if (marked && lastWord == firstWord + 1 && (path & PathTraits.Fused) != 0 && text[words[lastWord].Start] is not ('آ' or 'أ'))
        {
            return;
        }

        if (path != PathTraits.None && (path & PathTraits.Reversed) != 0 && (IsVerb(firstWord, lastWord)
            || !MayStandReversed(index.Atoms[atom], firstWord, lastWord)))
        {
            return;
        }

        if (firstWord < lastWord && ((traits & WordTraits.ArticleMissing) != 0 || (path & PathTraits.OtherName) != 0
                || ((traits & WordTraits.Translated) != 0 && index.Atoms[atom].EndsDefinite))
            && IsIndefinite(index.Atoms[atom].Words, path, firstWord, lastWord, traits))
        {
            return;
        }

        if (firstWord < lastWord && (IsProvincial(firstWord, lastWord) || IsCutInLowerCase(index.Atoms[atom], path, firstWord)))
        {
            return;
        }

        if (firstWord == lastWord && (path & PathTraits.OtherName) != 0 && Places.IsWord(reader.LettersOf(firstWord))
            && !IsPlace(firstWord))
        {
            traits |= WordTraits.Weak;
        }

        if (IsDoubtful(output, traits)
            && !Weigh(output, firstWord, lastWord, ref traits))
        {
            return;
        }

        if (IsKnown(atom, firstWord, lastWord, traits, path))
        {
            return;
        }

        if (HitCount == hits.Length)
        {
            Array.Resize(ref hits, HitCount * 2);
        }

        Write(ref hits[HitCount++], atom, firstWord, lastWord, traits, path);
    }

    // The corps of a province is named after Jerusalem as well: سپاه قدس گیلان.
    bool IsProvincial(int first, int last) => last + 1 < reader.Count && text[reader.Words[first].Start] == 'س'
        && (reader.Words[last + 1].Gap & (WordGap.Stop | WordGap.Break)) == 0
        && reader.LettersOf(first) is "سپاه" && reader.LettersOf(last) is "قدس"
        && (reader.LettersOf(last + 1) is "گيلان" or "رشت"
            || (last + 2 < reader.Count && reader.LettersOf(last + 1) is "استان" && reader.LettersOf(last + 2) is "گيلان"));

    // TotalEnergies is a name in two words too, but total energies are none.
    bool IsCutInLowerCase(Atom atom, PathTraits path, int first) => (path & PathTraits.Fused) != 0 && atom.IsSingleWord
        && char.IsAsciiLetterLower(text[reader.Words[first].Start]) && TermShapes.InnerCapital(atom.Words[0]) > 0;

    bool IsPlace(int word) => word > 0 && (reader.Words[word].Gap & (WordGap.Stop | WordGap.Break)) == 0
        && Places.StandsBefore(reader.LettersOf(word - 1));

    static bool IsDoubtful(in Output output, WordTraits traits) => (traits & WordTraits.Doubtful) != 0 || output.IsMarked;

    // Whether it follows from the word itself, as it is written, that it is a mention of a term, or that it is none.
    static bool MayBePlain(in Output output, WordTraits traits) =>
        (traits & (WordTraits.LooseSound | WordTraits.OtherScript | WordTraits.Translated)) == 0
        && (output.Traits & ~PathTraits.Comma) == 0
        && (output.IsSingleWord || (traits & WordTraits.ArticleAdded) == 0);

    // The words from the first one to before the last one are by themselves what they are remembered as.
    void AddPlainHits(int first, int last)
    {
        for (var word = first; word < last; word++)
        {
            if (HitCount + PlainHits.Most > hits.Length)
            {
                Array.Resize(ref hits, HitCount * 2);
            }

            // Whether there is a first one is not to be foreseen, so it is written in any case.
            ref readonly var known = ref places[word].Known;
            Write(ref hits[HitCount], known.Hits[0].Atom, word, word, known.Hits[0].Traits, PathTraits.None);
            for (var i = 1; i < known.HitCount; i++)
            {
                Write(ref hits[HitCount + i], known.Hits[i].Atom, word, word, known.Hits[i].Traits, PathTraits.None);
            }

            HitCount += known.HitCount;
        }
    }

    void Write(ref RawHit hit, int atom, int firstWord, int lastWord, WordTraits traits, PathTraits path)
    {
        hit.Atom = atom;
        hit.FirstWord = firstWord;
        hit.LastWord = lastWord;
        hit.Start = reader.Words[firstWord].Start;
        hit.End = reader.Words[lastWord].End;
        hit.Traits = traits | (lastWord + 1 < reader.Count && IsEndOfFamilyName(lastWord + 1) ? WordTraits.LongerFamily : 0);
        hit.Path = path;
        hit.Field = field;
    }

    // The next word makes another family's name of it, as Persian does: قاآنی‌پور, سلیمانی نژاد.
    bool IsEndOfFamilyName(int word) =>
        (places[word].Known.Role & WordRole.EndsFamilyName) != 0 && (reader.Words[word].Gap & (WordGap.Stop | WordGap.Break)) == 0;

    void Chain()
    {
        chained = true;
        found.Clear();
        for (var hit = 0; hit < HitCount; hit++)
        {
            ref var state = ref found.Add(hits[hit].Atom);
            if (state.Last < 0)
            {
                state.First = hit;
            }
            else
            {
                hits[state.Last].Next = hit;
            }

            hits[hit].Next = -1;
            state.Last = hit;
        }
    }

    // Arabic and Persian put the noun first, as Arabic nouns in Latin letters do (Kataib Hezbollah); Urdu puts it last.
    bool MayStandReversed(Atom atom, int first, int last) => !Concepts.IsCarriedOver(reader.LettersOf(last))
        && !(atom.Words[0].Script is Script.Latin or Script.Cyrillic && Scripts.Of(reader.LettersOf(first)[0]) == atom.Words[0].Script
            && Array.Exists(atom.Words, word => char.IsLower(word.Raw[0])))
        && (Scripts.Of(reader.LettersOf(first)[0]) != Script.Arabic || Concepts.StandsLast(reader.LettersOf(last))
            || (atom.Words[0].Script is not (Script.Arabic or Script.Kurdish) && !Concepts.Contains(reader.LettersOf(last))));

    // Where every word is translated, only a capital on the noun says that it is a name: popular forces, Popular Forces.
    bool IsOrdinaryTranslation(Atom atom, PathTraits path, int first, int last, WordTraits traits)
    {
        var noun = (path & PathTraits.Reversed) != 0 ? last : first;
        if (first == last || (traits & (WordTraits.Sound | WordTraits.LooseSound)) != 0 || !char.IsLower(text[reader.Words[noun].Start]))
        {
            return false;
        }

        var letters = reader.LettersOf(noun);
        return letters is "mobilization" or "mobilisation" || (atom.Words[0].Script is Script.Arabic or Script.Kurdish
            && (Lexicon.IsEveryday(letters) || letters is "ordusu" or "hareketi"));
    }

    // English "to force Al-Quds families" has a verb, as have "police force Radwan out" and "Force Quds to close".
    bool IsVerb(int first, int last)
    {
        var words = reader.Words;
        if (reader.LettersOf(first) is not ("force" or "forces"))
        {
            return false;
        }

        var before = first > 0 && (words[first].Gap & (WordGap.Stop | WordGap.Break)) == 0 ? reader.LettersOf(first - 1) : [];
        var after = last + 1 < words.Length && (words[last + 1].Gap & (WordGap.Stop | WordGap.Break)) == 0
            ? reader.LettersOf(last + 1) : [];
        return before is "to" or "will" or "would" or "could" or "can" or "may" or "might" or "must" or "not" or "who" or "they" or "police"
            || after is "to" or "out" or "into" or "off" or "back" or "away" or "down" or "up" or "open" or "from";
    }

    bool Allows(int atom, char initial, WordTraits traits)
    {
        var script = Scripts.Of(initial);
        script = script == Script.Arabic && kurdish ? Script.Kurdish : script;
        var asked = index.Atoms[atom];
        return (traits & WordTraits.Translated) != 0 ? asked.Scripts != 0
            : (asked.Scripts & (1 << (int)script)) != 0 || (script == Script.Arabic && asked.Scripts != 0 && Array.TrueForAll(asked.Words, SetBuilder.IsTelling));
    }

    // Alarm and Elbow have no article; Alsudani and Elsisi have.
    const int ShortestWithLatinArticle = 6;

    // A single word is not translated; without its article, or with one where the spelling is doubtful as well, it is another word.
    // Languages
    // that have no article write names without it: سیستانی.
    bool IsAnotherWord(WordTraits traits, int word) =>
        (traits & WordTraits.Translated) != 0
        || ((traits & WordTraits.ArticleMissing) != 0
            && (!HasPersianLetter() || Lexicon.IsWord(reader.LettersOf(word)) || Concepts.Contains(reader.LettersOf(word))))
        || ((traits & WordTraits.ArticleAdded) != 0 && ((traits & (WordTraits.MarksLost | WordTraits.LooseSound)) != 0
            || (reader.LettersOf(word)[0] < 'א' && reader.LettersOf(word).Length < ShortestWithLatinArticle)));

    // وزارة الداخلية is a noun and whose it is: with an article of its own the noun has an adjective, and is something else. A body's or
    // person's name has none in any case where a word of its clause stands before it, such as the verb whose subject it is:
    // اتهمت الكتائب حزب الله.
    bool IsNoConstruct(TermWord[] term, int first, int last)
    {
        var letters = reader.LettersOf(first);
        var article = first < last && !term[0].Article && Scripts.Of(letters[0]) == Script.Arabic ? Proclitics.EndOfArticle(letters) : 0;
        if (article == 0)
        {
            return false;
        }

        var noun = letters[article..];
        var next = reader.LettersOf(first + 1);
        var isWithin = first > 0 && (reader.Words[first].Gap & (WordGap.Stop | WordGap.Break)) == 0
            && !Lexicon.IsDefiniteHonorific(noun);
        var isBody = Concepts.Contains(noun);
        var isBare = next is "الله" || !next.StartsWith("ال");
        if (term[0].Script != Script.Arabic)
        {
            return isBody && (isWithin ? isBare || !Agrees(noun, next[2..])
                : (reader.Words[first + 1].Gap & WordGap.Joint) != 0 && reader.LettersOf(last) is "الله");
        }

        if (!noun.SequenceEqual(term[0].Folded))
        {
            return false;
        }

        return term[1].Article ? noun[^1] == 'ه' || Lexicon.IsGivenName(noun) || (isWithin && isBody && term[1].Folded[^1] != 'ي')
            : (isBody && term[^1].Folded == "الله" && reader.LettersOf(last) is "الله")
                || (isWithin && isBare && (isBody || Lexicon.IsGivenName(noun)) && (term.Length == 2 || Concepts.Contains(term[1].Folded)));
    }

    // An adjective, as bodies that other scripts name have it with the article of their noun: الحشد الشعبي, الدولة الإسلامية.
    static bool Agrees(ReadOnlySpan<char> noun, ReadOnlySpan<char> adjective) =>
        noun[^1] == 'ه' ? adjective[^1] == 'ه' : adjective[^1] is 'ي' or 'ه' || Concepts.Contains(adjective);

    // Without its article a phrase is an ordinary thing (منطقة خضراء is a green area), unless it names a person (هادي عامري) or the text is
    // in a language that has no article (حشد شعبی).
    bool IsIndefinite(TermWord[] term, PathTraits path, int first, int last, WordTraits traits)
    {
        var words = reader.Words;
        for (var i = first + 2; i < last; i++)
        {
            last = reader.LettersOf(i) is "في" ? i - 1 : last;
        }

        var noun = reader.LettersOf(first);
        var end = reader.LettersOf(last);
        if (Scripts.Of(noun[0]) != Script.Arabic || end.StartsWith("ال"))
        {
            return false;
        }

        // A name in another language is given as that has it; only an adjective shows that it is an Arabic phrase.
        var isForeign = (traits & WordTraits.ArticleMissing) == 0 || (traits & WordTraits.Translated) != 0;
        var isPerson = !(term[0].Article && term[^1].Article && (path & PathTraits.OtherName) == 0) && !Lexicon.IsWord(end)
            && (Lexicon.IsNamePart(noun, reader.Folded(first).Hash) || Lexicon.IsNamePart(end, reader.Folded(last).Hash)
            || (end[^1] == 'ي' && !Lexicon.IsWord(noun) && !Concepts.Contains(noun)));
        return !(isForeign && end[^1] is not ('ي' or 'ه')) && !isPerson && !IsOffice(noun, last) && !HasPersianLetter();
    }

    // وزارة خارجية العراق is the ministry, since its country follows, and no adjective.
    bool IsOffice(ReadOnlySpan<char> noun, int last)
    {
        if (!(noun.EndsWith("وزاره") || noun.EndsWith("وزير")) || last + 1 >= reader.Count
            || (reader.Words[last + 1].Gap & (WordGap.Stop | WordGap.Break)) != 0)
        {
            return false;
        }

        var next = reader.LettersOf(last + 1);
        return next.StartsWith("ال") || next[^1] is not ('ي' or 'ه');
    }

    bool HasPersianLetter() => hasPersianLetter ??= Marks.HasPersianLetter(text);

    // قوة القدس is the Quds Force where somebody leads it or it is somebody's; else the strength of Jerusalem.
    bool IsForce(int first, int last)
    {
        var words = reader.Words;
        var letters = reader.LettersOf(first);
        if (letters.Length > 5 || !letters.EndsWith("قوه"))
        {
            return true;
        }

        var after = last + 1 < words.Length ? reader.LettersOf(last + 1) : [];
        return Lexicon.OwnsForce(after)
            || (first > 0 && Lexicon.LeadsForce(reader.LettersOf(first - 1)) && !Lexicon.IsAdjective(after));
    }

    // Only verbs have the س of the future, and a name without its long alef is one: سقاني.
    static bool IsFutureVerb(ReadOnlySpan<char> written, ReadOnlySpan<char> word) =>
        written.Length > word.Length && written.EndsWith(word) && written[written.Length - word.Length - 1] == 'س';

    // The same stretch may be reached in several ways; the plainest is kept. Hits are found by first word, rising, or one back where that is
    // misspelt, so the atom's last hit is among the latest or is of another stretch.
    bool IsKnown(int atom, int firstWord, int lastWord, WordTraits traits, PathTraits path)
    {
        for (var i = HitCount - 1; i >= firstOfField && hits[i].FirstWord >= firstWord - 1; i--)
        {
            ref var hit = ref hits[i];
            if (hit.Atom != atom)
            {
                continue;
            }

            if (hit.FirstWord != firstWord || hit.LastWord != lastWord)
            {
                return false;
            }

            if ((traits, path).CompareTo((hit.Traits & ~WordTraits.LongerFamily, hit.Path)) < 0)
            {
                (hit.Traits, hit.Path) = (traits | (hit.Traits & WordTraits.LongerFamily), path);
            }

            return true;
        }

        return false;
    }

    // What a name of another script sounds like in Arabic may be an ordinary word there (Sadr, صدر), as نصر الله is but after what stands
    // before
    // names.
    bool IsOrdinaryInArabic(Atom atom, int first, int last, WordTraits traits)
    {
        var letters = reader.LettersOf(first);
        if (Scripts.Of(letters[0]) != Script.Arabic)
        {
            return false;
        }

        var before = first > 0
            && (reader.Words[first].Gap & (WordGap.Stop | WordGap.Break)) == 0 ? reader.LettersOf(first - 1) : [];
        if (first < last)
        {
            return reader.LettersOf(last) is "الله" && (Lexicon.IsGivenName(letters) || letters is "فضل" or "رزق" or "عون" or "خير")
                && !(before.Length > 0 && (Lexicon.IsGivenName(before) || Lexicon.IsRank(before) || Lexicon.IsTitle(before)));
        }

        // An adjective has the article of its noun: الجيش التركي.
        if ((traits & WordTraits.ArticleAdded) != 0)
        {
            return Lexicon.IsThing(letters, before);
        }

        letters = (traits & WordTraits.Proclitic) != 0 ? letters[1..] : letters;
        return (Lexicon.IsWord(letters) || Lexicon.IsWordToo(letters) || Lexicon.IsGivenName(letters)
                || ((Namesakes.IsName(letters) || Lexicon.IsParticiple(letters, atom.Words[^1].Folded)) && !Lexicon.IsHonorific(before)))
            && !Marks.HasLongAlef(text.AsSpan(reader.Words[first].Start, reader.Words[first].Length));
    }

    // What a name sounds like in Hebrew may be an ordinary word as well, but after a rank: מוסד is an institution, סדר order. With its
    // article an institution is the Mossad, unless what follows says of what it is (המוסד לביטוח לאומי) or of which kind (המוסד האקדמי).
    bool IsOrdinaryInHebrew(int word)
    {
        var letters = reader.LettersOf(word);
        if (Scripts.Of(letters[0]) != Script.Hebrew || !Lexicon.IsHebrewWord(letters, out var isName)
            || (word > 0 && (reader.Words[word].Gap & (WordGap.Stop | WordGap.Break)) == 0 && Lexicon.IsRank(reader.LettersOf(word - 1))))
        {
            return false;
        }

        return !isName || (word + 1 < reader.Count && (reader.Words[word + 1].Gap & (WordGap.Stop | WordGap.Break)) == 0
            && reader.LettersOf(word + 1)[0] is 'ל' or 'ה' or 'ש');
    }

    // Says whether a stretch with doubtful traits counts at all. A word alone is weak when what sets it apart from others is not written.
    bool Weigh(in Output output, int firstWord, int lastWord, ref WordTraits traits)
    {
        ref readonly var word = ref reader.Words[firstWord];
        var single = firstWord == lastWord;
        if ((traits & (WordTraits.OtherScript | WordTraits.Translated)) != 0 && !Allows(output.Atom, reader.LettersOf(firstWord)[0], traits))
        {
            return false;
        }

        if (!output.IsSingleWord)
        {
            return true;
        }

        if (output.IsMarked && single && (traits & WordTraits.OtherScript) == 0 && !Marks.HasLongAlef(text.AsSpan(word.Start, word.Length)))
        {
            traits |= WordTraits.Weak | WordTraits.MarksLost;
            if (IsFutureVerb(reader.LettersOf(firstWord), index.Atoms[output.Atom].Words[0].Folded))
            {
                return false;
            }
        }

        // Where others have capitals, a word without one is none: genuine is not Jenin.
        if ((traits & WordTraits.LooseSound) != 0 && single && char.IsAsciiLetterLower(text[word.Start])
            && text.AsSpan().IndexOfAnyInRange('A', 'Z') >= 0)
        {
            return false;
        }

        var isWeak = ((traits & WordTraits.LooseSound) != 0 && (single || (output.Traits & PathTraits.Fused) == 0))
            || ((traits & WordTraits.OtherScript) != 0 && (IsOrdinaryInArabic(index.Atoms[output.Atom], firstWord, lastWord, traits)
                || (single && IsOrdinaryInHebrew(firstWord))));
        traits |= isWeak ? WordTraits.Weak : 0;
        return !IsAnotherWord(traits, firstWord);
    }
}
