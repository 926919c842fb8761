using TextEngine.Normalisation;

namespace TextEngine.WatchTerms;

/// <summary>
/// General knowledge of words, none of it about a single watch: words that are what they look like and therefore neither a misspelling
/// nor, without more evidence, a name.
/// </summary>
static class Lexicon
{
    // Ordinary words, most of them one letter away from words that names of organisations are made of.
    static readonly HashSet<string> Ordinary = Fold(
        "قاني غني كتاب كاتب كتابه كتب كتيبة كاتبة كتابي مكاتب ركائب كواكب كتايبي فيلم فريق فيلا فلق فلك حرص حرب " +
        "حزن حزم حزبي حروب قدر قدم قدس قدرة " +
        "القدر القدم خدس حدس عدس مجلس مجالس محلس حراس حارس جرس درس غرس ثورة ثوري ثروة ثري سرايا سراي مرايا سارية " +
        "زوايا حركة حركات شركة بركة " +
        "دولة دول جولة لواء لوائح هواء دواء جيش عيش جبهة شبهة جهة حشد حسد حصد رشد قوات قنوات قوائم فوات اوقات قوت " +
        "شعبي شعبية شعب صعبي قائد قاعد قائل " +
        "واحد فائد عائد قاعدة فائدة مائدة وزير وزيرة زوير رئيس رئيسة رئاسة رأس عصائب مصائب عصابة عصابات نصائب " +
        "سليمان سليماني سلماني رسائل مسائل وسائل " +
        "فصائل فضائل قبائل عقائد جرائد سليم حسن حسين حسني احمد محمد محمود ابراهيم كريم رحيم سعيد سعد مقاوم مقاومة " +
        "مقاومات انصار انظار اسرار " +
        "حماس حماسة خماس فتح فاتح نجباء نجيب جهاد اجتهاد جهود شهيد شهداء سيد سيدة مهدي هادي عامري عمري قسام اقسام " +
        "قسم حوثي حوث بدر بدل صدر صدور " +
        "اسلامي اسلامية سلامي سلام اسلام اعلام اعلامي اخوان الوان عراقي عراقية ايراني ايرانية لبناني سوري يمني فلسطيني " +
        "نیروی نیرو سپاه سیاه گناه کتاب کاتب " +
        "force forces forge fore farce source horse corps corpse copse quads quad quid kids gods codes goods cuts " +
        "brigade brigades brigadier " +
        "brigand battalion party parts party's march guard guards guardian guardians gourd league leagues movement " +
        "movements moment state states " +
        "stake islamic islam army arms front fronts font popular copular people peoples national notional rational general central " +
        "council counsel house horse mouse court count county country street red read road resistance assistance");

    // What stands beside an ordinary word when it is meant as one: colours, dyes and blood for قاني, the prayer after وقاني.
    static readonly Dictionary<string, (HashSet<string> Near, HashSet<string> After)> OrdinarySense = new(StringComparer.Ordinal)
    {
        ["قاني"] = (Fold("أحمر الأحمر حمراء الحمراء أحمرا حمر حمرة الحمرة احمرار لون اللون لونه لونها بلون باللون ألوان الألوان دم الدم دمه بدمه الدماء دماء " +
            "سرخ قرمز قرمزي القرمزي قرمزية أرجواني كرزي عنابي خمري ياقوتي ياقوت وردي داكن غامق قاتم فاتح رنگ خون خونین"), Fold("الله ربي شر السوء")),
        ["غني"] = (Fold("جدا فاحش الثراء ثري وفقير فقير بلد رجل"), Fold("عن بالطاقة بالمعادن بالفيتامينات بالبروتين بالنفط بالتراث التعريف")),
    };

