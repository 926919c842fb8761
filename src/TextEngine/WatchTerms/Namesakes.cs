using TextEngine.Normalisation;

namespace TextEngine.WatchTerms;

/// <summary>
/// First names that are one letter or vowel away from other first names, each with its usual spellings. Two of different lines are two
/// people,
/// however alike they look: Kamal is no Kamel, Hussein no Hassan, فلاح no فالح.
/// </summary>
static class Namesakes
{
    static readonly string[] Lines =
    [
        "حسن hassan hasan hassen", "حسين hussein husain hossein hosein husayn hussain houssein huseyin hoseyn", "حسني hosni husni",
        "حسان", "محمد mohammed mohammad muhammad mohamed muhammed mohamad mehmet", "محمود mahmoud mahmud mahmood",
        "أحمد ahmed ahmad ahmet", "حامد hamed hamid", "حميد hamid hameed", "حمد hamad", "حمدي hamdi", "حمدان hamdan hemdan",
        "حماد hammad", "حاتم hatem hatim", "حازم hazem hazim", "حسام hussam hossam husam", "علي ali aly", "علاء alaa ala",
        "علوي alawi alavi", "عمر omar umar omer", "عمار ammar", "عامر amer amir aamer", "أمير amir ameer emir amer", "عمرو amr amro",
        "عمران imran omran", "سعد saad", "سعيد said saeed saied sayeed", "سعود saud saoud", "سيد sayed sayyid sayyed seyed seyyed",
        "سعدي saadi", "سعدون saadoun sadoun", "أسعد asaad assaad", "مسعود masoud massoud masood mesud masud", "سالم salem salim",
        "سليم salim saleem selim", "سلام salam", "سلمان salman", "سليمان sulaiman suleiman sulayman soleiman sleiman sulieman suleyman",
        "سلامة salama salameh", "سلطان sultan", "صالح saleh salih", "صلاح salah", "صباح sabah", "صبري sabri", "صابر saber sabir",
        "صادق sadiq sadeq sadegh sadek sadik", "صديق siddiq seddik siddik", "كمال kamal kemal", "كامل kamel kamil",
        "جمال jamal gamal cemal djamal", "جميل jamil jameel gamil cemil", "جلال jalal galal celal", "جليل jalil", "خليل khalil halil",
        "خالد khaled khalid halid", "خلف khalaf", "خليفة khalifa", "نبيل nabil nabeel", "نبيه nabih", "فالح falih faleh", "فلاح falah",
        "فاتح fateh fatih", "فتح fath fateh", "فتاح fattah", "برهم barham", "إبراهيم ibrahim ebrahim brahim", "برهان burhan",
        "بهرام bahram", "شاكر shaker shakir", "شكري shukri shoukri", "شكر shukr shokr", "هاشم hashem hashim", "هشام hisham hesham",
        "هيثم haitham", "قاسم qasim qassem qasem kassem ghasem qassim kasim", "كاظم kazem kadhim kadhem kazim", "جاسم jasim jassim jasem",
        "باسم basem bassem basim", "بسام bassam", "بشار bashar", "بشير bashir", "ناصر nasser naser nasir", "نصر nasr",
        "نصير naseer nasir nassir", "نصار nassar", "منصور mansour mansur mansoor", "ماجد majed majid", "مجيد majid majeed", "أمجد amjad",
        "رشيد rashid rasheed", "راشد rashed rashid", "رشاد rashad", "فاضل fadel fadhil fazil fadil", "فضل fadl fazl",
        "فيصل faisal faysal feisal", "كريم karim kareem", "أكرم akram", "كرم karam", "عادل adel adil", "عدنان adnan",
        "طارق tariq tarek tareq", "وليد walid waleed", "سامي sami samy", "سامر samer samir", "سمير samir sameer", "سمر samar",
        "يونس yunis younis yunus younes", "يوسف yousef yusuf youssef yosef", "ياسين yasin yassin", "ياسر yasser yasir yaser",
        "رائد raed raid", "رعد raad", "رياض riyad riad riyadh", "رضا reza rida ridha", "زيد zaid zayd zeid", "زياد ziad ziyad",
        "زايد zayed", "زاهر zaher zahir", "زهير zuhair zuheir zouheir zoheir", "يزيد yazid", "منير munir mounir", "منار manar",
        "أنور anwar enver", "نور nour noor nur", "نوري nouri nuri noori", "نواف nawaf", "نايف nayef naif", "عبيد obeid ubaid",
        "عابد abed", "عبود abboud", "مهدي mahdi mehdi", "هادي hadi", "مهند muhannad mohannad", "أمين amin ameen", "أيمن ayman aymen",
        "إيمان iman", "توفيق tawfiq toufic tawfik", "وفيق wafiq", "رفيق rafic rafiq rafik", "شفيق shafiq", "غازي ghazi", "غسان ghassan",
        "غانم ghanem ghanim", "جابر jaber jabir", "جبار jabbar", "جبر jabr", "جبران gebran gibran", "فؤاد fuad fouad foad",
        "فهد fahd fahad", "فهمي fahmi", "فادي fadi", "عزيز aziz", "عزام azzam", "طالب taleb talib", "طلال talal", "لطيف latif",
        "لطفي lutfi", "مراد murad mourad", "مروان marwan", "عصام issam essam", "عاصم asem asim", "رامي rami ramy", "رمزي ramzi",
        "رحيم rahim raheem", "قيس qais kais qays", "نعيم naim naeem", "نعمان numan", "داود داوود dawood daoud davood", "مازن mazen mazin",
        "مشعل mashal meshaal mishal mashaal", "مسرور masrour masrur", "نجيب najib naguib", "نجاح najah", "فائز faez fayez",
        "فواز fawaz fawwaz", "فوزي fawzi", "رؤوف rauf raouf", "رأفت rafat raafat", "عفيف afif", "عارف aref arif", "شريف sharif sherif",
        "أشرف ashraf", "مشرف musharraf", "حافظ hafez hafiz", "حفيظ hafeez", "محفوظ mahfouz",
    ];

