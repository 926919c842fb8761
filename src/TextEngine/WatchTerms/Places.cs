using TextEngine.Normalisation;

namespace TextEngine.WatchTerms;

/// <summary>
/// Cities and countries that languages call by names of their own, which no sound leads to: دمشق, Damascus, Damas. Those whose names are
/// told by sound everywhere (Baghdad, Beirut) are not here, nor any whose name in some language is an everyday word of another.
/// </summary>
static class Places
{
    /// <summary>A line for each place; languages of one script are separated by spaces, scripts by a bar.</summary>
    public static readonly string[] Lines =
    [
        "دمشق | دیمەشق | Damascus Damas Damasco Damaskus | Дамаск Дамаска Дамаску Дамаске | דמשק",
        "طهران | تهران تێهران | Tehran Teheran Téhéran Teherán Tahran | Тегеран Тегерана Тегерану Тегеране | טהראן טהרן",
        "فوردو | فردو فۆردۆ | Fordow Fordo Fordou | Фордо Фордоу | פורדו",
        "نطنز | نەتەنز | Natanz | Натанз Натанза Натанзе | נתנז",
        "بوشهر | بووشەهر | Bushehr Bouchehr Buschehr Buşehr | Бушер Бушера Бушере Бушехр | בושהר",
        "كابول | کابل کابوڵ | Kabul Kaboul Kabil | Кабул Кабула Кабулу Кабуле | קאבול",
        "موسكو | مسکو مۆسکۆ ماسکو | Moscow Moscou Moskau Moscú Mosca Moskova | Москва Москвы Москве Москву | מוסקבה",
        "واشنطن | واشنگتن واشنتۆن واشنگٹن | Washington | Вашингтон Вашингтона Вашингтону Вашингтоне | וושינגטון",
        "إسطنبول | استانبول ئیستانبوڵ استنبول | Istanbul Estambul İstanbul | Стамбул Стамбула Стамбуле | איסטנבול",
        "سنجار | شنگال شەنگال | Sinjar Shingal Shengal Sincar Şengal | Синджар Синджара Синджаре | סינג'אר",
        "حلبجة | هەڵەبجە حلبچه | Halabja Halabcheh Halepçe | Халабджа | חלבג'ה",
        "كوباني | کۆبانی کۆبانێ | Kobani Kobane Kobanê Kobanî | Кобани | קובאני",
        "القامشلي | قامیشلۆ | Qamishli Qamishlo Qamişlo Kamışlı Kamishli | Камышлы Камышли | קאמישלי",
        "جنيف | ژنو جنێڤ جنیوا | Geneva Genève Genf Ginebra Ginevra Cenevre | Женева Женевы Женеве Женеву | ז'נבה",
        "الرقة | رقه رەققە | Raqqa Raqqah Rakka Raqa Raka | Ракка Ракки Ракке Ракку | רקה",
        "درعا | دەرعا | Daraa Deraa Deraʿa Dera'a | Деръа Дараа | דרעא",
        "صنعاء | صنعا سەنعا | Sanaa Sana'a San'a Saná | Сане | צנעא",
        "تعز | Taiz Taizz Ta'izz Ta'iz | Таиз Таиза Таизе | תעז",
        "حمص | حومس | Homs Hims | Хомс Хомса Хомсе | חומס",
        "عدن | Aden Adén | Аден Адена Адене",
        "قم | Qom Qum Ghom",
        "دبي | دوبەی دوبی | Dubai Dubaï Dubái | Дубай Дубае Дубая | דובאי",
        "نابلس | Nablus Naplouse | Наблус Наблуса Наблусе | שכם",
        "نينوى | نینوا نەینەوا | Nineveh Ninawa Ninive Nínive Ninova | Ниневия Ниневии | נינוה",
        "القاهرة | قاهره | قاهیرە | Cairo Kairo Kahire | Каир Каира Каиру Каире | קהיר",
        "حلب | حەلەب | Aleppo Alep Halep Alepo | Алеппо",
        "الموصل | مووسڵ | Mosul Mossoul Mossul Musul | Мосул Мосула Мосулу Мосуле | מוסול",
        "البصرة | بصره | بەسرە | Basra Basrah Bassora Bassorah Basora | Басра Басры Басре | בצרה",
        "أربيل | اربیل | هەولێر | Erbil Arbil Irbil Hewlêr | Эрбиль Эрбиля Эрбиле | ארביל",
        "الرياض | Riyadh",
        "مسقط | Muscat Mascate Maskat | Маскат Маската Маскате | מוסקט",
        "الخرطوم | خارطوم | Khartoum Khartum Jartum Hartum | Хартум Хартума Хартуме | חרטום",
        "طرابلس | Tripoli Trablus | Триполи | טריפולי",
        "الجزائر | الجزایر | جەزائیر | Algeria Algérie Algerien Argelia Cezayir Algiers | Алжир Алжира Алжире | אלג'יריה",
        "مكة | Mecca Mecque Mekka Meca Mekke | Мекка Мекки Мекке",
        "الخليل | Hebron Hébron Hebrón | Хеврон Хеврона Хевроне | חברון",
        "اللاذقية | لاذقیه | Latakia Lattakia Lattaquié Lazkiye | Латакия Латакии | לטקיה",
        "سرت | Sirte Syrte Sirt | Сирт Сирта Сирте | סירת",
        "جدة | جده جەددە | Jeddah Jedda Djeddah Djedda Dschidda Cidde Yeda Gedda | Джидда Джидды Джидде Джидду | ג'דה",
        "مأرب | Marib Mareb Ma'rib | Мариб Мариба Марибе",
        "الحديدة | Hodeidah Hodeida Hodeïda Hudaydah Hudaida Hudeidah Hudeyde | Ходейда Ходейды Ходейде Ходейду | חודיידה",
        "النبطية | نبطیه | Nabatieh Nabatiyeh Nabatiya Nabatiyah Nabatiye Nabatié | Набатия Набатии Набатию",
        "جنين | جنین | Jenin Jénine Djénine Dschenin Yenín Cenin | Дженин Дженина Дженине | ג'נין",
        "تدمر | Palmyra Palmyre Palmira | Пальмира Пальмиры Пальмире",
        "أريحا | Jericho Jéricho Jericó | Иерихон | יריחו",
        "مصر | میسر | Egypt Égypte Ägypten Egipto Egitto Mısır | Египет Египта Египту Египте | מצרים",
        "الأردن | اردن | ئوردن | Jordan Jordanie Jordanien Jordania Giordania Ürdün | Иордания Иордании Иорданию | ירדן",
        "لبنان | لوبنان | Lebanon Liban Libanon Líbano Libano Lübnan | Ливан Ливана Ливану Ливане | לבנון",
        "السعودية | عربستان | سعوودیە | Saudi Saoudite Arabistan | Саудовская Саудовской | סעודיה הסעודית",
        "الإمارات | امارات | ئیمارات | Emirates Émirats Emirate Emiratos Emirati | Эмираты Эмиратов | אמירויות האמירויות",
        "تركيا | ترکیه | تورکیا | Turkey Turquie Türkei Turquía Turchia Türkiye | Турция Турции Турцию | טורקיה תורכיה",
        "روسيا | روسیه | ڕووسیا | Russia Russie Russland Rusia Rusya | Россия России Россию | רוסיה",
        "الصين | چین | China Chine | Китай Китая Китаю Китае | סין",
        "الهند | هند | هیندستان | India Indien Hindistan | Индия Индии Индию | הודו",
        "ألمانيا | آلمان | ئەڵمانیا | Germany Allemagne Deutschland Alemania Germania Almanya | Германия Германии Германию | גרמניה",
        "فرنسا | فرانسه | فەرەنسا | France Frankreich Francia Fransa | Франция Франции Францию | צרפת",
        "إسبانيا | اسپانیا | Spain Espagne Spanien España Spagna İspanya | Испания Испании Испанию | ספרד",
        "اليونان | یونان | یۆنان | Greece Grèce Griechenland Grecia Yunanistan | Греция Греции Грецию | יוון",
        "قبرص | قوبروس | Cyprus Chypre Zypern Chipre Kıbrıs | Кипр Кипра Кипре | קפריסין",
        "المغرب | مراکش | Morocco Maroc Marokko Marruecos Marocco | Марокко | מרוקו",
        "النمسا | اتریش | نەمسا | Austria Autriche Österreich Avusturya | Австрия Австрии Австрию | אוסטריה",
        "المجر | مجارستان | Hungary Hongrie Ungarn Hungría Ungheria Macaristan | Венгрия Венгрии Венгрию | הונגריה",
        "السويد | سوئد | Sweden Suède Schweden Suecia Svezia İsveç | Швеция Швеции Швецию | שוודיה",
        "إسرائيل | اسرائیل | ئیسرائیل | Israel Israël Israele İsrail | Израиль Израиля Израилю | ישראל",
    ];

