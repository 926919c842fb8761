using TextEngine.Normalisation;

namespace TextEngine.WatchTerms;

/// <summary>
/// General knowledge of words, none of it about a single watch: words that are what they look like and therefore neither a misspelling
/// nor, without more evidence, a name.
/// </summary>
static class Lexicon
{
    // Everyday words of news, most of them one letter away from words that names of organisations and people are made of.
    static readonly HashSet<string> Everyday = Fold(
        "قاني غني كتاب كاتب كتابة كتب كتيبة كاتبة كتابي كتبة كتبت مكتب مكاتب مكتبة ركائب كواكب حقائب سحائب غرائب ضرائب نائب نواب فيلم أفلام فريق فيلا فلق فلك رفيق طريق " +
        "حرص حرب حزن حزم حزبي أحزاب حروب قدر قدم قدرة قادر قادة قرار قرارات قائمة " +
        "القدر القدم خدس حدس عدس مجلس مجالس حراس حارس حراسة جرس درس غرس مدرسة مدارس ثورة ثوري ثوار ثروة ثري ثقافي سرايا سراي مرايا سارية " +
        "زوايا حركة حركات محرك شركة شركات بركة مشاركة تحرك " +
        "دولة دول دولي جولة لواء لوائح هواء دواء وعاء جيش عيش جيوش جبهة جبهات شبهة جهة حشد حسد حصد رشد قوة قوات قنوات قوائم فوات أوقات قوت " +
        "شعبي شعبية شعب شعوب صعبي قائد قاعد قاعل عقيد فقيد تقييد واحد عائد قاعدة فائدة مائدة وزير وزيرة وزراء وزارة رئيس رئيسة رئاسة رؤساء رأس " +
        "عصائب مصائب عصابة عصابات رسائل مسائل وسائل فصائل فضائل قبائل عقائد جرائد خسائر ذخائر دوائر " +
        "مقاوم مقاومة مقاومات أنصار أنظار أسرار أنهار أمصار حماسة فاتح نجاح نجاحات جهاد اجتهاد جهود جهاز أجهزة شهيد شهداء شهود سيدة أقسام قسم " +
        "حوت بحوث بدل بدء صدور مصدر مصادر سلام سلامة إسلام إسلامي إسلامية سلامي إعلام إعلامي إخوان ألوان أعوان " +
        "فيالق فيلقي برنامج برامج نووي نواة ناوي مشروع مشاريع اتفاق اتفاقية منظمة منظمات نظام أنظمة تنظيم تنظيمات مضيق مضائق ضيق تيار تيارات طيار مطار مطارات " +
        "دعوة دعوات عودة دعوى حكمة محكمة حاكم حكومة حكومات حكام سفارة سفير سفراء زيارة زائر وفد وفود مندوب مندوبة هجوم هجمات قصف صاروخ صواريخ طائرة طائرات " +
        "رجال رجل مرجع مراجع شرعي شرعية شارع شوارع قانون قانوني قضاء قاضي قضاة بيان بيانات بيت أبيض بيضاء جمهور جمهوري جمهورية وطني وطنية وطن " +
        "عراقي عراقية إيراني إيرانية لبناني لبنانية سوري سورية يمني يمنية فلسطيني فلسطينية كردي كردية كردستان سعودي أمريكي أمريكية " +
        "خانه خانواده نامه جامه جامعه برنامه هسته رسانه منطقه حمله جمله نماینده پرونده آینده زمینه هزینه نمونه گونه دانه شانه بهانه افسانه کارخانه وزارتخانه " +
        "نیروی نیرو سپاه سیاه گناه پناه کتاب کاتب کتابخانه لشکر کشور گردان گردن فرمان فرمانده جنبش جنبه سازمان زمان مردم مردمی " +
        "force forces forge fore farce source horse corps corpse copse quads quad quid kids gods codes goods cuts " +
        "brigade brigades brigadier brigand battalion party parts parties march guard guards guardian guardians gourd league leagues movement " +
        "movements moment state states stake islamic army arms front fronts font popular copular people peoples national notional " +
        "rational " +
        "general central council counsel house mouse court count county country street red read road resistance assistance peace place piece price " +
        "nuclear unclear program programs strait straight straits traits organ organization organisations organizations answer");

