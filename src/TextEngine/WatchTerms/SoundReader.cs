using System.Collections.Frozen;
using System.Text;
using TextEngine.Normalisation;

namespace TextEngine.WatchTerms;

/// <summary>
/// Reads the sound of a word. Latin and Cyrillic are read folded; Arabic, Kurdish and Hebrew as written, since folding drops آ and ە, and
/// the geresh that makes ch of צ.
/// </summary>
static class SoundReader
{
    /// <summary>
    /// How many readings a word may have. Arabic: bit 0 ض ذ ظ as the other of d and z, bit 1 ث as s, bit 2 و as w, bit 3 ن
    /// before ب as m (Jumblatt). Latin: bit 0 j as the
    /// y and w as the v of German and Dutch, bit 1 ou as the w of French (Daoud), bit 2 without the mute e of French (Salmane), bit 3 the h
    /// and c of Turkish,
    /// bit 4 the j of Spanish as kh, bit 5 a final h that is sounded (Fattah), bit 6 dh as the z that Persian
    /// and Egypt speak (Kadhimi, Kazimi), bit 7 the c before e and i and the last z of western names (Vance, Merz).
    /// Cyrillic: bit 0 without the ending of a case, bit 1 of an adjective (Зеленского), bit 2 a
    /// last х that Arabic writes as the ه that may be a vowel (Набих). Greek: bit 0
    /// σ as sh. Hebrew: bit 0
    /// פ as p, bit 1 ב as v. Kurdish: bit 0 without the ezafe.
    /// </summary>
    public const int Variants = 256;

    const int MuteE = 4, TurkishH = 8, SpanishJ = 16, SoundedH = 32, DhAsZ = 64, Western = 128;

    /// <summary>The variants that a field's language asks for, told by letters and small words that no other has.</summary>
    public static int LocalLetters(string text) => text.AsSpan().IndexOfAny("ğşıİĞŞ") >= 0 ? TurkishH
        : text.AsSpan().IndexOfAny('j', 'J') >= 0 && (text.AsSpan().IndexOfAny("ñ¿¡Ñ") >= 0 || text.Contains("ción", StringComparison.Ordinal)
            || text.Contains(" el ", StringComparison.OrdinalIgnoreCase) || text.Contains(" los ", StringComparison.Ordinal)) ? SpanishJ : 0;

    /// <summary>Reads a word; <paramref name="written"/> is a Latin word as it was before folding, where ş and ç are still told from s and c.</summary>
    public static Sound Read(ReadOnlySpan<char> word, Script script, int variant = 0, ReadOnlySpan<char> written = default)
    {
        var sound = new Sound { Script = script };
        switch (script)
        {
            case Script.Latin:
                Latin(word, written.Length == word.Length ? written : word, variant, ref sound);
                break;
            case Script.Cyrillic:
                Cyrillic(variant == 0 ? word : word[..^(variant == 4 ? 1 : word[^1] is 'о' or 'у' ? 3 : 2)], ref sound);
                if (variant == 2)
                {
                    sound.AddVowel(Sound.I);
                }

                sound.SoftEnd = variant == 4;

                break;
            case Script.Greek:
                Greek(word, variant, ref sound);
                break;
            case Script.Hebrew:
                Hebrew(word, variant, ref sound);
                break;
            default:
                Arabic(script == Script.Kurdish && variant != 0 ? word[..^1] : word, script == Script.Kurdish, variant, ref sound);
                break;
        }

        return sound;
    }