    /// <summary>
    /// Countries whose names alone no sound leads to, being too short, or other names altogether; inside longer names sound does.
    /// </summary>
    public static readonly string[] Countries =
    [
        "إيران | ایران | ئێران | Iran Irán İran | Иран Ирана Ирану Иране Ираном | איראן",
        "العراق | عێراق | Iraq Irak | Ирак Ирака Ираку Ираке Ираком | עיראק",
        "سوريا | سورية سوریه | سووریا | Syria Syrie Syrien Siria Suriye | Сирия Сирии Сирию Сирией | סוריה",
        "اليمن | یەمەن | Yemen Yémen Jemen | Йемен Йемена Йемену Йемене | תימן",
        "ليبيا | لیبیا | Libya Libye Libyen Libia | Ливия Ливии Ливию | לוב",
        "قطر | قەتەر | Qatar Katar | Катар Катара Катару Катаре | קטאר",
        "تونس | Tunisia Tunisie Tunesien Túnez Tunus Tunis | Тунис Туниса Тунисе | תוניסיה",
        "أوكرانيا | اوکراین ئۆکرانیا | Ukraine Ucrania Ucraina Ukrayna | Украина Украины Украину Украине | אוקראינה",
        "الصومال | Somalia Somalie | Сомали | סומליה",
        "اليابان | ژاپن | Japan Japon Japón Giappone Japonya | Япония Японии Японию | יפן",
        "إيطاليا | ایتالیا | Italy Italie Italien Italia İtalya | Италия Италии Италию | איטליה",
        "بريطانيا | بریتانیا | Britain Britanya | Британия Британии Британию | בריטניה",
        "أرمينيا | ارمنستان | Armenia Arménie Armenien Ermenistan | Армения Армении Армению | ארמניה",
        "أميركا أمريكا | آمریکا ئەمریکا | America Amérique Amerika América | Америка Америки Америке Америку | אמריקה",
        "رفح | Rafah | Рафах | רפיח",
    ];

