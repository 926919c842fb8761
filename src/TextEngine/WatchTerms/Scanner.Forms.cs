using System.Text;
using TextEngine.Normalisation;

namespace TextEngine.WatchTerms;

/// <content>What a word of the text may be: itself, without its proclitics and endings, and by its sound.</content>
sealed partial class Scanner
{
    // Everything that one word, or several joined ones, may stand for.
    void AddWord(ReadOnlySpan<char> letters, ulong hash, int first, int last)
    {
        var vocabulary = index.Vocabulary;
        var span = (byte)(last - first + 1);
        var traits = last > first ? WordTraits.Joined : WordTraits.None;
        AddEntry(vocabulary.Find(hash, letters), traits, false, span, first);
        if (!index.Patterns.IsEmpty)
        {
            index.Patterns.Find(letters, hash, text.AsSpan(reader.Words[first].Start..reader.Words[last].End), traits, candidates);
        }

        var initial = letters[0];
        if (initial < 'א')
        {
            if (letters.Length >= 5 && (letters[^1] == 's' || text[reader.Words[last].End - 1] == 'ê'))
            {
                AddEntry(vocabulary.Find(WordHash.Of(letters[..^1]), letters[..^1]), traits | WordTraits.Ending, false, span, first);
            }

            if (first == last && char.IsUpper(text[reader.Words[first].Start])
                && Particles.FusedLatinArticle(letters) is var article and > 0)
            {
                AddEntry(vocabulary.Find(WordHash.Of(letters[article..]), letters[article..]), traits, true, span, first);
            }
        }
        else if (initial is >= 'ء' and <= 'ە')
        {
            AddArabicForms(letters, hash, traits, span, first, reader.Words[last].End);
        }
        else if (initial is >= 'א' and <= 'ת')
        {
            AddHebrewForms(letters, traits, span, first);
        }

        var script = Scripts.Of(initial);
        script = script == Script.Arabic && kurdish ? Script.Kurdish : script;
        if ((index.Sounds.Scripts & (1 << (int)script)) != 0)
        {
            AddSounds(letters, script, traits, span, first, last);
        }
    }

    // More than two of a letter in a row are there to shout it: قاآنيييي. In اللللله they stand for two.
    void AddDrawnOut(ReadOnlySpan<char> letters, int word)
    {
        const int longest = 64;
        if (letters.Length > longest)
        {
            return;
        }

        Span<char> plain = stackalloc char[longest];
        for (var times = 1; times <= 2; times++)
        {
            var shortened = plain[..Marks.Shorten(letters, times, plain)];
            var hash = WordHash.Of(shortened);
            AddEntry(index.Vocabulary.Find(hash, shortened), WordTraits.None, false, 1, word);
            AddArabicForms(shortened, hash, WordTraits.None, 1, word, reader.Words[word].End);
        }
    }

    void AddSounds(ReadOnlySpan<char> letters, Script script, WordTraits traits, byte span, int first, int last)
    {
        const int from = 0;
        var raw = text.AsSpan(reader.Words[first].Start..reader.Words[last].End);
        if (script is Script.Latin or Script.Cyrillic or Script.Greek)
        {
            if (!Lexicon.IsWord(letters))
            {
                AddReadings(letters, script, raw, char.IsUpper(raw[0]), traits, span, from);
                if (first == last)
                {
                    AddWithoutLatinArticle(letters, script, raw, traits, span);
                }

                DropNamesakes(letters);
            }

            return;
        }

        if (raw.Length > 40)
        {
            return;
        }

        // Presentation forms are letters that only look otherwise.
        raw = raw.ContainsAnyInRange('\uFB50', '\uFEFC') ? raw.ToString().Normalize(NormalizationForm.FormKC) : raw;

        var allowed = script == Script.Kurdish && !LeadsOn(last) ? 0 : -1;
        AddReadings(raw, script, [], true, traits, span, from, allowed);
        DropNamesakes(letters);
        if (script == Script.Hebrew)
        {
            for (var cut = 1; cut <= 2 && letters.Length - cut >= 3 && IsHebrewPrefix(letters[cut - 1]); cut++)
            {
                var trait = letters[cut - 1] == 'ה' && cut == 1 ? WordTraits.ArticleAdded : WordTraits.Proclitic;
                AddReadings(Marks.SkipLetters(raw, cut), script, [], true, traits | trait, span, from);
            }
        }
        else if (letters.Length >= 6 && letters.StartsWith("سيد"))
        {
            AddReadings(Marks.SkipLetters(raw, 3), script, [], true, traits | WordTraits.Proclitic, span, from);
        }
        else if (letters.Length >= 4 && Proclitics.MayStart(letters[0]))
        {
            Span<int> cuts = stackalloc int[Proclitics.Most];
            var count = Proclitics.Cuts(letters, cuts);
            for (var i = 0; i < count; i++)
            {
                var trait = (cuts[i] == -2 && letters[0] == 'ا' ? 0 : WordTraits.Proclitic) | (cuts[i] < 0 ? WordTraits.ArticleAdded : 0);
                AddReadings(Marks.SkipLetters(raw, Math.Abs(cuts[i])), script, [], true, traits | trait, span, from, allowed);
            }
        }
    }

