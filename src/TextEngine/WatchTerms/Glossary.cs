using TextEngine.Normalisation;

namespace TextEngine.WatchTerms;

/// <summary>
/// Names of organisations that every language has its own words for, more or fewer than the others: no sound and no single noun leads from
/// الحرس الثوري to IRGC. A name stands for those of the other languages of its line.
/// </summary>
static class Glossary
{
    // Languages are separated by a bar, the names of one language by a semicolon.
    static readonly string[] Lines =
    [
        "الحرس الثوري; الحرس الثوري الإيراني; حرس الثورة الإسلامية | سپاه پاسداران; سپاه پاسداران انقلاب اسلامی | سوپای پاسداران; پاسدارانی شۆڕش "
            + "| پاسداران انقلاب | IRGC; Revolutionary Guard; Revolutionary Guards; Revolutionary Guard Corps; Islamic Revolutionary Guard Corps; "
            + "Islamic Revolutionary Guards Corps; Islamic Revolution Guards Corps; Islamic Revolution Guard Corps | Gardiens de la révolution; Corps des Gardiens de la révolution islamique "
            + "| Revolutionsgarde; Revolutionsgarden; Revolutionswächter | Devrim Muhafızları; Devrim Muhafızları Ordusu "
            + "| Guardia Revolucionaria; Guardianes de la Revolución | Guardiani della rivoluzione; Guardie della rivoluzione "
            + "| КСИР; Корпус стражей исламской революции; Стражи исламской революции; Стражей исламской революции | משמרות המהפכה",
        "الحشد الشعبي; هيئة الحشد الشعبي | حشد شعبی; الحشد الشعبی | حەشدی شەعبی | Popular Mobilization Forces; Popular Mobilisation Forces; "
            + "Popular Mobilization Units; Popular Mobilisation Units | Forces de mobilisation populaire; Unités de mobilisation populaire "
            + "| Haşdi Şabi | Силы народной мобилизации",
        "الجهاد الإسلامي; حركة الجهاد الإسلامي | جهاد اسلامی | جیهادی ئیسلامی | Islamic Jihad | Jihad islamique; Djihad islamique "
            + "| Islamischer Dschihad; Islamischen Dschihad | İslami Cihad | Yihad Islámica | Jihad islamica | Исламский джихад | הג'יהאד האסלאמי",
        "المقاومة الإسلامية في العراق | مقاومت اسلامی عراق | Islamic Resistance in Iraq | Résistance islamique en Irak "
            + "| Irak İslami Direnişi | Исламское сопротивление в Ираке",
        "داعش; تنظيم الدولة الإسلامية | ISIS; ISIL; Daesh; Daech; Islamic State | État islamique | Islamischer Staat | Estado Islámico | IŞİD; DEAŞ | ИГИЛ | דאעש | داعێش",
        "الأمم المتحدة | United Nations | سازمان ملل; سازمان ملل متحد | Nations unies | Vereinte Nationen | Naciones Unidas | Birleşmiş Milletler | ООН | "
            + "האו\"ם | نەتەوە یەکگرتووەکان | اقوام متحدہ",
        "فيلق القدس; فيلق قدس | سپاه قدس; نیروی قدس | سوپای قودس; هێزی قودس; فەیلەقی قودس; لەشکری قودس | Quds Force; Jerusalem Force; Jerusalem Corps",
        "الحوثيون; الحوثيين; الحوثيون في اليمن; جماعة الحوثي; ميليشيا الحوثي; مليشيا الحوثي | حوثی‌ها; حوثی‌های یمن | Houthis; Houthi; Huthis; Huthi | Houthistes | Huthi-Rebellen "
            + "| Husiler | Хуситы; хуситов; хуситам; хуситами; хуситах | החות'ים; חות'ים | حووسییەکان",
        "حركة النجباء; حركة حزب الله النجباء | جنبش نجبا | Harakat al-Nujaba; Harakat Hezbollah al-Nujaba; Harakat Hizballah al-Nujaba; "
            + "Nujaba Movement | حەرەکەت نوجەبا | Харакат ан-Нуджаба",
        "القدس | Jerusalem; Jérusalem; Jerusalén; Gerusalemme | Kudüs | Иерусалим; Иерусалима; Иерусалиме | ירושלים",
        "كتائب حزب الله | کتائب حزب اللہ; حزب اللہ بریگیڈ; حزب اللہ بریگیڈز",
        "الإطار التنسيقي; قوى الإطار التنسيقي | چارچوب هماهنگی | چوارچێوەی هەماهەنگی | Coordination Framework; Coordinating Framework | Cadre de coordination "
            + "| Koordinasyon Çerçevesi | Координационная структура",
        "أوبك; منظمة أوبك | اوپک | OPEC; OPEP; OPEK | ОПЕК | אופ\"ק | ئۆپێک",
        "مضيق هرمز | تنگه هرمز | گەرووی هورمز | Strait of Hormuz; Hormuz Strait; Détroit d'Ormuz; Straße von Hormus; Hürmüz Boğazı; Estrecho de Ormuz; Stretto di Hormuz "
            + "| Ормузский пролив; Ормузского пролива; Ормузском проливе; Ормузским проливом | מצר הורמוז; מצרי הורמוז; מיצרי הורמוז",
        "قناة السويس | کانال سوئز | کەناڵی سوێس | Suez Canal; Canal de Suez; Suezkanal; Süveyş Kanalı | Суэцкий канал; Суэцкого канала; Суэцком канале | תעלת סואץ",
        "الضفة الغربية | کرانه باختری; کرانه غربی | West Bank; Cisjordanie; Westjordanland; Cisjordania; Cisgiordania; Batı Şeria | Западный берег; Западного берега; "
            + "Западном берегу | הגדה המערבית",
        "قطاع غزة | نوار غزه; باریکه غزه | کەرتی غەززە | Gaza Strip; Bande de Gaza; Gazastreifen; Franja de Gaza; Striscia di Gaza; Gazze Şeridi | Сектор Газа; Сектора Газа; "
            + "Секторе Газа | רצועת עזה",
        "المنطقة الخضراء | منطقه سبز | ناوچەی سەوز | Green Zone; Zone verte; Zona Verde; Yeşil Bölge; Grüne Zone | Зелёная зона; Зелёной зоне; Зелёной зоны | האזור הירוק",
        "البيت الأبيض | کاخ سفید | کۆشکی سپی | White House; Maison Blanche; Weißes Haus; Casa Blanca; Casa Bianca; Beyaz Saray | Белый дом; Белого дома; Белом доме | הבית הלבן",
        "مجلس الأمن; مجلس الأمن الدولي | شورای امنیت | ئەنجومەنی ئاسایش | Security Council; Conseil de sécurité; Sicherheitsrat; Consejo de Seguridad; Güvenlik Konseyi "
            + "| Совет Безопасности; Совбез; Совбеза; Совета Безопасности | מועצת הביטחון",
        "جماعة الإخوان المسلمين; الإخوان المسلمون; الإخوان المسلمين | اخوان المسلمین | Muslim Brotherhood; Frères musulmans; Muslimbruderschaft; Hermanos Musulmanes; "
            + "Müslüman Kardeşler | Братья-мусульмане; Братьев-мусульман | האחים המוסלמים",
        "هيئة تحرير الشام | هیئت تحریر الشام; تحریر الشام | Hayat Tahrir al-Sham; HTS | Хайят Тахрир аш-Шам; Тахрир аш-Шам | הייאת תחריר א-שאם",
        "الاتحاد الوطني الكردستاني | اتحادیه میهنی کردستان | یەکێتیی نیشتمانیی کوردستان; یەکێتی نیشتمانی کوردستان | Patriotic Union of Kurdistan; PUK",
        "الحزب الديمقراطي الكردستاني | حزب دموکرات کردستان | پارتی دیموکراتی کوردستان | Kurdistan Democratic Party; KDP",
        "إقليم كردستان; إقليم كردستان العراق | اقلیم کردستان | هەرێمی کوردستان | Kurdistan Region; Région du Kurdistan; Region Kurdistan | Иракский Курдистан; Курдский регион",
        "منظمة التحرير الفلسطينية | سازمان آزادیبخش فلسطین | Palestine Liberation Organization; PLO; OLP | ООП",
        "قوات الدعم السريع | نیروهای پشتیبانی سریع | Rapid Support Forces | Forces de soutien rapide | Hızlı Destek Kuvvetleri "
            + "| Силы быстрой поддержки; Сил быстрой поддержки | כוחות התמיכה המהירה",
        "البيشمركة; قوات البيشمركة; البشمركة | پێشمەرگە; پیشمرگه; پيشمركه | Peshmerga; Pêşmerge; Peschmerga; Peşmerge; Pechmerga | Пешмерга; Пешмерги | פשמרגה",
        "بيت لحم | بیت لحم | Bethlehem; Bethléem; Belén; Betlemme; Beytüllahim | Вифлеем; Вифлееме | בית לחם",
        "ائتلاف دولة القانون; دولة القانون | ائتلاف دولت قانون; دولت قانون | State of Law Coalition | État de droit",
        "تيار المستقبل | جریان المستقبل | Courant du futur | Движение «Аль-Мустакбаль»",
        "التيار الوطني الحر | جریان آزاد ملی | Free Patriotic Movement; Courant patriotique libre",
        "كتائب شهداء الأقصى | گردان‌های شهدای الاقصی | Al-Aqsa Martyrs' Brigades; Aqsa Martyrs Brigades; Brigades des martyrs d'Al-Aqsa | Бригады мучеников Аль-Аксы",
        "حلف شمال الأطلسي; الناتو; حلف الناتو | NATO | OTAN | НАТО | ناتو",
        "الاتحاد الأوروبي | European Union | Union européenne | Europäische Union | Unión Europea | Avrupa Birliği | Европейский союз; Евросоюз | اتحادیه اروپا",
        "الوكالة الدولية للطاقة الذرية | International Atomic Energy Agency; IAEA | آژانس بین‌المللی انرژی اتمی | AIEA | МАГАТЭ | סבא\"א",
        "حزب العمال الكردستاني | PKK; Kurdistan Workers' Party | РПК",
        "قوات سوريا الديمقراطية; قسد | Syrian Democratic Forces; SDF | Forces démocratiques syriennes | هێزەکانی سووریای دیموکرات; هەسەدە | Suriye Demokratik Güçleri",
        "الجيش الإسرائيلي; جيش الاحتلال الإسرائيلي | Israel Defense Forces; IDF; Israeli army; Israeli military | Tsahal | צה\"ל; צבא ההגנה לישראל | ارتش اسرائیل | ЦАХАЛ",
        "وكالة المخابرات المركزية | Central Intelligence Agency; CIA | ЦРУ | سازمان سیا",
    ];

    static readonly Dictionary<string, List<string>> Names = Load();

    /// <summary>The names in other languages of the organisation whose folded name is given.</summary>
    public static IReadOnlyList<string> Of(string folded) => Names.TryGetValue(folded, out var names) ? names : [];

    static Dictionary<string, List<string>> Load()
    {
        var all = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var (line, separator) in Lines.Concat(Places.Houses).Select(line => (line, ';'))
            .Concat(Places.Lines.Concat(Places.Countries).Concat(Surnames.Lines).Select(line => (line, ' '))))
        {
            var languages = line.Split('|').Select(names => names.Split(separator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).ToList();
            foreach (var language in languages)
            {
                foreach (var name in language)
                {
                    all.TryAdd(NormalisedText.Of(name).Text, [.. languages.SelectMany(other => other).Where(other => other != name)]);
                }
            }
        }

        return all;
    }
}
