using System.Collections.Frozen;

namespace NewsMonitor.Pages;

/// <summary>The interface's own texts. A key is its English text, but for the few that <see cref="Named"/> holds.</summary>
static partial class Words
{
    /// <summary>Texts whose key says more than they do: in English and Arabic.</summary>
    public static readonly FrozenDictionary<string, (string English, string Arabic)> Named = new Dictionary<string, (string, string)>
    {
        ["to:New"] = ("Reopen", "إعادة فتح"),
        ["to:Acknowledged"] = ("Acknowledge", "تم الاطلاع"),
        ["to:Investigating"] = ("Investigate", "قيد التحقق"),
        ["to:Confirmed"] = ("Confirm", "تأكيد"),
        ["to:Dismissed"] = ("Dismiss", "استبعاد"),
        ["did:Raised"] = ("raised", "سجل التنبيه"),
        ["did:Status"] = ("status", "الحالة"),
        ["did:Assignee"] = ("assigned", "الإسناد"),
        ["did:Note"] = ("note", "ملاحظة"),
        ["did:Grown"] = ("the story grew", "كبرت القصة"),
        ["did:Hits"] = ("new hits", "نتائج جديدة"),
        ["did:Merged"] = ("stories merged", "دمجت قصتان"),
        ["did:Escalated"] = ("escalated", "صعد التنبيه"),
        ["did:Muted"] = ("the story was muted", "أسكتت القصة"),
        ["kind:Email"] = ("Email", "بريد إلكتروني"),
        ["kind:Webhook"] = ("Webhook", "Webhook"),
        ["kind:Slack"] = ("Slack", "Slack"),
        ["kind:Teams"] = ("Teams", "Teams"),
        ["kind:Telegram"] = ("Telegram", "تيليغرام"),
        ["kind:Ntfy"] = ("ntfy", "ntfy"),
        ["route:Sent"] = ("told at once", "أبلغ فورا"),
        ["route:Grouped"] = ("told together with others", "يبلغ مع غيره"),
        ["route:Digest"] = ("in the next digest", "في الملخص التالي"),
        ["route:HeldQuietHours"] = ("after the quiet hours", "بعد ساعات الهدوء"),
        ["route:Escalated"] = ("told, since nobody reacted", "أبلغ لأن أحدا لم يتجاوب"),
        ["route:NotNamed"] = ("not told: the watch names others", "لم يبلغ: المراقبة تسمي غيره"),
        ["route:Silenced"] = ("not told: silenced", "لم يبلغ: فترة صمت"),
        ["route:BelowSeverity"] = ("not told: below the wanted severity", "لم يبلغ: الأهمية دون المطلوب"),
        ["route:Filtered"] = ("not told: the recipient's own filter", "لم يبلغ: تصفية المستلم نفسه"),
        ["route:RecipientDisabled"] = ("not told: switched off", "لم يبلغ: المستلم متوقف"),
        ["route:MutedStory"] = ("not told: the story is muted", "لم يبلغ: القصة مسكتة"),
        ["state:Failing"] = ("It fails now. It is tried again by itself, at most a day later.",
            "تخفق الآن. تعاد المحاولة تلقائيا بعد يوم على الأكثر."),
        ["state:Silent"] = ("It usually publishes and has stopped. Look at the newsroom's site: feeds move.",
            "كانت تنشر ثم توقفت. انظر في موقع غرفة الأخبار، فالخلاصات تنتقل."),
        ["state:Gap"] = ("Items were missed between two looks. It is looked at more often now.",
            "فاتت أخبار بين جلب وآخر، فصارت تجلب أكثر."),
        ["state:Moved"] = ("It leads to another address. That one is taken over once it has held for three days.",
            "تحيل إلى عنوان آخر، ويعتمد بعد ثباته ثلاثة أيام."),
        ["state:Gone"] = ("Its server says that it is gone. It is still looked at now and then; delete it, or give it a new address.",
            "يقول خادمها إنها انتهت. تجلب أحيانا مع ذلك؛ احذفها أو غير عنوانها."),
        ["why:PublicationRate"] = ("by its publication rate", "بحسب وتيرة نشرها"),
        ["why:RhythmUnknown"] = ("its rhythm is not known yet", "لم يعرف إيقاعها بعد"),
        ["why:OwnSchedule"] = ("by its own schedule", "بحسب جدولها الخاص"),
        ["why:OwnInterval"] = ("by its own interval", "بحسب مدتها الخاصة"),
        ["why:Ttl"] = ("its ttl asks for it", "كما تطلب الخلاصة (ttl)"),
        ["why:UpdatePeriod"] = ("its sy:updatePeriod asks for it", "كما تطلب الخلاصة (sy:updatePeriod)"),
        ["why:Freshness"] = ("its server says how long it stays fresh", "كما يحدد خادمها مدة صلاحيتها"),
        ["why:RateAgainstTtl"] = ("by its publication rate, which its ttl does not fit", "بحسب وتيرة نشرها التي لا يوافقها ttl"),
        ["why:RateAgainstUpdatePeriod"] = ("by its publication rate, which its sy:updatePeriod does not fit",
            "بحسب وتيرة نشرها التي لا يوافقها sy:updatePeriod"),
        ["why:ItemsWouldScrollOut"] = ("or items would scroll out unseen", "كي لا تفوت أخبار قبل رؤيتها"),
        ["why:ItemsMissed"] = ("items were missed, so it is sooner", "فاتت أخبار، فصار أقرب"),
        ["why:HubPushes"] = ("a hub pushes its news; this is a safety net", "موزع يدفع أخبارها، وهذا احتياط"),
        ["why:SkippedTimes"] = ("it skips these hours or days", "تستثني الخلاصة هذه الساعات أو الأيام"),
        ["why:Failures"] = ("it failed; the wait grows", "أخفقت، فتطول المهلة"),
        ["why:HostAskedToWait"] = ("its server asked to wait", "طلب خادمها الانتظار"),
        ["why:NetworkInDoubt"] = ("no answer; the network is in doubt", "لا رد، والشبكة موضع شك"),
        ["why:AskedFor"] = ("asked for meanwhile", "طلب جلبها"),
        ["fault:Refused"] = ("its address may not be reached", "عنوانها غير مسموح بالاتصال به"),
        ["fault:Dns"] = ("its name has no address", "تعذر العثور على عنوان خادمها"),
        ["fault:Connection"] = ("no connection", "تعذر الاتصال بخادمها أو انقطع"),
        ["fault:Tls"] = ("its certificate does not hold", "شهادة خادمها غير صالحة"),
        ["fault:Timeout"] = ("no answer in time", "لم يرد خادمها في الوقت المحدد"),
        ["fault:TooSlow"] = ("it comes too slowly", "تصل ببطء يتجاوز الحد"),
        ["fault:TooLarge"] = ("it is too large", "أكبر من الحد المسموح"),
        ["fault:HeadersTooLarge"] = ("its headers are too large", "ترويسات رد خادمها أكبر من الحد"),
        ["fault:Encoding"] = ("its compression is broken", "ضغط محتواها معطوب"),
        ["fault:Protocol"] = ("its server does not speak HTTP", "رد خادمها ليس HTTP سليما"),
        ["fault:CircuitOpen"] = ("its server failed several times and is left alone for a minute", "أخفق خادمها مرات متتالية، فيترك دقيقة"),
        ["fault:Redirect"] = ("its redirects lead nowhere", "إحالات عنوانها كثيرة أو لا تفضي إلى شيء"),
        ["fault:WantsPassword"] = ("it wants a user name and password", "يطلب خادمها اسم مستخدم وكلمة مرور"),
        ["fault:NotLetIn"] = ("the publisher does not let the service in", "لا يسمح الناشر للخدمة بالدخول"),
        ["fault:NotThere"] = ("there is nothing at its address any more", "لم يعد في عنوانها شيء"),
        ["fault:TooManyRequests"] = ("its server says: too many requests", "يقول خادمها إن الطلبات كثيرة"),
        ["fault:NotAvailable"] = ("its server is not available at the moment", "خادمها غير متاح الآن"),
        ["fault:ServerFault"] = ("the publisher's server has a fault", "في خادم الناشر عطل"),
        ["fault:OtherStatus"] = ("its server refuses", "رفض خادمها الطلب"),
        ["fault:NotAFeed"] = ("what came is no feed", "ما وصل ليس خلاصة"),
        ["fault:Ended"] = ("the publisher says that it has ended; it is no longer fetched", "يقول الناشر إنها انتهت، فلم تعد تجلب"),
        ["fault:NoAddress"] = ("its address cannot be read", "عنوانها غير مقروء"),
        ["fault:NotStored"] = ("what it brought could not be stored", "تعذر حفظ ما جلبته"),
        ["refused:400"] = ("Something in the form does not hold; nothing was changed.", "في النموذج ما لا يصح، ولم يتغير شيء."),
        ["refused:403"] = ("Your role does not allow this.", "دورك لا يسمح بهذا."),
        ["refused:404"] = ("It is no longer there.", "لم يعد موجودا."),
        ["refused:409"] = ("Something like it exists already, or its state does not allow this.",
            "يوجد مثله من قبل، أو لم تعد حاله تسمح بهذا."),
        ["refused:412"] = ("Somebody changed it meanwhile. Load the page again and repeat the change.",
            "عدله غيرك في هذه الأثناء. أعد تحميل الصفحة ثم كرر التعديل."),
        ["refused:429"] = ("Too many requests; wait a little.", "طلبات كثيرة؛ انتظر قليلا."),
        ["refused:503"] = ("The database does not answer. Nothing was changed; try again shortly.",
            "قاعدة البيانات لا ترد. لم يتغير شيء؛ أعد المحاولة بعد قليل."),
        ["by:file"] = ("watches.yaml", "watches.yaml"),
        ["by:service"] = ("the service", "الخدمة"),
        ["script:Arabic"] = ("Arabic", "العربية"),
        ["script:Latin"] = ("Latin", "اللاتينية"),
        ["script:Cyrillic"] = ("Cyrillic", "السيريلية"),
        ["script:Greek"] = ("Greek", "اليونانية"),
        ["script:Hebrew"] = ("Hebrew", "العبرية"),
        ["script:Kurdish"] = ("Kurdish", "الكردية"),
        ["alert.raised"] = ("alert", "تنبيه"),
        ["alert.updated"] = ("update of an alert", "تحديث تنبيه"),
        ["digest"] = ("digest", "ملخص"),
        ["test"] = ("test", "تجربة"),
        ["notice"] = ("notice", "إشعار"),
        ["theme:auto"] = ("as the system", "بحسب النظام"),
        ["theme:light"] = ("light", "فاتحة"),
        ["theme:dark"] = ("dark", "داكنة"),
    }.ToFrozenDictionary();