    // Where the term has the article, Latin letters may have it as one with the name: السيسي is Elsisi.
    void AddWithoutLatinArticle(ReadOnlySpan<char> letters, Script script, ReadOnlySpan<char> raw, WordTraits traits, byte span)
    {
        if (script != Script.Latin || Particles.FusedLatinArticle(letters) is not (> 0 and var article) || !char.IsUpper(raw[0]))
        {
            return;
        }

        var own = candidates.Count;
        AddReadings(letters[article..], script, Marks.SkipLetters(raw, article), true, traits, span, own);
        for (var i = candidates.Count - 1; i >= own; i--)
        {
            if ((candidates[i].Symbol & 1) == 0)
            {
                candidates.RemoveAt(i);
            }
        }
    }

    // What sounds as a name of the terms and is known as another's.
    void DropNamesakes(ReadOnlySpan<char> letters)
    {
        for (var i = candidates.Count - 1; i >= 0; i--)
        {
            if ((candidates[i].Traits & (WordTraits.Sound | WordTraits.LooseSound)) != 0
                && Namesakes.SoundsAsAnother(letters, index.WordOf(candidates[i].Symbol)))
            {
                candidates.RemoveAt(i);
            }
        }
    }

    // The Kurdish ezafe leads on to a noun; before "in", "for" or "and" the -i is that of adjectives: داستانی حەماسی لە, an epic tale.
    bool LeadsOn(int word) => word + 1 < reader.Count && (reader.Words[word + 1].Gap & (WordGap.Stop | WordGap.Break)) == 0
        && reader.LettersOf(word + 1) is not ("له" or "بو" or "به" or "و" or "لهگهل");

    void AddReadings(ReadOnlySpan<char> word, Script script, ReadOnlySpan<char> raw, bool capital, WordTraits traits, byte span, int from,
        int allowed = -1)
    {
        index.Sounds.Find(SoundReader.Read(word, script, 0, raw), capital, traits, span, candidates, from);
        var variants = (SoundReader.VariantsOf(word, script) | (script == Script.Latin ? local : 0)) & allowed;
        for (var variant = 1; variant <= variants; variant++)
        {
            if ((variant & ~variants) == 0)
            {
                index.Sounds.Find(SoundReader.Read(word, script, variant, raw), capital, traits, span, candidates, from);
            }
        }

        var ending = EndingOf(word, script, raw);
        if (ending > 0)
        {
            index.Sounds.Find(SoundReader.Read(word[..^ending], script), capital, traits | WordTraits.Ending, span, candidates, from);
        }

        if (script == Script.Kurdish)
        {
            foreach (var kurdishEnding in KurdishEndings)
            {
                if (word.Length >= kurdishEnding.Length + 3 && IsWrittenFor(kurdishEnding, word[^kurdishEnding.Length..])
                    && MayFollow(kurdishEnding, CharacterFolding.Fold(word[^(kurdishEnding.Length + 1)])))
                {
                    index.Sounds.Find(SoundReader.Read(word[..^kurdishEnding.Length], script), capital, traits | WordTraits.Ending, span, candidates, from);
                }
            }
        }
    }

    static bool IsWrittenFor(string folded, ReadOnlySpan<char> raw)
    {
        for (var i = 0; i < raw.Length; i++)
        {
            if (CharacterFolding.Fold(raw[i]) != folded[i])
            {
                return false;
            }
        }

        return true;
    }