    /// <summary>The variants that would read differently.</summary>
    public static int VariantsOf(ReadOnlySpan<char> word, Script script) => script switch
    {
        Script.Arabic => (word.IndexOfAny("ضذظ") >= 0 ? 1 : 0) | (word.Contains('ث') ? 2 : 0) | (word.Length > 2 && word[1..].Contains('و') ? 4 : 0)
            | (word.IndexOf("نب") >= 0 ? 8 : 0),
        Script.Latin when word.Length > 3 => (word[1..].IndexOfAny('j', 'w') >= 0 ? 1 : 0)
            | ((word.IndexOf("ou") is > 0 and var at && at + 2 < word.Length && word[at + 2] is 'a' or 'e' or 'i')
                || word.IndexOf("aou") > 0 ? 2 : 0)
            | (HasMuteE(word) ? MuteE : 0)
            | (word[1..].IndexOfAny("cz") >= 0 && IsWestern(word) ? Western : 0)
            | (word[^1] == 'h' && IsLatinVowel(word[^2]) && !word.EndsWith("llah") ? SoundedH : 0)
            | (word[..^2].IndexOf("dh") >= 0 ? DhAsZ : 0),
        Script.Cyrillic => word.Length < 5 ? 0
            : word.EndsWith("их") ? 4
            : word.Length >= 7 && (word.EndsWith("кого") || word.EndsWith("кому") || word.EndsWith("ким") || word.EndsWith("ком")) ? 2
            : word.EndsWith("ым") || word.EndsWith("ом") || word.EndsWith("ем") || word.EndsWith("ов") || word.EndsWith("ам") ? 1 : 0,
        Script.Greek => word.Contains('σ') ? 1 : 0,
        Script.Hebrew => (word.IndexOfAny('פ', 'ף') >= 0 ? 1 : 0) | (word.Length > 2 && word[1..].Contains('ב') ? 2 : 0),
        Script.Kurdish => word.Length >= 4 && word[^1] is 'ی' or 'ي' ? 1 : 0,
        _ => 0,
    };

    static void Latin(ReadOnlySpan<char> word, ReadOnlySpan<char> written, int variant, ref Sound sound)
    {
        var ofGod = BeforeTheNameOfGod(word);
        var length = (variant & MuteE) != 0 ? word.Length - 1 : word.Length;
        for (var i = 0; i < length; i++)
        {
            var next = i + 1 < word.Length ? word[i + 1] : '\0';
            if (i == ofGod)
            {
                sound.AddVowel(Sound.Any);
                continue;
            }

            if (i == 3 && word.Length >= 5 && word[4] == 'l' && word.StartsWith("abd") && IsLatinVowel(word[3]))
            {
                sound.AddVowel(Sound.Any);
                continue;
            }

            if (written[i] > 'z' && Marked(written[i]) is not Consonant.None and var marked)
            {
                sound.Add(marked);
                continue;
            }

            switch (word[i])
            {
                case 'a': sound.AddVowel(Sound.A); break;
                case 'e': sound.AddVowel(Sound.E); break;
                case 'i' or 'y': sound.AddVowel(Sound.I); break;
                case 'o' when (variant & 2) != 0 && next == 'u' && i + 2 < word.Length && IsLatinVowel(word[i + 2]): Skip(Consonant.W, ref sound, ref i); break;
                case 'o' when (variant & 2) != 0 && next == 'u' && i > 1 && word[i - 1] == 'a':
                    Skip(Consonant.W, ref sound, ref i);
                    sound.AddVowel(Sound.U);
                    break;
                case 'o' when next == 'e' && i + 2 == word.Length: sound.AddVowel(Sound.U); i++; break;
                case 'o': sound.AddVowel(Sound.O); break;
                case 'u': sound.AddVowel(Sound.U); break;
                case 'k' when next == 'h': Skip(Consonant.Kh, ref sound, ref i); break;
                case 'k': sound.Add(Consonant.K); break;
                case 'q': sound.Add(Consonant.Q); break;
                case 'g' when next == 'h': Skip(Consonant.Gh, ref sound, ref i); break;
                case 'g' when next == 'u' && i + 2 < word.Length && word[i + 2] is 'e' or 'i': Skip(Consonant.G, ref sound, ref i); break;
                case 'g': sound.Add(Consonant.G); break;
                case 'c' when next == 'h': Skip(Consonant.Ch, ref sound, ref i); break;
                case 'c' when next == 'k': Skip(Consonant.K, ref sound, ref i); break;
                case 'c' when (variant & Western) != 0 && next is 'e' or 'i' or 'y': sound.Add(Consonant.S); break;
                case 'c': sound.Add((variant & TurkishH) != 0 ? Consonant.J : Consonant.C); break;
                case 's' when next == 'h': Skip(Consonant.Sh, ref sound, ref i); break;
                case 's' when next == 'c' && i + 2 < word.Length && word[i + 2] == 'h': i++; Skip(Consonant.Sh, ref sound, ref i); break;
                case 's': sound.Add(Consonant.S); break;
                case 't' when next == 'c' && i + 2 < word.Length && word[i + 2] == 'h': i++; Skip(Consonant.Ch, ref sound, ref i); break;
                case 't' when next == 'h': Skip(Consonant.Th, ref sound, ref i); break;
                case 't': sound.Add(Consonant.T); break;
                case 'd' when word[i..].StartsWith("dsch"): sound.Add(Consonant.J); i += 3; break;
                case 'd' when next == 'h' && (variant & DhAsZ) != 0: Skip(Consonant.Dh, ref sound, ref i); break;
                case 'd' when next == 'h': Skip(Consonant.D, ref sound, ref i); break;
                case 'd' when next == 'j': Skip(Consonant.J, ref sound, ref i); break;
                case 'd': sound.Add(Consonant.D); break;
                case 'z' when next == 'h': Skip(Consonant.J, ref sound, ref i); break;
                case 'z' when (variant & Western) != 0 && next == '\0': sound.Add(Consonant.T); sound.Add(Consonant.S); break;
                case 'z': sound.Add(Consonant.Z); break;
                case 'p' when next == 'h': Skip(Consonant.F, ref sound, ref i); break;
                case 'p': sound.Add(Consonant.P); break;
                case 'w' when (variant & 1) != 0: sound.Add(Consonant.V); break;
                case 'w' when sound.LastVowel != 0 && !IsLatinVowel(next): sound.AddVowel(Sound.U); break;
                case 'w': sound.Add(Consonant.W); break;
                case 'v': sound.Add(Consonant.V); break;
                case 'x': sound.Add(Consonant.K); sound.Add(Consonant.S); break;
                case 'h' when next == '\0' && (variant & SoundedH) == 0: sound.SoftEnd = true; break;
                case 'h' when next == 'n' && i > 0 && word[i - 1] == 'o': break;
                case 'h': sound.Add((variant & TurkishH) != 0 ? Consonant.X : Consonant.H); break;
                case 'j' when (variant & SpanishJ) != 0: sound.Add(Consonant.X); break;
                case 'j' when (variant & 1) != 0 && i > 0: sound.AddVowel(Sound.I); break;
                case 'j': sound.Add(Consonant.J); break;
                case 'f': sound.Add(Consonant.F); break;
                case 'b': sound.Add(Consonant.B); break;
                case 'l': sound.Add(Consonant.L); break;
                case 'm': sound.Add(Consonant.M); break;
                case 'n': sound.Add(Consonant.N); break;
                case 'r': sound.Add(Consonant.R); break;
            }
        }
    }