    static readonly HashSet<string> GivenNames = Fold(
        "محمد أحمد محمود حامد حميد علي حسن حسين عباس جعفر كاظم رضا مهدي هادي عمر عثمان بكر أبوبكر خالد وليد سعيد " +
        "سعد مسعود إبراهيم إسحاق يعقوب يوسف موسى عيسى " +
        "داود سليمان زكريا يحيى أشرف شريف كريم رحيم عبد عبده عبدالله عبدالرحمن أمين أنور أكرم أيمن أسامة طارق زياد " +
        "رامي سامي سمير منير مصطفى مرتضى مجتبى " +
        "فاطمة زينب مريم خديجة عائشة نادية سلوى ليلى هند منى أمل حنان حبيب حبيبة نبيل جميل جمال كمال جلال بلال " +
        "طلال فيصل ناصر نصر منصور صالح صلاح فؤاد مراد " +
        "عادل ماجد وائل هشام حسام عصام بسام باسم قاسم جاسم هيثم عماد رياض فريد وحيد رشيد راشد نوري نور بدر قيس ليث " +
        "حيدر صدام عدنان غسان مروان سلمان " +
        "شيرين دينا ياسر ياسمين سيد السيد حاج الحاج حاجي ملا الشيخ شيخ عبدالعزيز عبدالكريم عبدالرحيم طالب غالب " +
        "باقر صادق جواد أمير اكبر أصغر تقي نقي مهدي محسن قلي داود منصور ابوالقاسم ابوالفضل " +
        "لطفي حلمي صبري مجدي يسري رجب شعبان رمضان " +
        "آية الله اية محسن بهمن داريوش کوروش اصغر اکبر عليرضا محمدرضا غلامرضا حميدرضا " +
        "ashraf mohammad mohammed muhammad mohamed ahmad ahmed ali hassan hasan hussein hossein husayn abdul abdel " +
        "abd abdal omar khalid mahmoud hamid " +
        "karim rahim said saeed ibrahim ebrahim yusuf yousef mustafa mehdi mahdi reza karl john david michael james robert william mary " +
        "ашраф мохаммад мухаммед ахмад ахмед али хасан абдул אשרף מוחמד אחמד עלי חסן");

    static readonly HashSet<string> Titles = Fold(
        "general gen brigadier brig maj major lt lieutenant col colonel commander cmdr chief mr mrs ms dr sir " +
        "leader head president minister " +
        "ayatollah sheikh sardar iranian iran iran's irgc quds qods iraqi the a an and but or when while as after " +
        "before that this with for in on at by from to of " +
        "if then meanwhile where who why how his her its their said says over général generale generals géneral " +
        "general commandant kommandeur kommandant komutanı " +
        "генерал командующий командир иранский generali israeli us american met visits sends warns tells new also " +
        "later now yesterday today monday tuesday " +
        "wednesday thursday friday saturday sunday january february march april may june july august september october november december");

    static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> OrdinarySpans = Ordinary.GetAlternateLookup<ReadOnlySpan<char>>();
    static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> GivenSpans = GivenNames.GetAlternateLookup<ReadOnlySpan<char>>();
    static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> TitleSpans = Titles.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>A word of its own: no misspelling of another, and no name without more evidence.</summary>
    public static bool IsOrdinary(ReadOnlySpan<char> folded) => OrdinarySpans.Contains(folded);

    /// <summary>A first name that many people bear.</summary>
    public static bool IsGivenName(ReadOnlySpan<char> folded) => GivenSpans.Contains(folded);

    /// <summary>A rank, title or small word that may stand before a family name without making it another person's.</summary>
    public static bool IsTitle(ReadOnlySpan<char> folded) => TitleSpans.Contains(folded);

    /// <summary>
    /// Whether a word near a folded word, proclitics and all, shows that the ordinary meaning is meant; some do only right after it.
    /// </summary>
    public static bool ShowsOrdinarySense(ReadOnlySpan<char> word, ReadOnlySpan<char> neighbour, bool rightAfter)
    {
        foreach (var (ordinary, cues) in OrdinarySense)
        {
            if (word.EndsWith(ordinary) && (cues.Near.GetAlternateLookup<ReadOnlySpan<char>>().Contains(neighbour)
                || (rightAfter && cues.After.GetAlternateLookup<ReadOnlySpan<char>>().Contains(neighbour))))
            {
                return true;
            }
        }

        return false;
    }

    static HashSet<string> Fold(string words)
    {
        var reader = new WordReader();
        reader.Read(words);
        var folded = new HashSet<string>(StringComparer.Ordinal);
        foreach (var word in reader.Words)
        {
            folded.Add(reader.LettersOf(word).ToString());
        }

        return folded;
    }
}