    // The plural of the people of a family, movement or country (حوثيون, حوثيين, החות'ים), and the oblique case of Kurmanji (Qudsê).
    static int EndingOf(ReadOnlySpan<char> word, Script script, ReadOnlySpan<char> raw) => script switch
    {
        Script.Arabic when word.Length >= 6 && word[^1] == 'ن' && word[^2] is 'و' or 'ي' && word[^3] == 'ي' => 2,
        Script.Hebrew when word.Length >= 5 && word[^1] == 'ם' && word[^2] == 'י' => 1,
        Script.Latin when raw.Length > 4 && raw[^1] == 'ê' => 1,
        _ => 0,
    };

    // Hebrew writes "and", "in", "to", "from", "that" and "the" as one with the next word.
    void AddHebrewForms(ReadOnlySpan<char> letters, WordTraits traits, byte span, int first)
    {
        for (var cut = 1; cut <= 2 && letters.Length - cut >= 2 && IsHebrewPrefix(letters[cut - 1]); cut++)
        {
            var rest = letters[cut..];
            AddEntry(index.Vocabulary.Find(WordHash.Of(rest), rest), traits | (letters[0] == 'ה' ? WordTraits.ArticleAdded : WordTraits.Proclitic),
                false, span, first);
        }
    }

    static bool IsHebrewPrefix(char letter) => letter is 'ו' or 'ה' or 'ב' or 'ל' or 'כ' or 'מ' or 'ש';

    void AddArabicForms(ReadOnlySpan<char> letters, ulong hash, WordTraits traits, byte span, int first, int end)
    {
        if (letters.Length >= 3 && Proclitics.MayStart(letters[0]))
        {
            Span<int> cuts = stackalloc int[Proclitics.Most];
            var count = Proclitics.Cuts(letters, cuts);
            for (var i = 0; i < count; i++)
            {
                AddCut(letters, hash, cuts[i], traits, span, first);
            }
        }

        // Persian and Urdu write a title as one with the first name: سیدحسن.
        if (letters.Length >= 6 && letters.StartsWith("سيد"))
        {
            AddCut(letters, hash, 3, traits, span, first);
        }

        // Arabic has no p, g, ch and zh: ترامپ is ترامب.
        if (letters.Length >= 5 && letters.IndexOfAny("پگچژ") >= 0)
        {
            Span<char> arabic = stackalloc char[Math.Min(letters.Length, LongestMisspelt)];
            for (var i = 0; i < arabic.Length; i++)
            {
                arabic[i] = letters[i] switch { 'پ' => 'ب', 'گ' => 'ك', 'چ' or 'ژ' => 'ج', var other => other };
            }

            var arabicHash = WordHash.Of(arabic);
            AddEntry(index.Vocabulary.Find(arabicHash, arabic), traits | WordTraits.Sound, false, span, first);
            if (Proclitics.MayStart(arabic[0]))
            {
                Span<int> cuts = stackalloc int[Proclitics.Most];
                var count = Proclitics.Cuts(arabic, cuts);
                for (var i = 0; i < count; i++)
                {
                    AddCut(arabic, arabicHash, cuts[i], traits | WordTraits.Sound, span, first);
                }
            }
        }

        if (letters.Length is > 5 and <= LongestMisspelt && letters.IndexOf("تش") is > 0 and var ch)
        {
            AddWithJeem(letters, ch, traits, span, first);
        }

        // Persian and Kurdish write ezafe, plural and "-i" as one with the word; only their own yeh is taken for one.
        if (letters[^1] == 'ي' && letters.Length >= 4 && text[end - 1] == 'ی' && (!kurdish || LeadsOn(first + span - 1)))
        {
            AddEnding(letters[..^1], traits, span, first);
            if (letters.EndsWith("هاي"))
            {
                AddEnding(letters[..^3], traits, span, first);
            }
        }
        else if (letters.Length >= 5 && letters.EndsWith("ها"))
        {
            AddEnding(letters[..^2], traits, span, first);
        }

        if (kurdish)
        {
            foreach (var ending in KurdishEndings)
            {
                if (letters.Length >= ending.Length + 3 && letters.EndsWith(ending) && MayFollow(ending, letters[^(ending.Length + 1)]))
                {
                    AddEnding(letters[..^ending.Length], traits, span, first);
                }
            }
        }
    }

    // "Is" has a yeh only behind a vowel: سیستانییە.
    static bool MayFollow(string ending, char letter) => ending != "يه" || letter is 'ي' or 'ا' or 'و';

    // "In", "from", "too", "a", "the", "their", "is" and plurals, as Kurdish writes them behind a name; folded.
    static readonly string[] KurdishEndings =
        ["يه", "يهكان", "هكان", "كان", "يهك", "هكه", "هوه", "يهوه", "وه", "دا", "يش", "ش", "يان", "ان"];