    // Names that many people and families bear: as a single word they say as little as an everyday one.
    static readonly HashSet<string> CommonNames = Fold(
        "سليمان سليماني سلماني سليم حسن حسين حسني أحمد محمد محمود إبراهيم كريم رحيم سعيد سعد سيد مهدي هادي عامري عمري فائد نجيب صدر " +
        "حسيني سعدي رئيسي موسوي هاشمي كاظمي حكيم خاتمي روحاني رفسنجاني لاريجاني سلیمی سلمان عيسى موسى " +
        "husseini hussaini husayni hosseini musawi moussavi mousavi hashemi hashimi kazemi");

    // What is from a country or city is also a family's name (السوداني), but none that stands between a person's names.
    static readonly HashSet<string> Origins = Fold(
        "سوداني يمني سعودي إماراتي فلسطيني كردي " +
        "مصري أردني تونسي ليبي مغربي جزائري قطري كويتي بحريني عماني تركي أفغاني باكستاني هندي صيني روسي ألماني فرنسي بريطاني " +
        "أمريكي أميركي " +
        "صومالي كندي ياباني إيطالي إسباني يوناني أوروبي عربي فارسي بغدادي بصري موصلي حلبي دمشقي شامي تكريتي كوفي نجفي كربلائي بيروتي " +
        "مكي مدني طرابلسي " +
        "تبريزي شيرازي أصفهاني اصفهاني طهراني تهراني كرماني خراساني خوئي ");

    static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> WordTooSpans = Fold(
        "صدر حكيم روحاني مالكي عبادي جبوري كاظمي حداد نمر خطيب حربي جديد بحري طويل قصير صغير كبير سبع نسر صقر نجار خياط بيطار عطار صباغ " +
        "هلال وسام صخر مسك سياسي وطني دولي محلي حكومي رسمي أمني قانوني تجاري ديني مالي جوي بري نووي غربي شرقي شمالي جنوبي " +
        "سلطاني عالمي علمي " +
        "قصاب حلاق خباز مصور مختار عسكري قديم عظيم نقيب شجاع طيب بديع رفيع غريب قريب بعيد").GetAlternateLookup<ReadOnlySpan<char>>();

    static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> HonorificSpans = Fold(
        "الرئيس النائب الوزير السيد الشيخ المرجع الزعيم الجنرال الشهيد الراحل المرحوم الدكتور الأستاذ المهندس الكاتب الشاعر الفنان " +
        "اللاعب المدرب الحاج القيادي " +
        "المحلل الصحفي الصحافي السفير القاضي الإمام المفتي السياسي المتحدث الناطق المدير الأمين المستشار المرشد العلامة الأمير الملك " +
        "الشاب الشقيق المدعو " +
        "المطرب الباحث المحامي المحافظ المقدم الرائد النقيب الملازم السابق الأسبق الحالي").GetAlternateLookup<ReadOnlySpan<char>>();

    // Names of their own, no misspelling of another, that as a term are as good as any; and wrong forms that are no names at all.
    static readonly HashSet<string> OtherNames = Fold("قدس حماس خماس فتح قسام حوثي حوث بدر نجباء نصائب هنية زوير " +
        "كتايبي محلس عبيدي عابدي عبادي غنامي غانمي صيف ضيف طيف harari islam " +
        "سجستاني جيلاني جيلالي كيلاني خزاعي كلبي حنفي حميني خميسي ريحاني رحماني شهرستاني كبيسي زيدي ديلمي نجفي ساعدي ماجدي عمودي " +
        "حاتمي عبدي كناني كنعاني صفوي عبدلي جابري جبالي حلبي شمري تميمي تيمي");

