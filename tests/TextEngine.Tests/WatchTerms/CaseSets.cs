using TextEngine.WatchTerms;

namespace TextEngine.Tests.WatchTerms;

/// <summary>The watches that the sets of cases.txt are matched against.</summary>
static class CaseSets
{
    public static Dictionary<string, WatchSet> All { get; } = new()
    {
        ["owner"] = WatchSet.Compile(Watches.Owner),
        ["arabic"] = WatchSet.Compile(
        [
            new() { Id = "qaani", Terms = ["قاآني", "إسماعيل قاآني"], Context = ["فيلق القدس", "الحرس الثوري"] },
            new() { Id = "quds-force", Terms = ["فيلق القدس"] },
            new() { Id = "kataib-hezbollah", Terms = ["كتائب حزب الله"] },
        ]),
        ["latin"] = WatchSet.Compile(
        [
            new() { Id = "qaani", Terms = ["Qaani", "Esmail Qaani"], Context = ["Quds Force", "IRGC"] },
            new() { Id = "quds-force", Terms = ["Quds Force"] },
            new() { Id = "kataib-hezbollah", Terms = ["Kataib Hezbollah"] },
        ]),
        ["others"] = WatchSet.Compile(
        [
            new() { Id = "nasrallah", Terms = ["حسن نصر الله"] },
            new() { Id = "houthis", Terms = ["الحوثيون", "الحوثيين", "الحوثي"] },
            new() { Id = "asaib", Terms = ["عصائب أهل الحق"] },
            new() { Id = "hashd", Terms = ["الحشد الشعبي"] },
            new() { Id = "germany", Terms = ["ألمانيا"] },
            new() { Id = "hamas", Terms = ["حماس"] },
            new() { Id = "google", Terms = ["Google", "غوغل"] },
            new() { Id = "un", Terms = ["الأمم المتحدة، جنيف"] },
            new() { Id = "irgc", Terms = ["IRGC"] },
            new() { Id = "quds-zh", Terms = ["圣城旅"] },
            new() { Id = "hez-el", Terms = ["Χεζμπολάχ"] },
            new() { Id = "hez-ja", Terms = ["ヒズボラ"] },
        ]),
        ["contract"] = WatchSet.Compile(
        [
            new() { Id = "qaani", Terms = ["قاآني", "إسماعيل قاآني", "Qaani", "Esmail Ghaani"],
                Context = ["فيلق القدس", "الحرس الثوري", "IRGC"], Not = ["أحمر قاني"] },
            new() { Id = "quds-force", Terms = ["فيلق القدس", "Quds Force"] },
            new() { Id = "kataib-hezbollah", Terms = ["كتائب حزب الله", "Kataib Hezbollah"] },
            new() { Id = "qaani-in-baghdad", Query = "(قاآني OR Qaani) NEAR/30 (بغداد OR Baghdad) NOT title:رياضة" },
        ]),
        ["arabic-only"] = WatchSet.Compile(
        [
            new() { Id = "qaani", Terms = ["قاآني"], Context = ["فيلق القدس", "الحرس الثوري"] },
            new() { Id = "quds-force", Terms = ["فيلق القدس"] },
            new() { Id = "kataib-hezbollah", Terms = ["كتائب حزب الله"] },
        ]),
        ["latin-only"] = WatchSet.Compile(
        [
            new() { Id = "qaani", Terms = ["Qaani"], Context = ["Quds Force", "IRGC"] },
            new() { Id = "quds-force", Terms = ["Quds Force"] },
            new() { Id = "kataib-hezbollah", Terms = ["Kataib Hezbollah"] },
        ]),
        ["people-arabic"] = WatchSet.Compile(
        [
            new() { Id = "nasrallah", Terms = ["حسن نصر الله"] },
            new() { Id = "haniyeh", Terms = ["إسماعيل هنية"] },
            new() { Id = "houthi-leader", Terms = ["عبد الملك الحوثي"] },
            new() { Id = "asaib", Terms = ["عصائب أهل الحق"] },
            new() { Id = "nujaba", Terms = ["حركة النجباء"] },
            new() { Id = "hashd", Terms = ["الحشد الشعبي"] },
            new() { Id = "sudani", Terms = ["محمد شياع السوداني"] },
            new() { Id = "irgc", Terms = ["الحرس الثوري"] },
            new() { Id = "khazali", Terms = ["قيس الخزعلي"] },
            new() { Id = "soleimani", Terms = ["قاسم سليماني"] },
            new() { Id = "hamas", Terms = ["حماس"] },
            new() { Id = "muhandis", Terms = ["أبو مهدي المهندس"] },
            new() { Id = "barzani", Terms = ["مسعود بارزاني"] },
        ]),
        ["people-latin"] = WatchSet.Compile(
        [
            new() { Id = "sadr", Terms = ["Muqtada al-Sadr"] },
            new() { Id = "amiri", Terms = ["Hadi al-Amiri"] },
            new() { Id = "fadak", Terms = ["Abu Fadak"] },
            new() { Id = "kss", Terms = ["Kata'ib Sayyid al-Shuhada"] },
            new() { Id = "houthi", Terms = ["Houthi", "Houthis"] },
            new() { Id = "hamas", Terms = ["Hamas"] },
            new() { Id = "irgc", Terms = ["IRGC", "Islamic Revolutionary Guard Corps"] },
            new() { Id = "pij", Terms = ["Islamic Jihad"] },
            new() { Id = "khamenei", Terms = ["Khamenei"] },
            new() { Id = "araghchi", Terms = ["Abbas Araghchi"] },
            new() { Id = "netanyahu", Terms = ["Netanyahu"] },
            new() { Id = "nasrallah", Terms = ["Hassan Nasrallah"] },
        ]),
        ["persian"] = WatchSet.Compile(
        [
            new() { Id = "qalibaf", Terms = ["محمدباقر قالیباف"] },
            new() { Id = "sepah", Terms = ["سپاه پاسداران"] },
            new() { Id = "hajizadeh", Terms = ["امیرعلی حاجی‌زاده"] },
            new() { Id = "raisi", Terms = ["ابراهیم رئیسی"] },
            new() { Id = "ghaani", Terms = ["اسماعیل قاآنی"], Context = ["سپاه"] },
            new() { Id = "fatemiyoun", Terms = ["لشکر فاطمیون"] },
            new() { Id = "hezb", Terms = ["حزب‌الله لبنان"] },
        ]),
        ["queries"] = WatchSet.Compile(
        [
            new() { Id = "near", Query = "\"كتائب حزب الله\" NEAR/6 (سفارة OR السفارة)" },
            new() { Id = "tilde", Query = "\"ميليشيا بغداد\"~4" },
            new() { Id = "prefix", Query = "مسير* AND العراق" },
            new() { Id = "fuzzy", Query = "Najaf~ AND NOT Kufa" },
            new() { Id = "exact", Query = "=Sadr" },
            new() { Id = "title", Query = "title:(عاجل OR urgent) AND انفجار" },
            new() { Id = "source", Query = "source:shafaq AND مطار" },
            new() { Id = "lang", Query = "lang:fa AND تهران" },
            new() { Id = "nested", Query = "(drone OR missile) AND NOT (test OR (exercise AND NOT live))" },
            new() { Id = "terms-query", Terms = ["البصرة"], Not = ["طريق البصرة"], Query = "Basra AND port" },
            new() { Id = "ctx", Terms = ["سلام"], Context = ["رئيس الحكومة"], Not = ["سلام عليكم"] },
        ]),
        ["few-terms"] = WatchSet.Compile(
        [
            new() { Id = "qaani", Terms = ["قاآني", "Qaani"], Context = ["فيلق القدس", "الحرس الثوري", "Quds Force", "سليماني"],
                Not = ["أحمر قاني", "شارع قاآني"] },
            new() { Id = "quds-force", Terms = ["فيلق القدس"], Not = ["شارع فيلق القدس"] },
            new() { Id = "kataib-hezbollah", Terms = ["كتائب حزب الله", "Kata'ib Hezbollah"], Not = ["حزب الكتائب وحزب الله"] },
        ]),
        ["both-scripts"] = WatchSet.Compile(
        [
            new() { Id = "sinwar", Terms = ["يحيى السنوار", "Yahya Sinwar"] },
            new() { Id = "shamkhani", Terms = ["علي شمخاني", "Ali Shamkhani"] },
            new() { Id = "kaabi", Terms = ["أكرم الكعبي", "Akram al-Kaabi"] },
            new() { Id = "fayyadh", Terms = ["فالح الفياض", "Falih al-Fayyadh"] },
            new() { Id = "kildani", Terms = ["ريان الكلداني", "Rayan al-Kildani"] },
            new() { Id = "qassem", Terms = ["نعيم قاسم", "Naim Qassem"] },
            new() { Id = "sharaa", Terms = ["أحمد الشرع", "أبو محمد الجولاني", "Ahmed al-Sharaa", "Abu Mohammad al-Jolani"] },
            new() { Id = "salami", Terms = ["حسين سلامي", "Hossein Salami"] },
            new() { Id = "peace", Terms = ["سرايا السلام", "Saraya al-Salam"] },
            new() { Id = "imam-ali", Terms = ["كتائب الإمام علي", "Kata'ib al-Imam Ali"] },
            new() { Id = "dawa", Terms = ["حزب الدعوة", "Dawa Party"] },
            new() { Id = "ansar", Terms = ["أنصار الله", "Ansar Allah"] },
            new() { Id = "qassam", Terms = ["كتائب القسام", "Qassam Brigades"] },
            new() { Id = "mossad", Terms = ["الموساد", "Mossad"] },
            new() { Id = "pkk", Terms = ["حزب العمال الكردستاني", "PKK"] },
            new() { Id = "kadhimi", Terms = ["الكاظمي", "Kadhimi"] },
            new() { Id = "hikma", Terms = ["تيار الحكمة", "Hikma Movement"] },
            new() { Id = "badr", Terms = ["منظمة بدر", "Badr Organization"] },
        ]),
        ["more-queries"] = WatchSet.Compile(
        [
            new() { Id = "a", Query = "(قاآني OR قائد) NEAR/5 (بغداد OR النجف)" },
            new() { Id = "b", Query = "\"Popular Mobilization\" AND (drone* OR rocket*)" },
            new() { Id = "c", Query = "title:(بغداد NEAR/3 انفجار)" },
            new() { Id = "d", Query = "NOT lang:fa AND =IRGC" },
            new() { Id = "e", Query = "\"Erbil airport attack\"~6 NOT (exercise OR \"false alarm\")" },
            new() { Id = "f", Query = "Sistani~ AND source:\"al jazeera\"" },
            new() { Id = "g", Query = "(مجلس AND (نواب OR وزراء)) AND NOT (لبنان OR (كويت AND NOT عراق))" },
            new() { Id = "h", Query = "عراق* AND title:نفط" },
            new() { Id = "i", Query = "كردستان~" },
            new() { Id = "j", Query = "\"البيت الأبيض\" NEAR/10 (\"كتائب حزب الله\" OR \"عصائب أهل الحق\")" },
        ]),
        ["common-name"] = WatchSet.Compile(
        [
            new() { Id = "qaani", Terms = ["إسماعيل قاآني", "قاآني", "Esmail Qaani"],
                Context = ["الحرس الثوري", "فيلق القدس", "Quds Force", "IRGC"] },
            new() { Id = "quds-force", Terms = ["فيلق القدس", "قوة القدس الإيرانية", "Quds Force"] },
            new() { Id = "kataib-hezbollah", Terms = ["كتائب حزب الله", "Kataib Hezbollah"] },
            new() { Id = "soleimani", Terms = ["قاسم سليماني", "سليماني", "Qassem Soleimani"],
                Context = ["فيلق القدس", "الحرس الثوري", "Quds Force", "المهندس"], Not = ["سليماني الجنسية"] },
        ]),
        ["single-words"] = WatchSet.Compile(
        [
            new() { Id = "sadr", Terms = ["الصدر", "Sadr"], Context = ["التيار الصدري", "مقتدى", "النجف"],
                Not = ["صدر الدين", "مدينة الصدر"] },
            new() { Id = "maliki", Terms = ["نوري المالكي", "المالكي"], Context = ["دولة القانون", "الإطار التنسيقي"] },
            new() { Id = "isis", Terms = ["داعش", "تنظيم الدولة الإسلامية", "ISIS", "Daesh"] },
            new() { Id = "erbil", Terms = ["أربيل", "Erbil"] },
            new() { Id = "basra", Terms = ["البصرة"] },
            new() { Id = "barzani", Terms = ["نيجيرفان بارزاني", "مسرور بارزاني"] },
            new() { Id = "blinken", Terms = ["أنتوني بلينكن", "Antony Blinken"] },
            new() { Id = "idf", Terms = ["الجيش الإسرائيلي", "IDF", "Israeli army"] },
            new() { Id = "nuclear", Terms = ["البرنامج النووي", "nuclear program"] },
            new() { Id = "hormuz", Terms = ["مضيق هرمز", "Strait of Hormuz"] },
        ]),
        ["latin-names"] = WatchSet.Compile(
        [
            new() { Id = "soleimani", Terms = ["Soleimani"], Context = ["Quds Force"] },
            new() { Id = "qaani", Terms = ["Esmail Qaani"] },
            new() { Id = "kh", Terms = ["Kataib Hezbollah", "KH"] },
            new() { Id = "nujaba", Terms = ["Harakat al-Nujaba"] },
            new() { Id = "asaib", Terms = ["Asaib Ahl al-Haq"] },
            new() { Id = "raisi", Terms = ["Ebrahim Raisi"] },
            new() { Id = "sistani", Terms = ["Ali al-Sistani", "Sistani"] },
            new() { Id = "kaabi", Terms = ["Akram al-Kaabi"] },
            new() { Id = "najaf", Terms = ["Najaf"] },
            new() { Id = "assad", Terms = ["Bashar al-Assad"] },
            new() { Id = "zarif", Terms = ["Javad Zarif"] },
        ]),
    };
}