    // The first name of each line, folded.
    static readonly List<string> Arabic = [];

    static readonly Dictionary<string, List<int>>.AlternateLookup<ReadOnlySpan<char>> Bearers = Load();

    /// <summary>A first name.</summary>
    public static bool IsName(ReadOnlySpan<char> folded) => Bearers.ContainsKey(folded);

    /// <summary>True when a folded word is known as a first name and a word of a term is no spelling of it.</summary>
    public static bool IsAnother(ReadOnlySpan<char> written, ReadOnlySpan<char> word) =>
        Bearers.TryGetValue(written, out var lines) && !(Bearers.TryGetValue(word, out var others) && lines.Exists(others.Contains));

    /// <summary>
    /// The same of a word that sounds as the term's does. A word that is not listed may be one more spelling of the same name, Latin or
    /// Kurdish
    /// (مەسعود), unless it is Arabic and looks quite different: Hussein is no حوثيين.
    /// </summary>
    public static bool SoundsAsAnother(ReadOnlySpan<char> written, ReadOnlySpan<char> word)
    {
        if (!Bearers.TryGetValue(written, out var lines))
        {
            return false;
        }

        if (Bearers.TryGetValue(word, out var others))
        {
            return !lines.Exists(others.Contains);
        }

        if (Scripts.Of(word[0]) != Script.Arabic || word[1..^1].Contains('ه'))
        {
            return false;
        }

        foreach (var line in lines)
        {
            if (Edits.IsOne(Arabic[line], word))
            {
                return false;
            }
        }

        return true;
    }

    static Dictionary<string, List<int>>.AlternateLookup<ReadOnlySpan<char>> Load()
    {
        var bearers = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        var reader = new WordReader();
        for (var line = 0; line < Lines.Length; line++)
        {
            reader.Read(Lines[line]);
            Arabic.Add(reader.LettersOf(reader.Words[0]).ToString());
            foreach (var word in reader.Words)
            {
                var name = reader.LettersOf(word).ToString();
                if (!bearers.TryGetValue(name, out var lines))
                {
                    bearers.Add(name, lines = []);
                }

                lines.Add(line);
            }
        }

        return bearers.GetAlternateLookup<ReadOnlySpan<char>>();
    }
}