    // Words one letter away from those that names of organisations, places and offices are made of. As terms they are as good as any.
    static readonly HashSet<string> Words = Fold(
        "قدح قدوة قدوس قديس قداس مقدس قدسي قدسية كدس دس قس قد قوس قيس قبس قدد أقدس حجب حسب حطب حلب حب حز عزب حرث حرف حرق حرم حرج حرر " +
        "حرض حس حبس فرس عرس شرس شرش ضرس خرس هرس ورس ثور ثورات ثوار سوري نوري صوري شورى دوري محوري فوري جوري حوري خوري ثأري حمد حقد حشر " +
        "حشو حشم حشا حشيش جسد حاشد حشود شعري شعبة صعب ذهبي عشبي شعيب عصبي كعبي عجائب صائب غرائب نجائب ركب أهلي أهال أسد باسل شرع حريري " +
        "أصل أمل " +
        "أجل جهل سهل مهل كهل هل الأجل جبل حي حد حر حط حل حج حق حقل حقن حقي حقب حلق حنق نجاة نجباء نقباء نجلاء غرباء أدباء خطباء نوايا " +
        "سبايا برايا قضايا هدايا رعايا سجايا ثنايا مزايا بقايا خلايا لقاء سواء خواء رواء شواء ولاء مقاولة مقاولات مساومة مساومات مقامة " +
        "مقارنة مقاطعة مقايضة مقاربة مقاسمة مقاضاة منظومة منتظمة معظمة سلامية كلام ظلام سلاح غلام أعلام خضار خضرة حضر منطق مناطق منمقة " +
        "منطلق عراك عروق أعراق عراقة فراق طراق أوراق طيران نيران جيران إيمان ديوان سليمي مهندس مهندسة مهندسين طبيب محام مالي ملكي مالك " +
        "نوائب بواب ثواب جواب أبواب أمر أمس ثمن زمن أمين دافع دماغ خارجة خارجي داخلي زيارات وزيرة مزارة سفرة صفارة سفاهة هيبة بيئة " +
        "هدية هيفاء تركة معركة قطار إفطار أخطار إطارات عملة علمية عملي عميلة عالمية عالية عليه تحذير تحريك تحريم تكرير تبرير تقرير " +
        "تحرر تخالف مخالف مختبرات مخابر اختبارات مصافحة مكافأة خرافة خلاف خليفة ولاة رواية حماية إلحاد أيام أمام مرشح مركز مركزية " +
        "قادري بائع شائع صنائع كتاتيب كاتبات ركاب حجاب غياب عتاب بنوك بنود جنود سنود قاعدي قيادي قيادة قلادة سيادة زيادة عيادة إبادة " +
        "شهادة شهادات سعادة عبادة جهات جهاد جلاد جواد جماد سلاسل زلازل وصول أصول فصول حصول دخول معارضة معارض معارك معالم عالم علم عمل " +
        "حمل جمل صدى صدد صدق صدف صفر صقر قدرات قرى قوى نوى فتى فتح فتحة فتاح فتاة حماة حماسي نیروهای نیروها پاسدار پاسداری پاداش دانش " +
        "ارتش آتش بخش پخش نقش کشته رشته گذشته نوشته greed greek greeks greet grain grains preen queen gene grey groan gone bone cone " +
        "done hone lone none tone zones ozone guild grand gear guide gourds evolutionary evolution resolution revelation devolution " +
        "islamist islamists residence assistant persistence residents resistant partly pasty patty pasture cancel coalitions collation " +
        "minister ministers monastery defenses defence offense inferior interim embassies nation nations ration station stations " +
        "security severity united untied unit units unity unite while white whites write whit leaders header reader lender generals " +
        "help held hold halt hello hell hill hall hello home homes hammer summer simmer sadder bother batter better butter bitter " +
        "cover river server sailor " +
        "salmon seldom sodden sedan sardine caravan kerosene carton curtain garden guardian cannon canine cane cannot kitchen chicken " +
        "llamas forth worth mouth youth boarder order legion religion reign region crops spatial urgency agent agents word words would " +
        "worlds groups grout grope tramp tramps thump trumpet popularity brigaded arm harmed armed navy nave nay bass base bases basis " +
        "case cases ease bank banks bark band tank rank hank forum forums format former formers mobile immobilization mobility " +
        "progress pogrom projects protect prospect subject object strata traits trait train trains terrain plan plane planes planet");

    // What is called after families, or is theirs.
    static readonly HashSet<string> FamilyThings = Fold(
        "بيت عائلة عيلة أسرة آل عشيرة قبيلة شارع حي مسجد جامع مدرسة دار خيابان خانواده کوچه بیت");

