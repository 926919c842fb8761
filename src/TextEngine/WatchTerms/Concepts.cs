using TextEngine.Normalisation;

namespace TextEngine.WatchTerms;

/// <summary>
/// Common nouns that newsrooms translate inside names instead of carrying them over by sound: فيلق القدس is the Quds Force, and كتائب حزب الله
/// the Hezbollah Brigades. Each line is one notion; a word stands for the others of its line inside phrases only.
/// </summary>
static class Concepts
{
    // Languages are separated by a bar; a noun marked ^ counts in Latin script only with a capital, since it is an everyday word.
    static readonly string[] Lines =
    [
        "فيلق قوة | نیروی نیرو سپاه | فورس | سوپای هێزی فەیلەقی | force forces corps fuerza fuerzas forza forze forças força " +
        "gücü güçleri gücünün einheit einheiten "
            + "truppe truppen hêza hêzên kolordusu korpusu styrka styrkor korps | корпус корпуса корпусу корпусом силы сил силам силами "
            + "подразделение подразделения спецподразделение спецподразделения спецназ спецназа сили загін підрозділ снага снаге | δύναμη δύναμης δυνάμεις δυνάμεων δυνάμεισ | כוח כח כוחות גיס",
        "كتائب | گردان گردان‌های گردانهای کتائب | بریگیڈز بریگیڈ | کەتائیبی کەتائیب کەتیبەکانی | ^brigades ^brigade ^battalions " +
        "^battalion ^phalanges ^brigaden ^brigadas "
            + "^brigadas ^brigate ^bataillone ^bataillons ^batallones ^tugayları ^tugayı ^taburları kataib kataeb ketaib katayeb | "
            + "бригады бригад бригада бригадам батальоны батальонов | ταξιαρχίες ταξιαρχία | גדודי גדוד",
        "سرايا | گردان‌های سرایای | ^brigades ^brigade ^companies ^saraya ^brigaden ^brigadas ^tugayları | бригады бригад | גדודי פלוגות",
        "لواء | تیپ لشکر | لیوای | بریگیڈ | brigade division liwa brigada tugayı | бригада бригады | חטיבת",
        "حركة | جنبش | بزووتنەوەی | movement mouvement movimiento movimento bewegung hareketi harakat | движение " +
        "движения движению | κίνημα κινήματος | תנועת",
        "حزب | حزب | پارتی حیزبی | party parti partei partido partito partisi | партия партии | מפלגת",
        "جيش | ارتش | آرمی | army armée armee ejército esercito ordusu jaish jaysh jeish | армия армии | צבא",
        "حرس | سپاه پاسداران | پاسدارانی | guard guards gardiens garde garden revolutionsgarde guardia guardias guardie muhafızları | "
            + "страж стражей гвардия гвардии | משמרות",
        "ثوري ثوريه | انقلاب | شۆڕش | revolutionary révolutionnaire révolutionnaires revolucionaria devrim "
            + "| революции революционная | המהפכה",
        "حشد | حشد بسیج | حەشدی | mobilization mobilisation forces hashd hashed | мобилизации ополчение | גיוס",
        "شعبي شعبيه | شعبی مردمی | شەعبی | popular people's populaire shaabi halk | народного народное | עממי",
        "جبهة | جبهه | بەرەی | front frente fronte cephesi jabhat jabhet | фронт фронта | חזית",
        "إسلامي إسلامية | اسلامی | ئیسلامی | islamic islamique islamiques islamische islamischer islamischen islami islamista islámico islámica islamico islamica "
            + "| исламский исламская исламское исламского | אסלאמי אסלאמית",
        "منظمة | سازمان | ڕێکخراوی | organization organisation organización organizzazione örgütü teşkilatı | организация организации | ארגון",
        "عصائب | عصائب | عەسائیبی | league leagues asaib | лига | ליגת",
        "قوات | نیروهای | هێزەکانی | forces fuerzas forze kräfte güçleri | силы сил | כוחות",
        "مجموعة | گروه | گرووپی | گروپ | group groupe gruppe grupo gruppo grubu | группа группы группу группе | קבוצת",
        "بن ابن | bin ben ibn ibni | бин бен ибн | בן אבן",
        "عين | ain ayn ein eyn | айн эйн | עין",
        "أبو أبي أبا | abu abou aboo abi ebu | абу | אבו",
        "أم | umm um oum om | умм ум",
        "دير | deir dayr dair deyr | дейр | דיר",
        "بيت | beit bayt bait beyt | бейт | בית",
        "تل | tel tal tell tall | тель | תל",
        "جبل | jabal jebel djebel gebel djabal | джебель | ג'בל",
        "وزارة | وزارت | وەزارەتی | ministry ministère ministerium ministerio ministero bakanlığı | министерство министерства | משרד",
        "داخليه | داخلیه کشور | ناوخۆی ناوخۆ | داخلہ | interior intérieur inneren interno içişleri | внутренних | פנים הפנים",
        "دفاع | دیفاع بەرگری | defence defense défense verteidigung defensa difesa savunma | обороны | ביטחון הביטחון",
        "عدل | دادگستری | دادی | justice justiz justicia giustizia adalet | юстиции | משפטים המשפטים",
        "نفط | نفت | نەوتی | تیل | oil pétrole petróleo petrolio petrol | нефти | נפט הנפט",
        "بنك مصرف | بانک | بانکی | بینک | bank banque banco banca bankası | банк банка | בנק",
        "مركزي | مرکزی | ناوەندی | central centrale merkez | центральный центрального | מרכזי המרכזי",
        "شركة | شرکت | کۆمپانیای | کمپنی | ^company ^compagnie ^compañía ^compagnia şirketi | компания компании | חברת",
        "مجلس | مجلس شورای | ئەنجومەنی | کونسل | council conseil rat consejo consiglio konseyi | совет совета | מועצת",
        "اتحاد | اتحادیه | یەکێتیی یەکێتی | یونین | union unión unione birliği | союз союза | איחוד",
        "تيار | جریان | ڕەوتی | ^movement ^current ^mouvement ^courant ^bewegung ^movimiento hareketi akımı | движение движения | זרם",
        "تحالف ائتلاف | ائتلاف | هاوپەیمانیی هاوپەیمانی | اتحاد | coalition alliance koalition allianz bündnis coalición alianza koalisyonu ittifakı | коалиция коалиции альянс | קואליציית ברית",
        "مخابرات استخبارات | اطلاعات | هەواڵگری | انٹیلیجنس | intelligence mukhabarat geheimdienst inteligencia istihbarat | разведка разведки | מודיעין",
        "شرطه | پلیس | پۆلیسی | پولیس | police polizei policía polizia polisi | полиция полиции | משטרת",
        "جامعه | دانشگاه | زانکۆی | یونیورسٹی | university université universität universidad università üniversitesi | университет университета | אוניברסיטת",
        "مطار | فرودگاه | فڕۆکەخانەی | airport aéroport flughafen aeropuerto aeroporto havalimanı havaalanı | аэропорт аэропорта | שדה",
        "وكاله | خبرگزاری | ئاژانسی | ایجنسی | agency agence agentur agencia agenzia ajansı | агентство агентства | סוכנות",
        "مخيم | اردوگاه | کەمپی | کیمپ | camp lager campamento campo kampı | лагерь лагере лагеря | מחנה",
        "ميناء | بندر | بەندەری | بندرگاہ | port hafen puerto porto limanı | порт порта порту | נמל",
        "قاعدة | پایگاه | بنکەی | base airbase basis stützpunkt üssü | база базы базу базе | בסיס",
        "سفاره | سفارت | باڵیۆزخانەی | سفارتخانہ | embassy ambassade botschaft embajada ambasciata büyükelçiliği | посольство посольства | שגרירות",
        "مضيق | تنگه تنگهٔ | گەرووی | آبنائے | strait straits détroit straße meerenge estrecho stretto boğazı | пролив пролива проливе проливу | מצר מצרי מיצר",
        "جزيره جزر | جزیره جزایر | دوورگەی | جزیرہ | island islands île îles insel isla isola adası | остров острова острове | האי אי",
        "خليج | خلیج | کەنداوی | gulf golfe golf golfo körfezi | залив залива заливе | מפרץ",
        "بحر | دریای | دەریای | sea mer meer mar mare denizi | море моря | ים",
        "نهر | رود | ڕووباری | river fleuve fluss río fiume nehri | река реки | נהר",
        "محافظه | استان | پارێزگای | صوبہ | province governorate provinz gouvernement provincia vilayeti | провинция провинции | מחוז",
        "عراقي عراقيه | عراقی | عێراقی عێراق | Iraqi irakien irakienne irakiens irakiennes irakischer irakische irakischen iraquí iraquíes iracheno irachena Iraklı | иракский иракская "
            + "иракской иракского иракские | עיראקי העיראקי עיראקית",
        "إيراني إيرانيه | ایرانی ایران | ئێرانی ئێران | Iranian Iran's iranien iranienne iraniens iraniennes iranischer iranische iranischen iraní iraniano iraniana İranlı | иранский "
            + "иранская иранской иранского иранские | איראני האיראני איראנית",
        "لبناني لبنانيه | لبنانی | لوبنانی لوبنان | Lebanese libanais libanaise libanaises libanesische libanesischen libanés libanesa libanese Lübnanlı | ливанский ливанская "
            + "ливанской ливанского | לבנוני הלבנוני לבנונית",
        "سوري سوريه | سوری | سووری سووریا | Syrian syrien syrienne syriens syriennes syrische syrischen sirio siria siriano Suriyeli | сирийский сирийская сирийской сирийского | סורי הסורי סורית",
        "إسرائيلي إسرائيليه | اسرائیلی | ئیسرائیلی | Israeli israélien israélienne israelische israelischen israelí israeliano israeliana İsrailli | израильский "
            + "израильская израильской израильского | ישראלי הישראלי ישראלית",
        "أمريكي أمريكيه أميركي أميركيه | آمریکایی آمریکا | ئەمریکی | American américain américaine amerikanische amerikanischen americano americana estadounidense "
            + "Amerikan | американский американская американской американского | אמריקאי האמריקאי אמריקאית",
        "سهل | دشت | دەشتی | plain plains plaine ebene llanura ovası | равнина равнине равнины | מישור",
        "سجن | زندان | زیندانی | prison jail gefängnis cárcel carcere cezaevi hapishanesi | тюрьма тюрьмы тюрьме тюрьму | כלא",
        "جسر | پل | پردی | bridge pont brücke puente ponte köprüsü | мост моста мосту | גשר",
        "معبر | گذرگاه گذر | دەروازەی | crossing passage übergang cruce valico kapısı | переход перехода переходе | מעבר",
        "حقل | میدان | کێڵگەی | field champ feld campo sahası | месторождение месторождения | שדה",
        "سد | سد | بەنداوی | dam barrage damm staudamm presa diga barajı | плотина плотины дамба дамбы | סכר",
        "مفاعل | راکتور رآکتور | reactor réacteur reaktor reattore reaktörü | реактор реактора | כור",
        "منشاه | تأسیسات سایت | دامەزراوەی | facility plant site installation anlage instalación impianto tesisi | объект объекта завод | מתקן",
        "محطه | نیروگاه ایستگاه | وێستگەی | station plant centrale kraftwerk central santrali | станция станции | תחנת",
        "مصفاه | پالایشگاه | پاڵاوگەی | refinery raffinerie refinería raffineria rafinerisi | завод завода | זיקוק",
        "مستشفي | بیمارستان | نەخۆشخانەی | hospital hôpital krankenhaus ospedale hastanesi | больница больницы больнице госпиталь | חולים",
        "قصر | کاخ | کۆشکی | palace palais palast palacio palazzo sarayı | дворец дворца дворце | ארמון",
        "ساحه ميدان | میدان | گۆڕەپانی | square place platz plaza piazza meydanı | площадь площади | כיכר",
        "قناه | کانال | کەناڵی | channel tv chaîne sender canal canale kanalı | канал канала телеканал | ערוץ",
        "صحيفه جريده | روزنامه | ڕۆژنامەی | newspaper daily journal zeitung periódico giornale gazetesi | газета газеты | עיתון",
        "ميليشيا مليشيا ميليشيات | شبه‌نظامیان | میلیشیای | militia militias milice miliz milicia milizia milisi | милиция ополчение | מיליציה מיליציית",
        "مؤسسه | بنیاد موسسه | دەزگای | foundation fondation stiftung fundación fondazione vakfı | фонд фонда | קרן",
        "ملك | پادشاه | شای | king roi könig rey kralı | король короля | מלך",
        "وزير | وزیر | وەزیری | minister ministre ministro bakanı | министр министра | שר",
        "رئيس | رئیس رییس | سەرۆکی | president head chief président präsident presidente başkanı | президент президента глава | נשיא",
    ];

