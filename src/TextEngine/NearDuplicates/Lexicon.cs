using TextEngine.Normalisation;

namespace TextEngine.NearDuplicates;

/// <summary>What a word is to the comparison of articles.</summary>
enum WordKind : byte
{
    /// <summary>Any other word.</summary>
    Plain,

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
    const int SlotBits = 11, Slots = 1 << SlotBits;

    const string Dates = """
        الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد
        يناير فبراير مارس أبريل إبريل نيسان أيار مايو يونيو حزيران يوليو تموز أغسطس آب سبتمبر أيلول أكتوبر تشرين نوفمبر ديسمبر كانون
        شباط آذار
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
        في من على إلى عن مع أن إن التي الذي الذين هذا هذه ذلك تلك كان كانت ما لا لم لن قد كل بعد قبل بين خلال حيث كما أو ثم هو هي هم غير
        أي عند منذ
        حول بعض أكثر وقد وقال قال وأضاف أضاف وأكد أكد عبر دون ضد إذا لكن عام اليوم أمس يوم حتى فيما وفي ومن وعلى بأن وأن أنه أنها بها به
        له لها فيه فيها
        منها منه عليه عليها نحو أمام تحت فوق مثل لدى سوف ليس أيضا وذلك وهو وهي وكان وكانت بشكل جدا يكون تكون هناك
        در از به که این آن با را برای است بود شد می شود کرد کرده شده خود تا هم نیز یا اما اگر بر هر چه یک دو وی او آنها ما شما پس باید
        دارد دارند گفت افزود
        روی بین مورد پیش پس همچنین های ها هایی ای نمی خواهد کند کنند دیگر چند بسیار بیش حال همه
        the of and to in a is that for on with as was at by it be from are this have has had not but or an its their his her were will
        would said who
        which they he she we you after before over more than also been about into when there out up one two other some new last first if
        no so
        """;

    // A slot holds a word's hash with its kind in the three lowest bits: one look-up touches eight bytes of a table that stays in cache.
    static readonly ulong[] Table = Build();

    public static WordKind KindOf(ulong hash)
    {
        var table = Table;
        var slot = Home(hash);
        while (table[slot] is var stored and not 0)
        {
            if ((stored ^ hash) < 8)
            {
                return (WordKind)(stored & 7);
            }

            slot = (slot + 1) % Slots;
        }

        return WordKind.Plain;
    }

    static int Home(ulong hash) => (int)(((hash & ~7UL) * 0x9E3779B97F4A7C15) >> (64 - SlotBits));

    static ulong[] Build()
    {
        var table = new ulong[Slots];
        var reader = new WordReader();
        foreach (var (words, kind) in new[] { (Dates, WordKind.Date), (Agencies, WordKind.Agency), (FunctionWords, WordKind.Function) })
        {
            reader.Read(words);
            foreach (var word in reader.Words)
            {
                var slot = Home(word.Hash);
                while (table[slot] != 0 && (table[slot] ^ word.Hash) >= 8)
                {
                    slot = (slot + 1) % Slots;
                }

                if (table[slot] == 0)
                {
                    table[slot] = (word.Hash & ~7UL) | (ulong)kind;
                }
            }
        }

        return table;
    }
}