    // French and English do not sound a last e after these letters: Salmane, Vance, Pete. Arabic names have it after others too (Khalife).
    static bool HasMuteE(ReadOnlySpan<char> word) => word[^1] == 'e'
        && (word[^2] is 'c' || (word[^2] is 'n' or 't' or 'v' && IsLatinVowel(word[^3]) && (word[^2] != 'n' || word.Length > 4)));

    static bool IsWestern(ReadOnlySpan<char> word) => word.IndexOf("ce") > 0 || word.IndexOf("ci") > 0 || word.IndexOf("cy") > 0
        || (word[^1] == 'z' && word[^2] is 'l' or 'n' or 'r');

    // The vowel before the name of God differs with case and country: Hezbollah, Hizballah, Hizbullah, Хезболла.
    static int BeforeTheNameOfGod(ReadOnlySpan<char> word)
    {
        var end = word.EndsWith("llah") ? word.Length - 4 : word.EndsWith("lla") ? word.Length - 3
            : word.Length > 5 && word[..^1].EndsWith("лл") ? word.Length - 3 : word.EndsWith("ллах") || word.EndsWith("ллой") ? word.Length - 4 : -1;
        return end >= 4 && (IsLatinVowel(word[end - 1]) || word[end - 1] is 'а' or 'о' or 'у' or 'и' or 'е') ? end - 1 : -1;
    }