    // What stands beside an ordinary word when it is meant as one: colours, dyes and blood for قاني, the prayer after وقاني.
    static readonly Dictionary<string, (HashSet<string> Near, HashSet<string> After)> OrdinarySense = new(StringComparer.Ordinal)
    {
        ["قاني"] = (Fold("أحمر الأحمر حمراء الحمراء أحمرا حمر حمرة الحمرة احمرار لون اللون لونه لونها بلون باللون ألوان الألوان دم الدم دمه بدمه الدماء دماء " +
            "قميص ثوب الثوب فستان شال وشاح الوشاح عباءة عمامة ستارة سجادة وردة ورد زهرة زهور طلاء حبر الحبر بالحبر حناء " +
            "سرخ قرمز قرمزي القرمزي قرمزية أرجواني كرزي عنابي خمري ياقوتي ياقوت وردي داكن غامق قاتم فاتح رنگ خون خونین"),
            Fold("الله ربي شر السوء أخي أبي أمي والدي والدتي زوجي صديقي رفيقي")),
        ["ghani"] = (Fold("afghan afghanistan afghans kabul president"), []),
        ["غني"] = (Fold("أفغانستان الأفغاني أفغاني كابول جدا فاحش الثراء ثري وفقير فقير بلد رجل"), Fold("عن بالطاقة بالمعادن بالفيتامينات بالبروتين بالنفط بالتراث التعريف")),
    };