    static readonly Dictionary<string, List<Alias>> ByWord = Load();

    static readonly Dictionary<string, List<Alias>>.AlternateLookup<ReadOnlySpan<char>> WordSpans = ByWord.GetAlternateLookup<ReadOnlySpan<char>>();

    static readonly HashSet<string> CarriedOver =
    [
        .. ByWord.Keys.Where(word => Scripts.Of(word[0]) == Script.Latin && SoundsLikeArabic(word)),
        .. Surnames.Lines.SelectMany(line => NormalisedText.Of(line).Text.Split(' ')),
    ];

    static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> CarriedOverSpans = CarriedOver.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>A word that another may stand for; both in one language never are.</summary>
    public readonly record struct Alias(string Word, bool CapitalOnly, bool OtherScript, bool IsFirst);

    /// <summary>True when the word is a noun that is translated inside names.</summary>
    public static bool Contains(ReadOnlySpan<char> folded) => WordSpans.ContainsKey(folded);

    /// <summary>True when a Latin noun says the meaning (Brigades) and not the sound (Kataib), which other languages then write their own way.</summary>
    public static bool IsTranslated(string folded) => Contains(folded) && !CarriedOver.Contains(folded);

    /// <summary>True for Arabic nouns in Latin letters: they keep their place before the name.</summary>
    public static bool IsCarriedOver(ReadOnlySpan<char> folded) => CarriedOverSpans.Contains(folded);