    // Letters that Turkish, Kurdish and the Slavic languages tell apart by a mark.
    static Consonant Marked(char letter) => letter switch
    {
        'ş' or 'Ş' or 'š' or 'Š' or 'ș' or 'Ș' => Consonant.Sh,
        'ç' or 'Ç' or 'č' or 'Č' or 'ć' or 'Ć' => Consonant.Ch,
        'ž' or 'Ž' => Consonant.J,
        'ğ' or 'Ğ' or 'ġ' or 'Ġ' => Consonant.Gh,
        _ => Consonant.None,
    };

    static void Cyrillic(ReadOnlySpan<char> word, ref Sound sound)
    {
        var ofGod = BeforeTheNameOfGod(word);
        if (word.EndsWith("ллах"))
        {
            word = word[..^1];
        }

        for (var i = 0; i < word.Length; i++)
        {
            if (i == ofGod)
            {
                sound.AddVowel(Sound.Any);
                continue;
            }

            switch (word[i])
            {
                case 'а': sound.AddVowel(Sound.A); break;
                case 'е' when i == 0: sound.AddVowel(Sound.I); sound.AddVowel(Sound.E); break;
                case 'я' or 'ю' when i == 0 || word[i - 1] is 'ь' or 'ъ':
                    sound.AddVowel(Sound.I);
                    sound.AddVowel(word[i] == 'я' ? Sound.A : Sound.U);
                    break;
                case 'я': sound.AddVowel(Sound.A); break;
                case 'е' or 'э': sound.AddVowel(Sound.E); break;
                case 'и' or 'ы': sound.AddVowel(Sound.I); break;
                case 'о': sound.AddVowel(Sound.O); break;
                case 'у' when i == 0 && word.Length > 1 && "аеиоэы".Contains(word[1], StringComparison.Ordinal):
                    sound.Add(Consonant.W);
                    break;
                case 'у' or 'ю': sound.AddVowel(Sound.U); break;
                case 'д' when i + 1 < word.Length && word[i + 1] == 'ж': Skip(Consonant.J, ref sound, ref i); break;
                default:
                    if (CyrillicConsonant(word[i]) is not Consonant.None and var consonant)
                    {
                        sound.Add(consonant);
                    }

                    break;
            }
        }
    }

    static Consonant CyrillicConsonant(char letter) => letter switch
    {
        'б' => Consonant.B,
        'в' => Consonant.V,
        'г' => Consonant.Gh,
        'д' => Consonant.D,
        'ж' => Consonant.J,
        'з' => Consonant.Z,
        'к' => Consonant.K,
        'л' => Consonant.L,
        'м' => Consonant.M,
        'н' => Consonant.N,
        'п' => Consonant.P,
        'р' => Consonant.R,
        'с' or 'ц' => Consonant.S,
        'т' => Consonant.T,
        'ф' => Consonant.F,
        'х' => Consonant.X,
        'ч' => Consonant.Ch,
        'ш' or 'щ' => Consonant.Sh,
        _ => Consonant.None,
    };

    // Greek has two letters for the b, d, g and j of other languages, and one for both s and sh.
    static void Greek(ReadOnlySpan<char> word, int variant, ref Sound sound)
    {
        var ofGod = word.Length > 6 && word.EndsWith("λαχ") ? word.Length - (word[^4] == 'λ' ? 5 : 4) : -1;
        word = ofGod > 0 ? word[..^1] : word;
        for (var i = 0; i < word.Length; i++)
        {
            var next = i + 1 < word.Length ? word[i + 1] : '\0';
            if (i == ofGod)
            {
                sound.AddVowel(Sound.Any);
                continue;
            }

            switch (word[i])
            {
                case 'ο' when next == 'υ': sound.AddVowel(Sound.U); i++; break;
                case 'ε' or 'ο' when next == 'ι': sound.AddVowel(Sound.I); i++; break;
                case 'α' or 'ε' when next == 'υ': sound.AddVowel(word[i] == 'α' ? Sound.A : Sound.E); sound.Add(Consonant.V); i++; break;
                case 'μ' when next == 'π': Skip(Consonant.B, ref sound, ref i); break;
                case 'ν' when next == 'τ': Skip(Consonant.D, ref sound, ref i); break;
                case 'γ' when next == 'ι' && i + 2 < word.Length && word[i + 2] is 'α' or 'ε' or 'ο' or 'ω': break;
                case 'γ' when next is 'κ' or 'γ': Skip(Consonant.G, ref sound, ref i); break;
                case 'τ' when next == 'ζ': Skip(Consonant.J, ref sound, ref i); break;
                case 'τ' when next == 'σ': Skip(Consonant.Ch, ref sound, ref i); break;
                case 'α': sound.AddVowel(Sound.A); break;
                case 'ε': sound.AddVowel(Sound.E); break;
                case 'η' or 'ι' or 'υ': sound.AddVowel(Sound.I); break;
                case 'ο' or 'ω': sound.AddVowel(Sound.O); break;
                case 'ξ': sound.Add(Consonant.K); sound.Add(Consonant.S); break;
                case 'ψ': sound.Add(Consonant.P); sound.Add(Consonant.S); break;
                default:
                    if (GreekConsonant(word[i], variant) is not Consonant.None and var consonant)
                    {
                        sound.Add(consonant);
                    }

                    break;
            }
        }
    }