    static readonly HashSet<string> GivenNames = Fold(
        "محمد أحمد محمود حامد حميد علي حسن حسين عباس جعفر كاظم رضا مهدي هادي عمر عثمان بكر أبوبكر خالد وليد سعيد " +
        "سعد مسعود إبراهيم إسحاق يعقوب يوسف موسى عيسى " +
        "داود سليمان زكريا يحيى أشرف شريف كريم رحيم عبد عبده عبدالله عبدالرحمن أمين أنور أكرم أيمن أسامة طارق زياد " +
        "رفيق توفيق شفيق وفيق عامر عمار بشار بشير فالح فلاح سالم سلام شكري صباح غانم هاشم راشد رشاد رعد مهند أمجد أكرم نجيب نجاح حازم " +
        "كنعان " +
        "رامي سامي سمير منير مصطفى مرتضى مجتبى " +
        "فاطمة زينب مريم خديجة عائشة نادية سلوى ليلى هند منى أمل حنان حبيب حبيبة نبيل جميل جمال كمال جلال بلال " +
        "طلال فيصل ناصر نصر منصور صالح صلاح فؤاد مراد " +
        "عادل ماجد وائل هشام حسام عصام بسام باسم قاسم جاسم هيثم عماد رياض فريد وحيد رشيد راشد نوري نور بدر قيس ليث " +
        "حيدر صدام عدنان غسان مروان سلمان " +
        "شيرين دينا ياسر ياسمين سيد السيد حاج الحاج حاجي ملا الشيخ شيخ خليل فتحي شوقي رفعت عزت هاني رائد زيد نعيم غازي فاضل عزيز فرحان شاكر حاتم مازن نزار فراس إياد عدي قصي لؤي معاذ أنس مالك جابر حازم " +
        "سلطان تركي بندر نايف مشعل فهد حمد خلف ريكان شياع كامل عز عزالدين بدرالدين بلقاسم عبدالعزيز عبدالكريم عبدالرحيم طالب غالب " +
        "باقر صادق جواد أمير اكبر أصغر تقي نقي مهدي محسن قلي داود منصور ابوالقاسم ابوالفضل " +
        "لطفي حلمي صبري مجدي يسري رجب شعبان رمضان " +
        "آية الله اية محسن بهمن داريوش کوروش اصغر اکبر عليرضا محمدرضا غلامرضا حميدرضا " +
        "ashraf mohammad mohammed muhammad mohamed ahmad ahmed ali hassan hasan hussein hossein husayn abdul abdel " +
        "abd abdal omar khalid mahmoud hamid badr badreddin ezz izz belqasim belgacem hamdan jalal jamal kamal saleh salih nasser nasir jaafar jafar abbas kazem " +
        "kadhim sadiq sadegh baqir bagher javad jawad mohsen muhsin faisal saud abdulaziz abdullah abdallah abdelkader salman sulaiman suleiman yahya " +
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

    static readonly HashSet<string> Ranks = Fold(
        "قائد القائد لقائد العميد عميد اللواء لواء الفريق العقيد الجنرال جنرال الحاج السيد رئيس زعيم أمين سردار سرتیپ سرلشکر سرهنگ پاسدار فرمانده رهبر " +
        "general gen brigadier brig major maj lieutenant lt colonel col commander cmdr chief head leader boss commandant chef général komutanı kommandeur " +
        "chef anführer comandante jefe командующий генерал глава מפקד ראש גנרל");

    static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> EverydaySpans = Everyday.GetAlternateLookup<ReadOnlySpan<char>>();
    static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> OriginSpans = Origins.GetAlternateLookup<ReadOnlySpan<char>>();
    static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> CommonSpans = CommonNames.GetAlternateLookup<ReadOnlySpan<char>>();
    static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> OtherNameSpans = OtherNames.GetAlternateLookup<ReadOnlySpan<char>>();
    static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> WordSpans = Words.GetAlternateLookup<ReadOnlySpan<char>>();
    static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> FamilySpans = FamilyThings.GetAlternateLookup<ReadOnlySpan<char>>();
    static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> GivenSpans = GivenNames.GetAlternateLookup<ReadOnlySpan<char>>();
    static readonly WordSet FirstNames = new(GivenNames.Where(name => !FollowsName(name)));
    static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> RankSpans = Ranks.GetAlternateLookup<ReadOnlySpan<char>>();
    static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> TitleSpans = Titles.GetAlternateLookup<ReadOnlySpan<char>>();

    static readonly WordSet FamilyNameEnds = new(["پور", "زاده", "نژاد", "فر", "نيا", "راد", "پناه", "خواه", "شناس", "شناسي", "پژوه", "پژوهي"]);

    // What عبد is followed by in names.
    static readonly HashSet<string> Served = Fold(
        "العزيز الرحمن الرحيم الكريم الحميد المجيد الملك القادر الجبار الحليم السلام الستار الرزاق الوهاب الفتاح الغني الناصر الزهرة الحسين الرضا " +
        "الأمير المهدي الباري الخالق الواحد الصمد اللطيف الهادي الحق القيوم القاهر المنعم المعطي الرؤوف المحسن العظيم الباسط الجليل المطلب الحكيم الجليل");

    static readonly WordSet NameParts = new(
    [
        .. GivenNames.Except(Titles), .. CommonNames, "بن", "ابن", "bin", "ibn", "ben", "الدين", "الله", "din", "eddin", "addin", "uddin",
        "الشهيد", "بك", "بيك", "باشا", .. Served,
        .. CommonNames.Select(name => "ال" + name),
    ]);

    /// <summary>An everyday word: no misspelling of another, and no name without more evidence.</summary>
    public static bool IsEveryday(ReadOnlySpan<char> folded) => EverydaySpans.Contains(folded);

    /// <summary>A word that alone says too little where a watch has context: an everyday word, or a name that many bear.</summary>
    public static bool IsCommon(ReadOnlySpan<char> folded) => EverydaySpans.Contains(folded) || CommonSpans.Contains(folded)
        || OriginSpans.Contains(folded);

    /// <summary>A word of its own, everyday word or name: no misspelling of another.</summary>
    public static bool IsOwnWord(ReadOnlySpan<char> folded) =>
        IsCommon(folded) || WordSpans.Contains(folded) || OtherNameSpans.Contains(folded) || GivenSpans.Contains(folded);

    /// <summary>A word of a language, no name.</summary>
    public static bool IsWord(ReadOnlySpan<char> folded) => EverydaySpans.Contains(folded) || WordSpans.Contains(folded);

    /// <summary>A family's name that without its article is a word as well: صدر is a chest.</summary>
    public static bool IsWordToo(ReadOnlySpan<char> folded) => WordTooSpans.Contains(folded) || OriginSpans.Contains(folded);

    // What with its article is a thing, a place or an office, whatever stands before it: the crescent, Hebron.
    static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> ThingSpans = Fold(
        "هلال مسك غالب خليل سلام نصر نور هدى أمل صباح مهندس وزير نائب رئيس محافظ قاضي مدير سفير ناطق شاعر كاتب باحث محامي مدرب لاعب فنان")
        .GetAlternateLookup<ReadOnlySpan<char>>();

    // Adjectives of measure and time, which an honorific has as any noun: الوزير الجديد.
    static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> MeasureSpans = Fold(
        "جديد قديم كبير صغير طويل قصير قريب بعيد").GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>
    /// A word with its article that is no name: a thing, who does something (الشاهد is the witness), or the adjective of the definite noun
    /// before it, which is known for one or at least no family's name on -i (الجيش التركي, القرار السليم; but التيار الخزعلي has a name).
    /// </summary>
    public static bool IsThing(ReadOnlySpan<char> definite, ReadOnlySpan<char> before)
    {
        var article = definite.IndexOf("ال");
        var name = article < 0 ? definite[Math.Min(2, definite.Length)..] : definite[(article + 2)..];
        if (ThingSpans.Contains(name) || (name is [_, 'ا', _, not 'ي'] && !OriginSpans.Contains(name)))
        {
            return !(before.Length > 0 && IsHonorific(before));
        }

        if (before.Length <= 4 || !before.StartsWith("ال") || name.Length == 0 || IsGivenName(before) || IsGivenName(before[2..]))
        {
            return false;
        }

        return OriginSpans.Contains(name) || MeasureSpans.Contains(name)
            || (!IsHonorific(before) && (name[^1] != 'ي' || IsWord(name) || IsWordToo(name) || Concepts.Contains(name)));
    }

    /// <summary>
    /// A word in the shape of participles and adjectives, فاعل, فعيل, مفعول and مفاعل: ماهر is skilled and ظريف witty, and both are names.
    /// The name itself, in letters that have vowels, must then have one before its last consonant: فانس is Vance and no participle.
    /// </summary>
    public static bool IsParticiple(ReadOnlySpan<char> folded, ReadOnlySpan<char> name)
    {
        name = name.Length > 3 && name[^1] == 'h' ? name[..^1] : name;
        if (name.Length < 3 || IsVowel(name[^1]) || !IsVowel(name[^2]))
        {
            return false;
        }

        var (first, second, third) = folded switch
        {
            [var a, 'ا', var b, var c] => (a, b, c),
            [var a, var b, 'ي', var c] => (a, b, c),
            ['م', var a, var b, 'و', var c] => (a, b, c),
            ['م', var a, 'ا', var b, var c] => (a, b, c),
            _ => default,
        };
        return IsRadical(first) && IsRadical(second) && IsRadical(third);
    }

    static bool IsVowel(char letter) => "aeiouyаеиоуыэюя".Contains(letter, StringComparison.Ordinal);

    // A letter of an Arabic root that is no vowel, and none of Persian's own.
    static bool IsRadical(char letter) => letter is >= 'ب' and <= 'ه' and not ('ة' or 'ـ');

    /// <summary>What stands with its article before a person's name, which it takes for no adjective: الرئيس, الشهيد.</summary>
    public static bool IsHonorific(ReadOnlySpan<char> folded) => HonorificSpans.Contains(folded) || IsRank(folded) || IsGivenName(folded);

    /// <summary>The same of a word that its article was cut off from, as behind ل it is written otherwise.</summary>
    public static bool IsDefiniteHonorific(ReadOnlySpan<char> noun)
    {
        const int longest = 16;
        Span<char> definite = stackalloc char[longest];
        if (noun.Length > longest - 2)
        {
            return false;
        }

        "ال".CopyTo(definite);
        noun.CopyTo(definite[2..]);
        return HonorificSpans.Contains(definite[..(noun.Length + 2)]) || IsRank(noun);
    }

    // Hebrew words that Arabic names sound like.
    static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> HebrewSpans = Fold(
        "מוסד סדר הסדר קסם גבר חליל רעד סעד גמל כרם ברק חסד חסן חסון שלום נצר בדל עמל חשד בירה מלך אמיר נביא סביר קדוש קודש חמד חמס " +
        "חומס נגר סלע נסר כליל עמר רפא סולן כמל נמל").GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>A Hebrew word, or one with small words before it as one with it; the institution with its article is a name too.</summary>
    public static bool IsHebrewWord(ReadOnlySpan<char> folded, out bool isName)
    {
        isName = folded.EndsWith("המוסד");
        return HebrewSpans.Contains(folded) || (folded.Length > 3 && HebrewSpans.Contains(folded[1..]))
            || (folded.Length > 4 && HebrewSpans.Contains(folded[2..]));
    }

    /// <summary>What stands before a family's name and makes a house or street of it.</summary>
    public static bool PrecedesFamily(ReadOnlySpan<char> folded) => FamilySpans.Contains(folded);

    /// <summary>A word that Persian appends to a family's name to make another's.</summary>
    public static bool EndsFamilyName(ReadOnlySpan<char> folded, ulong hash) => FamilyNameEnds.Contains(folded, hash);

    /// <summary>A first name that many people bear.</summary>
    public static bool IsGivenName(ReadOnlySpan<char> folded) => GivenSpans.Contains(folded);

    /// <summary>A word that may be one of several names of a person: a first name, "son of", and what only follows a first name.</summary>
    public static bool IsNamePart(ReadOnlySpan<char> folded, ulong hash) => NameParts.Contains(folded, hash);

    /// <summary>The second half of names such as بدر الدين and عبد الله.</summary>
    public static bool FollowsName(ReadOnlySpan<char> folded) => folded is "الدين" or "الله" or "din" or "eddin" or "addin" or "uddin";

    // The same first names as Latin letters spell them, by sound.
    static readonly SoundIndex GivenSounds = Heard();

    /// <summary>A capitalised Latin word that sounds as a first name does: Kamil, Jalal. The list is only worked on.</summary>
    public static bool SoundsGiven(ReadOnlySpan<char> folded, List<Candidate> found)
    {
        found.Clear();
        GivenSounds.Find(SoundReader.Read(folded, Script.Latin), true, WordTraits.None, 1, found, 0);
        return found.Exists(name => (name.Traits & WordTraits.Sound) != 0);
    }

    static SoundIndex Heard()
    {
        var index = new SoundIndex();
        foreach (var name in GivenNames.Where(name => name.Length > 3 && Scripts.Of(name[0]) == Script.Arabic && !FollowsName(name)))
        {
            index.Add(0, new TermWord(name, name, false, Script.Arabic, false), 1 << (int)Script.Latin);
        }

        return index;
    }

    /// <summary>A first name, though one that families bear too.</summary>
    public static bool IsFirstName(ReadOnlySpan<char> folded, ulong hash) => FirstNames.Contains(folded, hash);

    /// <summary>A rank or office, which may stand between a name and what its bearer leads.</summary>
    public static bool IsRank(ReadOnlySpan<char> folded) => RankSpans.Contains(folded);

    /// <summary>Who stands before a force's name in Arabic.</summary>
    public static bool LeadsForce(ReadOnlySpan<char> folded) => folded is "قاءد" or "قايد" or "القاءد" or "لقايد" or "وقايد" or "قياده" or "قيادي" or "ضابط"
        or "ضباط" or "عناصر" or "عنصر" or "مقر" or "مقرات" or "قاده" or "مستشار" or "مستشارو" or "مستشاري";

    /// <summary>What makes another thing of a noun before it: an adjective with the article.</summary>
    public static bool IsAdjective(ReadOnlySpan<char> folded) => folded.Length > 4 && folded.StartsWith("ال") && folded[^1] == 'ه';

    /// <summary>What follows a force's name in Arabic and says whose it is.</summary>
    public static bool OwnsForce(ReadOnlySpan<char> folded) => folded is "التابعه" or "الايرانيه" or "الخاصه";

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

    // Countries that a name is at home in, spoken of anywhere in an article.
    static readonly (string Name, WordSet Country)[] Countries =
    [
        ("ghani", new(["kabul", "afghan", "afghans", "afghanistan", "taliban", "afghane", "afghanische", "afghanischen", "afganistan", "kabil"])),
        ("гани", new(["кабул", "кабуле", "афганистан", "афганистана", "афганистане", "афганский", "афганского", "талибан", "талибы"])),
    ];

    /// <summary>Whether a word names the country of others who bear the name.</summary>
    public static bool IsCountryOfOthers(ReadOnlySpan<char> name, ReadOnlySpan<char> word, ulong hash)
    {
        foreach (var (borne, country) in Countries)
        {
            if (name.SequenceEqual(borne) && country.Contains(word, hash))
            {
                return true;
            }
        }

        return false;
    }

    // What stands last in names of several, and opens no sentence.
    static readonly HashSet<string> LastNames = Fold("khan shah baradar baba zada zadeh zai oghlu bhutto sharif");

    static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> LastSpans = LastNames.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>A name that stands after others only.</summary>
    public static bool IsBorneLast(ReadOnlySpan<char> folded) => LastSpans.Contains(folded);

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