    // A name with the ch of another language, where the term has one letter for it: عراقتشي, عراقجي.
    void AddWithJeem(ReadOnlySpan<char> letters, int at, WordTraits traits, byte span, int first)
    {
        Span<char> jeem = stackalloc char[LongestMisspelt];
        letters[..at].CopyTo(jeem);
        jeem[at] = 'ج';
        letters[(at + 2)..].CopyTo(jeem[(at + 1)..]);
        jeem = jeem[..(letters.Length - 1)];
        AddEntry(index.Vocabulary.Find(WordHash.Of(jeem), jeem), traits | WordTraits.Sound, false, span, first);
    }

    void AddCut(ReadOnlySpan<char> letters, ulong hash, int cut, WordTraits traits, byte span, int first)
    {
        var length = Math.Abs(cut);
        var rest = letters[length..];
        var restHash = rest.Length < WordHash.Power.Length
            ? hash - WordHash.Of(letters[..length]) * WordHash.Power[rest.Length]
            : WordHash.Of(rest);
        var entry = index.Vocabulary.Find(restHash, rest);
        var proclitic = cut == -2 && letters[0] == 'ا' ? WordTraits.None : WordTraits.Proclitic;
        if (entry >= 0)
        {
            AddEntry(entry, traits | proclitic, cut < 0, span, first);
        }

        if (!index.Patterns.IsEmpty)
        {
            index.Patterns.Find(rest, restHash, [], traits | proclitic | (cut < 0 ? WordTraits.ArticleAdded : 0), candidates);
        }

        // لله is ل before الله, whose article is a part of the name.
        if (cut < 0 && rest.SequenceEqual("له"))
        {
            AddEntry(index.Vocabulary.Find(WordHash.Of("الله"), "الله"), traits | WordTraits.Proclitic, false, span, first);
        }
    }

    void AddEnding(ReadOnlySpan<char> stem, WordTraits traits, byte span, int first)
    {
        if (stem.Length >= 2)
        {
            AddEntry(index.Vocabulary.Find(WordHash.Of(stem), stem), traits | WordTraits.Ending, false, span, first);
        }
    }

    void AddEntry(int entry, WordTraits traits, bool article, byte span, int first)
    {
        if (entry < 0)
        {
            return;
        }

        var uses = index.Uses[entry];
        if ((uses & TermIndex.PlainUse) != 0)
        {
            candidates.Add(new Candidate(entry * 2, article ? traits | WordTraits.ArticleAdded : traits, span));
        }

        if ((uses & TermIndex.ArticleUse) != 0)
        {
            candidates.Add(new Candidate(entry * 2 + 1, article ? traits : traits | WordTraits.ArticleMissing, span));
        }

        // Translations list their plurals: brigades are no لواء.
        if ((uses & TermIndex.OtherReadings) != 0 && (traits & WordTraits.Ending) == 0)
        {
            foreach (var reading in index.Readings[entry])
            {
                if ((reading.Traits & WordTraits.CapitalOnly) == 0 || char.IsUpper(text[reader.Words[first].Start]))
                {
                    candidates.Add(new Candidate(reading.Symbol, (reading.Traits & ~WordTraits.CapitalOnly) | traits, span));
                }
            }
        }
    }

    // Qa'ani, حزب‌الله and I.R.G.C. are also one word each.
    void AddJoined(int first)
    {
        var words = reader.Words;
        var last = first;
        while (last + 1 < words.Length && (words[last + 1].Gap & (WordGap.Joint | WordGap.Dot)) != 0
            && last - first < ((words[last + 1].Gap & WordGap.Dot) != 0 ? 7 : 3)
            && ((words[last + 1].Gap & WordGap.Dot) == 0 || (reader.Folded(last).FoldedLength == 1 && reader.Folded(last + 1).FoldedLength == 1)))
        {
            last++;
            var letters = reader.LettersOf(first, last);
            if (letters.Length > 48)
            {
                return;
            }

            // A doubled alef may stand across the joint: قا‌آنی.
            var at = letters.Length - reader.Folded(last).FoldedLength;
            letters = letters[at - 1] == 'ا' && letters[at] == 'ا' ? string.Concat(letters[..at], letters[(at + 1)..]) : letters;
            AddWord(letters, WordHash.Of(letters), first, last);
        }
    }
}