    static Consonant GreekConsonant(char letter, int variant) => letter switch
    {
        'β' => Consonant.V,
        'γ' => Consonant.Gh,
        'δ' => Consonant.D,
        'ζ' => Consonant.Z,
        'θ' => Consonant.Th,
        'κ' => Consonant.K,
        'λ' => Consonant.L,
        'μ' => Consonant.M,
        'ν' => Consonant.N,
        'π' => Consonant.P,
        'ρ' => Consonant.R,
        'σ' => variant != 0 ? Consonant.Sh : Consonant.S,
        'τ' => Consonant.T,
        'φ' => Consonant.F,
        'χ' => Consonant.X,
        _ => Consonant.None,
    };

    static void Hebrew(ReadOnlySpan<char> raw, int variant, ref Sound sound)
    {
        Span<char> word = stackalloc char[Longest];
        var length = Letters(raw, word, true);
        word = word[..length];
        var ofGod = length > 5 && word[^3..] is "ללה" ? length - 3 : -1;
        for (var i = 0; i < word.Length; i++)
        {
            var last = i == word.Length - 1;
            if (i == ofGod)
            {
                sound.AddVowel(Sound.Any);
            }

            switch (word[i])
            {
                case 'א' when i == ofGod - 1: break;
                case 'א' or 'ע' when i == 0: sound.AddVowel(Sound.Any); break;
                case 'א': sound.AddVowel(Sound.A); break;
                case 'ע' when last: sound.AynEnd = true; break;
                case 'ע' or '\'': break;
                case 'ה' when last: sound.SoftEnd = true; break;
                case 'ו' when i == 0: sound.Add(Consonant.W); break;
                case 'ו' when !last && word[i + 1] == 'ו': sound.Add(Consonant.V); i++; break;
                case 'ו': sound.AddVowel(Sound.U); break;
                case 'י' when sound.LastVowel == Sound.I: break;
                case 'י': sound.AddVowel(Sound.I); break;
                default:
                    if (HebrewConsonant(word[i], !last && word[i + 1] == '\'') is not Consonant.None and var consonant)
                    {
                        sound.Add(consonant == Consonant.F && (variant & 1) != 0 ? Consonant.P : consonant == Consonant.B && i > 0 && (variant & 2) != 0 ? Consonant.V : consonant);
                    }

                    break;
            }
        }
    }

    // A geresh after a letter makes it the sound of another language.
    static Consonant HebrewConsonant(char letter, bool geresh) => letter switch
    {
        'ג' or 'ז' when geresh => Consonant.J,
        'צ' when geresh => Consonant.Ch,
        'ח' when geresh => Consonant.Kh,
        'ר' when geresh => Consonant.Gh,
        'ת' when geresh => Consonant.Th,
        'ב' => Consonant.B,
        'ג' => Consonant.G,
        'ד' => Consonant.D,
        'ה' => Consonant.H,
        'ז' => Consonant.Z,
        'ח' => Consonant.X,
        'ט' or 'ת' => Consonant.T,
        'כ' => Consonant.K,
        'ל' => Consonant.L,
        'מ' => Consonant.M,
        'נ' => Consonant.N,
        'ס' or 'צ' => Consonant.S,
        'פ' => Consonant.F,
        'ק' => Consonant.Q,
        'ר' => Consonant.R,
        'ש' => Consonant.Sh,
        _ => Consonant.None,
    };