    /// <summary>Nouns with a number: English for one and more; Arabic for one, two, 3 to 10, 11 to 99, and the rest (CLDR plural
    /// rules).</summary>
    public static readonly FrozenDictionary<string, (string[] English, string[] Arabic)> Nouns =
        new Dictionary<string, (string[], string[])>
        {
            ["article"] = (["{0} article", "{0} articles"], ["مقال واحد", "مقالان", "{0} مقالات", "{0} مقالا", "{0} مقال"]),
            ["source"] = (["{0} source", "{0} sources"], ["مصدر واحد", "مصدران", "{0} مصادر", "{0} مصدرا", "{0} مصدر"]),
            ["alert"] = (["{0} alert", "{0} alerts"], ["تنبيه واحد", "تنبيهان", "{0} تنبيهات", "{0} تنبيها", "{0} تنبيه"]),
            ["new alert"] = (["{0} new alert", "{0} new alerts"],
            ["تنبيه جديد", "تنبيهان جديدان", "{0} تنبيهات جديدة", "{0} تنبيها جديدا", "{0} تنبيه جديد"]),
            ["feed"] = (["{0} feed", "{0} feeds"], ["خلاصة واحدة", "خلاصتان", "{0} خلاصات", "{0} خلاصة", "{0} خلاصة"]),
            ["watch"] = (["{0} watch", "{0} watches"], ["مراقبة واحدة", "مراقبتان", "{0} مراقبات", "{0} مراقبة", "{0} مراقبة"]),
            ["recipient"] = (["{0} recipient", "{0} recipients"], ["مستلم واحد", "مستلمان", "{0} مستلمين", "{0} مستلما", "{0} مستلم"]),
            ["failed attempt"] = (["{0} failed attempt", "{0} failed attempts"],
            ["محاولة مخفقة", "محاولتان مخفقتان", "{0} محاولات مخفقة", "{0} محاولة مخفقة", "{0} محاولة مخفقة"]),
        }.ToFrozenDictionary();

    public static string In(bool arabic, string key) =>
        Named.TryGetValue(key, out var both) ? (arabic ? both.Arabic : both.English)
        : arabic && Arabic.TryGetValue(key, out var text) ? text
        : key;

    /// <summary>The form of a noun for a number, with {0} where the number belongs.</summary>
    public static string Counted(bool arabic, string noun, long count) => arabic
        ? Nouns[noun].Arabic[(count, count % 100) switch { (1, _) => 0, (2, _) => 1, (_, >= 3 and <= 10) => 2, (_, >= 11) => 3, _ => 4 }]
        : Nouns[noun].English[count == 1 ? 0 : 1];
}