    static bool SoundsLikeArabic(string latin)
    {
        var heard = SoundReader.Read(latin, Script.Latin);
        return ByWord[latin].Exists(alias => alias.IsFirst
            && SoundReader.Read(alias.Word, Script.Arabic) is var sound && sound.Key() == heard.Key() && SoundComparison.Compare(sound, heard) > 0);
    }

    /// <summary>True for nouns of Urdu, which unlike Arabic and Persian puts them last: القدس فورس.</summary>
    public static bool StandsLast(ReadOnlySpan<char> folded) => folded is "فورس" or "بريكيد" or "بريكيدز" or "ارمي";

    /// <summary>The words of other languages that stand for a folded word.</summary>
    public static IReadOnlyList<Alias> Of(string folded) => ByWord.TryGetValue(folded, out var aliases) ? aliases : [];

    static Dictionary<string, List<Alias>> Load()
    {
        var byWord = new Dictionary<string, List<Alias>>(StringComparer.Ordinal);
        var reader = new WordReader();
        foreach (var line in Lines.Concat(Places.Lines).Concat(Surnames.Lines))
        {
            var words = new List<(string Folded, int Language, bool Capital)>();
            var languages = line.Split('|');
            for (var language = 0; language < languages.Length; language++)
            {
                foreach (var word in languages[language].Split(' ', StringSplitOptions.RemoveEmptyEntries))
                {
                    reader.Read(word);
                    var letters = reader.Letters.ToString();
                    words.Add((Particles.HasArticle(word, letters) ? letters[2..] : letters, language, word[0] == '^'));
                }
            }

            foreach (var (folded, language, _) in words)
            {
                foreach (var other in words)
                {
                    var latin = other.Folded[0] < 'א' && folded[0] < 'א';
                    if (other.Folded == folded || (other.Language == language && !latin))
                    {
                        continue;
                    }

                    Add(byWord, folded, new Alias(other.Folded, other.Capital, other.Language != language, other.Language == 0));
                }
            }
        }

        return byWord;
    }

    static void Add(Dictionary<string, List<Alias>> byWord, string word, Alias alias)
    {
        if (!byWord.TryGetValue(word, out var list))
        {
            byWord.Add(word, list = []);
        }

        if (!list.Exists(known => known.Word == alias.Word))
        {
            list.Add(alias);
        }
    }
}