    const int Longest = 48;

    // Arabic letters in the shapes that print gives them, and ﷲ.
    static readonly FrozenDictionary<char, string> Presented = Enumerable.Range('\uFB50', '\uFEFD' - '\uFB50').Select(code => (char)code)
        .Where(char.IsLetter).Select(c => (c, Plain: c.ToString().Normalize(NormalizationForm.FormKC))).ToFrozenDictionary(pair => pair.c, pair => pair.Plain);

    // The letters of a word as written, without marks; in Hebrew final forms as the others, and every apostrophe as '.
    static int Letters(ReadOnlySpan<char> raw, Span<char> letters, bool hebrew)
    {
        var length = 0;
        foreach (var c in raw)
        {
            if (!hebrew && c >= '\uFB50' && Presented.TryGetValue(c, out var plain))
            {
                foreach (var letter in plain.AsSpan(0, Math.Min(plain.Length, letters.Length - length)))
                {
                    letters[length++] = letter;
                }

                continue;
            }

            if (length < letters.Length && char.IsLetter(c) && c != 'ـ')
            {
                letters[length++] = hebrew && CharacterFolding.Fold(c) is not '\0' and var folded ? folded : c;
            }
            else if (hebrew && length < letters.Length && c is '\'' or '׳' or '’' or '‘' or '`')
            {
                letters[length++] = '\'';
            }
        }

        return length;
    }

    static void Arabic(ReadOnlySpan<char> raw, bool kurdish, int variant, ref Sound sound)
    {
        Span<char> word = stackalloc char[Longest];
        var length = Letters(raw, word, false);
        word = word[..length];

        // Persian writes -ei after a silent h: خامنه‌ای, Khamenei.
        if (length >= 6 && word[^3..] is "های" or "هاي")
        {
            word[^3] = 'ە';
            word[^2] = 'ی';
            word = word[..^1];
            length--;
        }

        for (var i = 0; i < word.Length; i++)
        {
            // The name of God at the end of a fused name is sounded with any vowel before it: Hezbollah, Hizballah, Hizbullah.
            if (i > 1 && i == length - 4 && (kurdish ? word[i..] is "وڵڵا" or "وللا" or "ەڵڵا" : word[i..] is "الله" or "اللہ"))
            {
                sound.AddVowel(Sound.Any);
                sound.Add(Consonant.L);
                sound.SoftEnd = true;
                if (kurdish)
                {
                    sound.AddVowel(Sound.A);
                }

                return;
            }

            // The article inside عبدالملك has no vowel of its own, and is heard as the next letter before some: Abdulmalik, Abdurrahman.
            if (i == 3 && length >= 7 && word.StartsWith("عبدال"))
            {
                i += IsSunLetter(word[5]) ? 2 : 1;
            }

            // Two letters for the ch of other languages: عراقتشي; at the start only before a long vowel, where تشاد is a name and تشرين a month.
            if (!kurdish && word[i] == 'ت' && i + 2 < length && word[i + 1] == 'ش' && (i > 0 || word[2] is 'ا' or 'ي' or 'و'))
            {
                sound.Add(Consonant.Ch);
                i++;
                continue;
            }

            ArabicLetter(word, i, kurdish, variant, ref sound);
        }
    }

    /// <summary>Persian has one final yeh for both vowels; few names have the other one, which is a.</summary>
    public static bool EndsInA(ReadOnlySpan<char> word) => word is "موسی" or "عیسی" or "مصطفی" or "یحیی" or "مرتضی" or "مجتبی" or "لیلی" or "کبری" or "صغری" or "مقتدی" or "هدی" or "سلوی" or "منی";

    /// <summary>Letters that the article's ل is assimilated to.</summary>
    public static bool IsSunLetter(char letter) => letter is 'ت' or 'ث' or 'د' or 'ذ' or 'ر' or 'ز' or 'س' or 'ش' or 'ص' or 'ض' or 'ط' or 'ظ' or 'ل' or 'ن';