    /// <summary>Ruling families, whose آل other scripts write as they write the article.</summary>
    public static readonly string[] Houses =
    [
        "آل سعود | Al Saud; Al Saoud | Аль Сауд | אל סעוד",
        "آل ثاني; آل ثانی | Al Thani | Аль Тани | אל ת'אני",
        "آل نهيان; آل نهیان | Al Nahyan; Al Nahayan | Аль Нахайян | אל נהיאן",
        "آل مكتوم; آل مکتوم | Al Maktoum; Al Maktum | Аль Мактум | אל מכתום",
        "آل خليفة; آل خلیفه | Al Khalifa; Al Khalifah | Аль Халифа | אל ח'ליפה",
        "آل الصباح; آل صباح | Al Sabah | Ас Сабах | אל סבאח",
    ];

    // Folded names that are other words as well: rumours spread (سرت), a grandmother, aims, tenderness, Nabataean, "stand".
    static readonly HashSet<string> Words = ["سرت", "جده", "مارب", "الرقه", "النبطيه", "تعز", "قم"];

    // What stands before a place, besides the nouns of places that other languages translate.
    static readonly HashSet<string> Before =
    [
        "في", "من", "الي", "علي", "نحو", "قرب", "شمال", "جنوب", "شرق", "غرب", "شمالي", "جنوبي", "شرقي", "غربي", "وسط", "داخل", "خارج",
        "باتجاه", "بين", "مدينه", "بمدينه", "لمدينه", "بمحافظه", "سكان", "اهالي", "ابناء", "ضواحي", "اطراف", "مشارف", "ريف", "شوارع",
        "احياء", "معركه", "معارك", "تحرير", "سقوط", "حصار", "قصف", "محافظ", "مطار", "ميناء", "بلده", "منطقه",
    ];

    static readonly HashSet<string> Names = Lines.Concat(Countries)
        .SelectMany(line => line.Split([' ', '|'], StringSplitOptions.RemoveEmptyEntries))
        .Select(name => NormalisedText.Of(name).Text).ToHashSet(StringComparer.Ordinal);

    /// <summary>A folded name of a place, in any language.</summary>
    public static bool Contains(string folded) => Names.Contains(folded);

    /// <summary>A place's folded name that is more often another word.</summary>
    public static bool IsWord(ReadOnlySpan<char> folded) =>
        folded.Length < 8 && Words.GetAlternateLookup<ReadOnlySpan<char>>().Contains(folded);

    /// <summary>A word after which a name is a place's.</summary>
    public static bool StandsBefore(ReadOnlySpan<char> folded) =>
        Before.GetAlternateLookup<ReadOnlySpan<char>>().Contains(folded) || Concepts.Contains(folded);

    static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> HouseSpans = Houses
        .SelectMany(line => line.Split('|', ';')).Select(name => NormalisedText.Of(name).Text.Split(' '))
        .Where(words => words is ["al", _]).Select(words => words[1]).ToHashSet(StringComparer.Ordinal)
        .GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>A ruling family's folded Latin name, before which Al is its house and not the article.</summary>
    public static bool IsHouse(ReadOnlySpan<char> folded) => HouseSpans.Contains(folded);
}
