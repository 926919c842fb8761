namespace TextEngine.NearDuplicates;

/// <summary>What a word is to the comparison of articles.</summary>
enum WordKind : byte
{
    /// <summary>Any other word.</summary>
    Plain,

    /// <summary>Starts with a capital Latin letter, so perhaps a name.</summary>
    Capital,

    /// <summary>A function word, too common to tell articles apart.</summary>
    Function,

    /// <summary>A news agency; credits say nothing about the text.</summary>
    Agency,

    /// <summary>A weekday or a month.</summary>
    Date,

    /// <summary>Has a digit.</summary>
    Figure,
}

/// <summary>The few words of Arabic, Persian and English that the comparison treats apart.</summary>
static class Lexicon
{
    const int Slots = 2048;

    const string Dates = """
        الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد
        يناير فبراير مارس أبريل إبريل نيسان أيار مايو يونيو حزيران يوليو تموز أغسطس آب سبتمبر أيلول أكتوبر تشرين نوفمبر ديسمبر كانون شباط آذار
        محرم صفر رجب شعبان رمضان شوال
        دوشنبه سه‌شنبه چهارشنبه پنجشنبه پنج‌شنبه جمعه شنبه یکشنبه یک‌شنبه
        فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند
        ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر
        Monday Tuesday Wednesday Thursday Friday Saturday Sunday
        January February March April June July August September October November December Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec
        """;

    const string Agencies = """
        رويترز أسوشيتد أسوشييتد برس فرانس الأناضول واع سانا وام واس كونا بترا سبوتنيك شينخوا
        ایسنا ایرنا تسنیم مهرنیوز ایلنا رویترز
        Reuters AFP AP Xinhua UPI TASS Anadolu IRNA ISNA SANA
        """;

    const string FunctionWords = """
        في من على إلى عن مع أن إن التي الذي الذين هذا هذه ذلك تلك كان كانت ما لا لم لن قد كل بعد قبل بين خلال حيث كما أو ثم هو هي هم غير أي عند منذ
        حول بعض أكثر وقد وقال قال وأضاف أضاف وأكد أكد عبر دون ضد إذا لكن عام اليوم أمس يوم حتى فيما وفي ومن وعلى بأن وأن أنه أنها بها به له لها فيه فيها
        منها منه عليه عليها نحو أمام تحت فوق مثل لدى سوف ليس أيضا وذلك وهو وهي وكان وكانت بشكل جدا يكون تكون هناك
        در از به که این آن با را برای است بود شد می شود کرد کرده شده خود تا هم نیز یا اما اگر بر هر چه یک دو وی او آنها ما شما پس باید دارد دارند گفت افزود
        روی بین مورد پیش پس همچنین های ها هایی ای نمی خواهد کند کنند دیگر چند بسیار بیش حال همه
        the of and to in a is that for on with as was at by it be from are this have has had not but or an its their his her were will would said who
        which they he she we you after before over more than also been about into when there out up one two other some new last first if no so
        """;

    static readonly (ulong Hash, WordKind Kind)[] Table = Build();

    public static WordKind KindOf(ulong hash)
    {
        for (var slot = (int)(hash % Slots); ; slot = (slot + 1) % Slots)
        {
            var (stored, kind) = Table[slot];
            if (stored == hash || stored == 0)
            {
                return kind;
            }
        }
    }

    static (ulong, WordKind)[] Build()
    {
        var table = new (ulong Hash, WordKind Kind)[Slots];
        foreach (var (words, kind) in new[] { (Dates, WordKind.Date), (Agencies, WordKind.Agency), (FunctionWords, WordKind.Function) })
        {
            foreach (var word in words.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries))
            {
                var hash = WordReader.HashOf(word);
                var slot = (int)(hash % Slots);
                while (table[slot].Hash != 0 && table[slot].Hash != hash)
                {
                    slot = (slot + 1) % Slots;
                }

                if (table[slot].Hash == 0)
                {
                    table[slot] = (hash, kind);
                }
            }
        }

        return table;
    }
}