    static void ArabicLetter(ReadOnlySpan<char> word, int i, bool kurdish, int variant, ref Sound sound)
    {
        var last = i == word.Length - 1;
        var next = last ? '\0' : word[i + 1];
        var before = i > 0 ? word[i - 1] : '\0';
        switch (word[i])
        {
            case 'ئ' when kurdish && i == 0: break;
            case 'ع' when i == 0: sound.AddAyn(); sound.AddVowel(Sound.Any); break;
            case 'ا' or 'أ' or 'إ' or 'ٱ' or 'ئ' when i == 0: sound.AddVowel(Sound.Any); break;
            case 'آ' when i == 0: sound.AddVowel(Sound.A); break;
            case 'ا' or 'أ' or 'إ' when sound.LastVowel == Sound.A: sound.AddVowel(Sound.A); break;
            case 'ا': sound.AddVowel(Sound.A); break;
            case 'آ' or 'أ':
                sound.AddVowel(Sound.A);
                if (before != 'ا')
                {
                    sound.AddVowel(Sound.A);
                }

                break;
            case 'إ' or 'ێ' or 'ې': sound.AddVowel(kurdish ? Sound.E : Sound.I); break;
            case 'ئ' when before == 'ا' && next == 'ا': break;
            case 'ئ': sound.AddVowel(Sound.I); break;
            case 'ؤ': sound.AddVowel(Sound.U); break;
            case 'ع' when last: sound.AynEnd = true; break;
            case 'ع' when next == before: sound.AddVowel(Sound.A); break;
            case 'ع': sound.AddAyn(); break;
            case 'ء': break;
            case 'ن' when next == 'ب' && (variant & 8) != 0: sound.Add(Consonant.M); break;
            case 'و' or 'ۆ' or 'ۇ' when i == 0 || (!kurdish && (before == 'ا' || next == 'ا')): sound.Add(Consonant.W); break;
            case 'و' when (variant & 4) != 0: sound.Add(Consonant.W); break;
            case 'و' when before == 'و': break;
            case 'ۆ': sound.AddVowel(Sound.O); break;
            case 'و' or 'ۇ' or 'ۈ': sound.AddVowel(Sound.U); break;
            case 'ى' or 'ی' when last && !kurdish: sound.AddVowel(Sound.Any); break;
            case 'ي' or 'ى' or 'ی' or 'ے': sound.AddVowel(Sound.I); break;
            case 'ە': sound.AddVowel(Sound.E); break;
            case 'ة': sound.SoftEnd = true; break;
            case 'ه' or 'ہ' when last && i > 1: sound.SoftEnd = true; break;
            default:
                if (ArabicConsonant(word[i], variant) is not Consonant.None and var consonant)
                {
                    sound.Add(consonant);
                }

                break;
        }
    }

    static Consonant ArabicConsonant(char letter, int variant) => letter switch
    {
        'ب' => Consonant.B,
        'پ' => Consonant.P,
        'ت' or 'ط' => Consonant.T,
        'ث' => (variant & 2) != 0 ? Consonant.S : Consonant.Th,
        'ج' or 'ژ' => Consonant.J,
        'چ' => Consonant.Ch,
        'ح' or 'ه' or 'ھ' or 'ہ' => Consonant.H,
        'خ' => Consonant.Kh,
        'د' => Consonant.D,
        'ذ' or 'ض' => (variant & 1) != 0 ? Consonant.Dh : Consonant.D,
        'ظ' => (variant & 1) != 0 ? Consonant.D : Consonant.Dh,
        'ر' or 'ڕ' => Consonant.R,
        'ز' => Consonant.Z,
        'س' or 'ص' => Consonant.S,
        'ش' => Consonant.Sh,
        'غ' => Consonant.Gh,
        'ف' => Consonant.F,
        'ڤ' => Consonant.V,
        'ق' => Consonant.Q,
        'ك' or 'ک' => Consonant.K,
        'گ' => Consonant.G,
        'ل' or 'ڵ' => Consonant.L,
        'م' => Consonant.M,
        'ن' => Consonant.N,
        _ => Consonant.None,
    };

    static bool IsLatinVowel(char letter) => letter is 'a' or 'e' or 'i' or 'o' or 'u' or 'y';

    static void Skip(Consonant consonant, ref Sound sound, ref int i)
    {
        sound.Add(consonant);
        i++;
    }
}
