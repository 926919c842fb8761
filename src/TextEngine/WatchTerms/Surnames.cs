namespace TextEngine.WatchTerms;

/// <summary>
/// Names of people that languages write their own way, further from one another than sounds lead: أوجلان, Öcalan, Оджалан.
/// </summary>
static class Surnames
{
    /// <summary>A line for each name; spellings of one script are separated by spaces, scripts by a bar.</summary>
    public static readonly string[] Lines =
    [
        "القذافي | Gaddafi Kadhafi Qaddafi Kaddafi Gadhafi Qadhafi Gheddafi Gadafi | Каддафи | קדאפי | قذافی",
        "أردوغان | Erdogan Erdoğan | Эрдоган Эрдогана Эрдогану Эрдоганом | ארדואן ארדוגן | ئەردۆغان اردوغان",
        "أوجلان | Öcalan Ocalan | Оджалан Оджалана Оджалану | אוג'לאן אוצ'לאן | ئۆجەلان ئۆجالان اوجالان",
        "خاشقجي | Khashoggi Kashoggi Kaşıkçı Chaschuqdschi Khashoqji | Хашогги Хашукджи | חאשוקג'י | خاشقچی",
        "حميدتي | Hemedti Hemeti Hemetti Hemmeti Hemeidti | Хемедти | חמידתי",
        "جعجع | Geagea Geaga Jaajaa Ja'ja' | Джааджаа | געגע",
        "غانتس | Gantz | Ганц Ганца Ганцу | גנץ | گانتز گانتس",
        "سموتريتش | Smotrich | Смотрич Смотрича | סמוטריץ סמוטריץ' | اسموتریچ",
        "نتنياهو | Netanyahu Nétanyahou Netanyahou Netanjahu Netaniahu | Нетаньяху | נתניהו | نتانیاهو نەتانیاهۆ",
        "زيلينسكي | Zelensky Zelenskyy Zelenskiy Zelenski Selenskyj Selenski | Зеленский Зеленского Зеленскому Зеленским Зеленском Зеленський Зеленського | "
            + "זלנסקי | زلنسکی زێلێنسکی",
        "فلاديمير فولوديمير | Volodymyr Vladimir Wolodymyr Wladimir Volodimir | Владимир Владимира Володимир Володимира | וולודימיר ולדימיר | ولادیمیر ولودیمیر",
        "بوتين | Putin | Путин Путина Путину Путиным Путине | פוטין | پوتین",
        "ترامب ترمب | Trump | Трамп Трампа Трампу Трампом Трампе | טראמפ | ترامپ ترەمپ",
    ];
}
