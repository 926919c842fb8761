namespace TextEngine.WatchTerms;

/// <summary>
/// Writes how a word may be spelt in a script, as examples for people. Matching never asks it: it compares sounds, and only spellings that
/// this comparison accepts are given here.
/// </summary>
static class Speller
{
    const int MostTried = 600;
    const int MostShown = 5;

    /// <summary>Spellings that are the name's own, and those that need context when they stand alone.</summary>
    public static (List<string> Strong, List<string> Weak) Of(TermWord word, Script script)
    {
        var source = word.Script is Script.Latin or Script.Cyrillic ? word.Folded : word.Raw;
        var term = SoundReader.Read(source, word.Script, 0, word.Raw);
        var (strong, weak) = (new List<string>(), new List<string>());
        if (term.Count == 0 || term.TooLong)
        {
            return (strong, weak);
        }

        foreach (var spelling in Spellings(Parts(term, script)).Take(MostTried))
        {
            var sound = SoundReader.Read(spelling, script);
            var grade = sound.Key() == term.Key() ? SoundComparison.Compare(term, sound) : 0;
            var list = SoundIndex.IsSure(term, sound, grade) ? strong : weak;
            if (grade > 0 && list.Count < MostShown && !list.Contains(spelling))
            {
                list.Add(spelling);
            }
        }

        return (strong, weak);
    }

    static List<string[]> Parts(in Sound term, Script script)
    {
        var parts = new List<string[]>();
        for (var i = 0; i <= term.Count; i++)
        {
            if (i > 0 && i == term.Count - 1 && term[i] == Consonant.L && term.Slot(i) == Sound.Any)
            {
                parts.AddRange(NameOfGod(script));
                break;
            }

            parts.Add(Vowels(term, i, script));
            if (i < term.Count)
            {
                parts.Add(Letters(term[i], script));
            }
        }

        return parts;
    }

    // Every choice of one string a part; the first ones of each part, which are the likeliest, first.
    static IEnumerable<string> Spellings(List<string[]> parts)
    {
        var choice = new int[parts.Count];
        while (true)
        {
            yield return string.Concat(parts.Select((part, i) => part[choice[i]]));
            var at = 0;
            while (at < choice.Length && ++choice[at] == parts[at].Length)
            {
                choice[at++] = 0;
            }

            if (at == choice.Length)
            {
                yield break;
            }
        }
    }

    static string[] Vowels(in Sound term, int i, Script script)
    {
        var slot = term.Slot(i);
        var written = "";
        for (var shift = 12; shift >= 0; shift -= 4)
        {
            written += Vowel((slot >> shift) & 15, script, i == 0);
        }

        if (script == Script.Kurdish && i == 0 && written.Length > 0)
        {
            written = "ئ" + written;
        }

        if (i == term.Count)
        {
            return term.SoftEnd && written.Length == 0 ? Final(script) : [written, .. Shortened(written)];
        }

        return script is Script.Arabic or Script.Hebrew
            ? i > 0 && written.Length == 1 ? [written, ""] : [written, .. Shortened(written)]
            : written.Length == 0 && i > 0 && !term.WritesShortVowels ? [Vowel(Sound.A, script, false), "", Vowel(Sound.I, script, false)]
            : [written, .. Shortened(written)];
    }

    // The end of Hezbollah, Nasrallah and other names with the name of God.
    static string[][] NameOfGod(Script script) => script switch
    {
        Script.Latin => [["o", "a", "u"], ["llah", "lla"]],
        Script.Cyrillic => [["о", "а"], ["лла"]],
        Script.Hebrew => [["א", ""], ["ללה"]],
        Script.Kurdish => [["و"], ["ڵڵا"]],
        _ => [["ا"], ["لله"]],
    };

    static string[] Final(Script script) => script switch
    {
        Script.Latin => ["a", "eh", "ah"],
        Script.Cyrillic => ["а"],
        Script.Hebrew => ["ה"],
        Script.Kurdish => ["ا", "ە"],
        _ => ["ة", "ه"],
    };

    // A long vowel with one letter: Qani for Qaani.
    static string[] Shortened(string written) => written.Length == 2 && written[0] == written[1] ? [written[..1]] : [];

    static string Vowel(int vowel, Script script, bool initial) => (script, vowel) switch
    {
        (_, 0) => "",
        (Script.Latin, _) => "?aeioui"[vowel].ToString(),
        (Script.Cyrillic, _) => "?аеиоуи"[vowel].ToString(),
        (_, Sound.Any) => script == Script.Hebrew ? "א" : script == Script.Kurdish ? "ی" : "ا",
        (Script.Hebrew, Sound.A) => "א",
        (Script.Hebrew, Sound.E) => initial ? "א" : "",
        (Script.Hebrew, Sound.I) => "י",
        (Script.Hebrew, _) => "ו",
        (Script.Kurdish, Sound.E) => "ە",
        (Script.Kurdish, Sound.O) => "ۆ",
        (Script.Kurdish, Sound.I) => "ی",
        (_, Sound.A) => "ا",
        (_, Sound.E) => initial ? "ا" : "",
        (_, Sound.I) => "ي",
        _ => "و",
    };

    static string[] Letters(Consonant consonant, Script script)
    {
        var (latin, cyrillic, hebrew, arabic) = consonant switch
        {
            Consonant.Q => ("q k gh", "к г", "ק", "ق"),
            Consonant.K or Consonant.C => ("k", "к", "כ", "ك"),
            Consonant.Gh => ("gh", "г", "ג", "غ ق"),
            Consonant.G => ("g", "г", "ג", "غ"),
            Consonant.H => ("h", "х", "ה ח", "ه ح"),
            Consonant.Kh or Consonant.X => ("kh", "х", "ח", "خ ح"),
            Consonant.T => ("t", "т", "ט ת", "ت ط"),
            Consonant.Th => ("th t", "т", "ת", "ث"),
            Consonant.D => ("d", "д", "ד", "د ض"),
            Consonant.S => ("s", "с", "ס צ", "س ص"),
            Consonant.Sh => ("sh", "ш", "ש", "ش"),
            Consonant.Ch => ("ch", "ч", "צ'", "ج"),
            Consonant.J => ("j", "дж", "ג'", "ج"),
            Consonant.Dh => ("z dh", "з", "ז", "ظ ض"),
            Consonant.Z => ("z", "з", "ז", "ز ظ"),
            Consonant.F => ("f", "ф", "פ", "ف"),
            Consonant.B => ("b", "б", "ב", "ب"),
            Consonant.P => ("p", "п", "פ", "ب"),
            Consonant.V => ("v", "в", "וו", "ف"),
            Consonant.W => ("w", "в", "וו", "و"),
            Consonant.L => ("l", "л", "ל", "ل"),
            Consonant.M => ("m", "м", "מ", "م"),
            Consonant.N => ("n", "н", "נ", "ن"),
            _ => ("r", "р", "ר", "ر"),
        };
        return (script switch { Script.Latin => latin, Script.Cyrillic => cyrillic, Script.Hebrew => hebrew, _ => arabic }).Split(' ');
    }
}
