namespace FeedParser.Dates;

/// <summary>Month names of the languages whose newsrooms write dates in them; compared without case, accents kept.</summary>
static class Months
{
    // A line per language; the position gives the month, a slash separates spellings.
    static readonly string[] Gregorian =
    [
        "january/jan february/feb march/mar april/apr may june/jun july/jul august/aug september/sep/sept october/oct " +
            "november/nov december/dec",
        "يناير فبراير مارس أبريل/ابريل/إبريل مايو يونيو/يونيه يوليو/يوليه أغسطس/اغسطس سبتمبر أكتوبر/اكتوبر نوفمبر ديسمبر",
        "كانون_الثاني شباط آذار/اذار نيسان أيار/ايار حزيران تموز آب/اب أيلول/ايلول تشرين_الأول/تشرين_الاول تشرين_الثاني " +
            "كانون_الأول/كانون_الاول",
        "جانفي فيفري مارس أفريل/افريل ماي جوان جويلية أوت/اوت سبتمبر أكتوبر نوفمبر ديسمبر",
        "ژانویه فوریه مارس آوریل مه/می ژوئن/ژوئن ژوئیه/جولای اوت/آگوست سپتامبر اکتبر نوامبر دسامبر",
        "janvier/janv/jan février/fevrier/févr/fév/fev mars/mar avril/avr mai juin juillet/juil août/aout/aoû septembre/sept " +
            "octobre/oct novembre/nov décembre/decembre/déc/dec",
        "januar/jän/jänner februar/feb märz/mär/mrz april mai juni juli august september oktober/okt november dezember/dez",
        "enero/ene febrero/feb marzo/mar abril/abr mayo/may junio/jun julio/jul agosto/ago septiembre/sep/setiembre " +
            "octubre/oct noviembre/nov diciembre/dic",
        "gennaio/gen febbraio/feb marzo/mar aprile/apr maggio/mag giugno/giu luglio/lug agosto/ago settembre/set ottobre/ott " +
            "novembre/nov dicembre/dic",
        "janeiro/jan fevereiro/fev março/mar abril/abr maio/mai junho/jun julho/jul agosto/ago setembro/set outubro/out " +
            "novembro/nov dezembro/dez",
        "ocak/oca şubat/şub mart/mar nisan/nis mayıs/may haziran/haz temmuz/tem ağustos/ağu eylül/eyl ekim/eki kasım/kas aralık/ara",
        "января/янв февраля/фев марта/мар апреля/апр мая/май июня/июн июля/июл августа/авг сентября/сен/сент октября/окт " +
            "ноября/ноя декабря/дек",
        "ιαν/ιανουαρίου/ιανουάριος φεβ/φεβρουαρίου/φεβρουάριος μάρ/μαρ/μαρτίου/μάρτιος/μάώ/μαώ απρ/απριλίου/απρίλιος " +
            "μάι/μαϊ/μαΐ/μαι/μαΐου/μάιος " +
            "ιούν/ιουν/ιουνίου/ιούνιος/ιον ιούλ/ιουλ/ιουλίου/ιούλιος/ιολ αύγ/αυγ/αυγούστου/αύγουστος σεπ/σεπτ/σεπτεμβρίου/σεπτέμβριος " +
            "οκτ/οκτωβρίου/οκτώβριος νοέ/νοε/νοεμ/νοεμβρίου/νοέμβριος δεκ/δεκεμβρίου/δεκέμβριος",
        "január/jan február/febr/feb/februári március/márc április/ápr/április május/máujus/máj június/jún július/júl augusztus/aug " +
            "szeptember/szept október/okt november/nov december/dec",
        "1월 2월 3월 4월 5월 6월 7월 8월 9월 10월 11월 12월",
    ];

    const string Jalali = "فروردین/فروردين اردیبهشت/ارديبهشت خرداد تیر/تير مرداد/امرداد شهریور/شهريور مهر آبان/ابان آذر دی/دي بهمن اسفند";

    const string Hijri = "محرم/المحرم صفر ربيع_الأول/ربيع_الاول/ربيع_أول ربيع_الآخر/ربيع_الثاني/ربيع_الاخر " +
        "جمادى_الأولى/جمادى_الاولى/جمادي_الأولى " +
        "جمادى_الآخرة/جمادى_الثانية/جمادى_الاخرة/جمادي_الآخرة رجب شعبان رمضان شوال ذو_القعدة/ذي_القعدة/ذوالقعدة ذو_الحجة/ذي_الحجة/ذوالحجة";

    /// <summary>Month names to 1..12 (Gregorian), 21..32 (Jalali) or 41..52 (Hijri).</summary>
    public static readonly Dictionary<string, int> Numbers = Load();

    static Dictionary<string, int> Load()
    {
        var numbers = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in Gregorian)
        {
            Add(numbers, line, 1);
        }

        Add(numbers, Jalali, 21);
        Add(numbers, Hijri, 41);
        return numbers;
    }

    static void Add(Dictionary<string, int> numbers, string line, int first)
    {
        foreach (var (position, names) in line.Split(' ').Index())
        {
            foreach (var name in names.Split('/'))
            {
                numbers.TryAdd(name.Replace('_', ' '), first + position);
            }
        }
    }
}
