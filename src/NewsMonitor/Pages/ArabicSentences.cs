using System.Collections.Frozen;

namespace NewsMonitor.Pages;

/// <summary>The service's sentences in Arabic; a test finds what is forgotten.</summary>
static class ArabicSentences
{
    public static readonly FrozenDictionary<string, string> All = new Dictionary<string, string>
    {
        // Fields
        ["is missing."] = "لا بد منه.",
        ["has {0} characters; at most {1} are kept."] = "عدد حروفه {0}، والمسموح {1} على الأكثر.",
        ["has {0} characters; at most {1} are read."] = "عدد حروفه {0}، ويقرأ منها {1} على الأكثر.",
        ["has {0} entries; at most {1} are taken."] = "عدد بنوده {0}، والمسموح {1} على الأكثر.",
        ["holds more than {0} values."] = "عدد قيمه أكثر من {0}.",
        ["holds {0} ids; 1 to {1} are taken at once."] = "عدد المعرفات {0}، ويقبل من 1 إلى {1} دفعة واحدة.",
        ["is {0}; it may be {1} to {2}."] = "قيمته {0}، والمسموح من {1} إلى {2}.",
        ["is '{0}'; it may be {1}."] = "قيمته «{0}»، والمسموح: {1}.",
        ["'{0}' is none of {1}."] = "«{0}» ليس من المسموح: {1}.",
        ["may be {0}."] = "المسموح: {0}.",
        ["is missing; it may be {0}."] = "لا بد منه، والمسموح: {0}.",
        ["is '{0}', which is no ISO 8601 time such as {1}."] = "«{0}» ليس وقتا مكتوبا وفق ISO 8601، مثل {1}.",
        ["is no ISO 8601 time such as {0}."] = "ليس وقتا مكتوبا وفق ISO 8601، مثل {0}.",
        ["is '{0}', which is no whole number."] = "«{0}» ليس عددا صحيحا.",
        ["is no whole number."] = "ليس عددا صحيحا.",
        ["is no number."] = "ليس عددا.",
        ["holds U+0000, which cannot be kept."] = "فيه المحرف U+0000، ولا يمكن حفظه.",
        ["is no text."] = "ليس نصا.",
        ["is '{0}', which cannot be read."] = "تعذرت قراءة «{0}».",
        ["has another shape than is wanted here."] = "شكله غير المطلوب هنا.",
        ["{0} (line {1}, byte {2})"] = "{0} (السطر {1}، البايت {2})",
        ["is none of ours; pass nextCursor of the page before as it is, or leave it out to start."] =
            "هذا الموضع من القائمة غير معروف؛ ابدأ من أولها.",
        ["is none of ours; pass the id of the last event as it came."] = "معرف الحدث هذا غير معروف.",
        ["has passed."] = "مضى وقته.",
        ["holds no word, so no alert would ever fit it."] = "لا تحوي أي كلمة، فلن يطابقها أي تنبيه.",
        ["lies before its start."] = "يسبق البداية.",
        ["takes 1 to {0} printable ASCII characters."] = "يقبل من 1 إلى {0} من محارف ASCII.",

        // Refusals that no field stands for
        ["There is no alert {0}."] = "لا وجود للتنبيه {0}.",
        ["There is no article {0}."] = "لا وجود للمقال {0}.",
        ["There is no delivery {0}."] = "لا وجود للرسالة {0}.",
        ["There is no feed {0}."] = "لا وجود للخلاصة {0}.",
        ["There is no live key {0}."] = "لا وجود لمفتاح سار رقمه {0}.",
        ["There is no recipient {0}."] = "لا وجود للمستلم {0}.",
        ["There is no silence {0}."] = "لا وجود لفترة الصمت {0}.",
        ["There is no story {0}."] = "لا وجود للقصة {0}.",
        ["There is no view {0}."] = "لا وجود للعرض {0}.",
        ["There is no watch {0}."] = "لا وجود للمراقبة {0}.",
        ["There is nothing at this address."] = "لا شيء في هذا العنوان.",
        ["This address does not take this method."] = "هذا العنوان لا يقبل هذا الطلب.",
        ["Another one with the same id or address exists."] = "يوجد غيره بالمعرف نفسه أو العنوان نفسه.",
        ["It was changed since you read it. Read it again, apply your change to what it is now, and send that with its new ETag."] =
            "تغير منذ قرأته. أعد تحميل الصفحة ثم كرر التعديل.",
        ["is not an entity tag; pass the ETag header as it came, with its quotes."] = "ليس وسما صالحا؛ أعد تحميل الصفحة.",
        ["A value cannot be stored: {0}."] = "تعذر حفظ إحدى القيم: {0}.",
        ["A text holds half a character (a lone surrogate)."] = "في أحد النصوص نصف محرف.",
        ["The database does not answer. Nothing was changed; try again shortly."] =
            "قاعدة البيانات لا ترد. لم يتغير شيء؛ أعد المحاولة بعد قليل.",
        ["The service failed on this request. Its log says why, under this trace id."] = "أخفقت الخدمة في هذا الطلب، والسبب في سجلها.",
        ["The key's role does not allow this."] = "دور مفتاحك لا يسمح بهذا.",
        ["The body is too large."] = "ما أرسل أكبر من المسموح.",
        ["Send the body as application/json."] = "أرسل المحتوى بصيغة application/json.",
        ["Too many requests; wait as long as Retry-After says."] = "طلبات كثيرة؛ انتظر قليلا.",
        ["This {0} was used for another request; take a new one."] = "استعمل {0} هذا لطلب آخر؛ خذ غيره.",
        ["The first request with this {0} is still being worked on."] = "أول طلب بهذا {0} ما زال قيد التنفيذ.",
        ["The first answer to this {0} can no longer be read; the request was done."] = "نفذ الطلب، ولم يعد رده الأول مقروءا: {0}.",

        // Alerts and lists
        ["is missing, as are assignee, note and muteStory: nothing would change."] = "لم يطلب أي تغيير.",
        ["or filter is wanted, one of the two."] = "حدد المعرفات أو تصفية، لا كليهما.",
        ["is missing; {} shows every alert."] = "لا بد منه؛ {} يعرض كل التنبيهات.",
        ["may be newest, or relevance where q is given."] = "المسموح newest، أو relevance مع نص بحث.",

        // Watches and queries
        ["line {0}, column {1}: {2}"] = "السطر {0}، العمود {1}: {2}",
        ["is wanted: a slug of letters, digits, . _ and -, such as qaani."] =
            "لا بد من معرف من حروف لاتينية وأرقام و . و _ و -، مثل qaani.",
        ["is '{0}', and there is no such recipient."] = "لا يوجد مستلم معرفه «{0}».",
        ["is '{0}', but an id stays what it is: {1}."] = "كتب «{0}»، والمعرف لا يتغير: {1}.",
        ["There is a watch {0} already; change it with PUT /api/v1/watches/{1}."] = "توجد مراقبة معرفها {0}؛ عدلها هي، أو اختر معرفا آخر.",
        ["The watch {0} is switched off; switch it on first."] = "المراقبة {0} متوقفة؛ فعلها أولا.",
        ["has no letter or digit."] = "ليس فيه حرف ولا رقم.",
        ["a watch needs an id, such as qaani"] = "تحتاج المراقبة إلى معرف، مثل qaani",
        ["another watch has the same id; ids are unique"] = "لمراقبة أخرى المعرف نفسه، والمعرف لا يتكرر",
        ["a watch needs terms, a query, or both"] = "تحتاج المراقبة إلى مصطلحات أو استعلام أو كليهما",
        ["\"{0}\" has no letter or digit; expected a word or phrase"] = "ليس في «{0}» حرف ولا رقم؛ المتوقع كلمة أو عبارة",
        ["the query holds for articles without any of its words, since source:, lang: and NOT only narrow a query; "
            + "expected a word or phrase that must be there"] =
            "الاستعلام يصح لمقالات ليس فيها شيء من كلماته، فما source: و lang: و NOT إلا لتضييقه؛ المتوقع كلمة أو عبارة لا بد من ورودها",
        ["the watch does not fire on its example \"{0}\""] = "المراقبة لا تنبه إلى مثالها «{0}»",
        ["the watch fires on its counter-example \"{0}\", on \"{1}\" ({2})"] =
            "المراقبة تنبه إلى ما لا ينبغي لها، «{0}»، بسبب «{1}» ({2:reason})",
        ["this quotation mark is never closed; expected another after the phrase"] = "علامة الاقتباس هذه لم تغلق؛ المتوقع أخرى بعد العبارة",
        ["expected NEAR/ and a number, such as NEAR/10, found {0}"] = "المتوقع NEAR/ يليه عدد، مثل NEAR/10، والمكتوب {0}",
        ["{0}: is no field; expected title:, source: or lang:"] = "الحقل {0} غير معروف؛ المتوقع title: أو source: أو lang:",
        ["expected {0} and a number of words from 1 to {1}"] = "المتوقع {0} يليه عدد كلمات من 1 إلى {1}",
        ["this ) closes nothing; remove it or add a ( before"] = "القوس الخاتم لا يقابله قوس فاتح؛ احذفه أو افتح قوسا قبله",
        ["brackets nest deeper than {0}; write the query flatter"] = "الأقواس متداخلة أكثر من {0}؛ بسط الاستعلام",
        ["too many NOT in a row"] = "تتابعت NOT أكثر مما يقبل",
        ["expected ) for the ( at line {0}, column {1}"] = "القوس الفاتح في السطر {0}، العمود {1}، لم يغلق",
        ["the query ends here; expected a word, a \"phrase\" or ("] = "انتهى الاستعلام هنا؛ المتوقع كلمة أو \"عبارة\" أو قوس فاتح",
        ["expected a word, a \"phrase\" or ("] = "المتوقع هنا كلمة أو \"عبارة\" أو قوس فاتح",
        ["expected a word or \"phrase\" after {0}:"] = "المتوقع كلمة أو \"عبارة\" بعد {0}",
        ["expected a source's name or host, which has a letter or digit"] = "المتوقع اسم مصدر أو نطاقه، وفيه حرف أو رقم",
        ["expected a word with a letter or digit, found {0}"] = "المتوقع كلمة فيها حرف أو رقم، والمكتوب {0}",
        ["word~ needs three letters or more, and no more than 40"] = "العلامة ~ تحتاج إلى كلمة من ثلاثة أحرف إلى 40",
        ["stands for {0} words with one edit each; at most {1} are looked for. Use fewer words with ~."] =
            "عدد الكلمات التي يحتمل كل منها خطأ {0}، ويبحث عن {1} على الأكثر. قلل الكلمات التي تليها ~.",
        ["word* needs two letters or more before the star"] = "النجمة تحتاج إلى حرفين أو أكثر قبلها",
        ["NEAR/n joins words, \"phrases\" and (a OR b) groups; expected one of them"] =
            "تصل NEAR/n بين كلمات وعبارات ومجموعات (a OR b)؛ المتوقع شيء منها",
        ["\"{0}\" is no language; expected a code such as ar or fa"] = "«{0}» ليس رمز لغة؛ المتوقع رمز مثل ar أو fa",
        ["*, ~ and = go with one word"] = "العلامات * و ~ و = لكلمة واحدة",
        ["~n needs two words or more between the quotation marks"] = "العلامة ~n تحتاج إلى كلمتين أو أكثر بين علامتي الاقتباس",
        ["unexpected {0}"] = "غير متوقع هنا: {0}",

        // Feeds
        ["is no address; write it in full, such as https://news.example/feed."] = "ليس عنوانا؛ اكتبه كاملا، مثل https://news.example/feed.",
        ["is no address."] = "ليس عنوانا.",
        ["'{0}' never comes; write it as Quartz does, such as {1}."] = "«{0}» لا يحين وقته أبدا؛ اكتبه كما في Quartz، مثل {1}.",
        ["headers are a JSON object, such as {\"Cookie\":\"a=b\"}."] = "الترويسات كائن JSON، مثل {\"Cookie\":\"a=b\"}.",
        ["{0} asked to be left alone for a while; try again later."] = "طلب {0} ألا يزار مدة؛ أعد المحاولة لاحقا.",
        ["stands beside an interval; choose one."] = "ورد مع مدة؛ اختر أحدهما.",
        ["'{0}' is no proxy: write http://host:port or socks5://host:port."] =
            "«{0}» ليس وسيطا؛ اكتبه هكذا: http://host:port أو socks5://host:port.",
        ["is no header that can be sent."] = "ليس ترويسة يمكن إرسالها.",
        ["Feed {0} has this address already; change that one."] = "للخلاصة {0} هذا العنوان من قبل؛ عدلها هي.",
        ["The feed is disabled; enable it first."] = "الخلاصة متوقفة؛ فعلها أولا.",
        ["{0} answered {1}; give the address of a page that a browser shows, such as {2}"] =
            "رد {0} بالرمز {1}؛ اكتب عنوان صفحة يعرضها المتصفح، مثل {2}",
        ["{0} answered {1}."] = "رد {0} بالرمز {1}.",
        ["{0} answered {1}: the feed wants a user name and password."] = "رد {0} بالرمز {1}: يطلب اسم مستخدم وكلمة مرور.",
        ["{0} answered {1}: the publisher does not let the service in."] = "رد {0} بالرمز {1}: لا يسمح الناشر للخدمة بالدخول.",
        ["{0} answered {1}: there is nothing at this address any more."] = "رد {0} بالرمز {1}: لم يعد في هذا العنوان شيء.",
        ["{0} answered {1}: too many requests."] = "رد {0} بالرمز {1}: طلبات كثيرة.",
        ["{0} answered {1}: not available at the moment."] = "رد {0} بالرمز {1}: غير متاح الآن.",
        ["{0} answered {1}: the publisher's server has a fault."] = "رد {0} بالرمز {1}: في خادم الناشر عطل.",
        ["The publisher says that this feed has ended (410). It is no longer fetched; enable it again if that is wrong."] =
            "يقول الناشر إن هذه الخلاصة انتهت (410)، فلم تعد تجلب؛ فعلها إن كان ذلك خطأ.",
        ["The page {0} offers no feed that can be read ({1} addresses were tried)."] =
            "لا تعرض الصفحة {0} خلاصة يمكن قراءتها (عدد العناوين التي جربت: {1}).",
        ["The file is not well-formed XML: {0}"] = "الملف ليس XML سليما: {0}",
        ["The file starts with <{0}>; a list of feeds starts with <opml>."] = "يبدأ الملف بـ <{0}>، وقائمة الخلاصات تبدأ بـ <opml>.",
        ["The feed '{0}' has no xmlUrl; give its address or remove the line."] = "الخلاصة «{0}» بلا xmlUrl؛ اكتب عنوانها أو احذف السطر.",
        ["xmlUrl '{0}' is no http or https address."] = "قيمة xmlUrl «{0}» ليست عنوان http أو https.",
        ["interval '{0}' is no duration; write it as hours:minutes:seconds."] = "المدة «{0}» غير مقروءة؛ اكتبها ساعات:دقائق:ثوان.",

        // What may be reached, and what came of trying
        ["Only http and https addresses are fetched, not '{0}'."] = "تجلب عناوين http و https وحدها، لا «{0}».",
        ["The address names no host."] = "ليس في العنوان اسم خادم.",
        ["'{0}' is no host name."] = "«{0}» ليس اسم خادم.",
        ["The host '{0}' is a number in disguise; write the address as four decimal numbers."] =
            "اسم الخادم «{0}» رقم متنكر؛ اكتب العنوان أربعة أعداد عشرية.",
        ["{0} is not a public address ({1}). To reach it, name it in Monitor__Outbound__AllowedHosts."] =
            "{0} ليس عنوانا عاما ({1}). للوصول إليه سمه في Monitor__Outbound__AllowedHosts.",
        ["{0} is at {1}, which is not a public address ({2}). To reach it, name it in Monitor__Outbound__AllowedHosts."] =
            "{0} عنوانه {1}، وليس عنوانا عاما ({2}). للوصول إليه سمه في Monitor__Outbound__AllowedHosts.",
        ["'{0}' is a name of the local machine or network. To reach it, name it in Monitor__Outbound__AllowedHosts."] =
            "«{0}» اسم في الجهاز نفسه أو شبكته. للوصول إليه سمه في Monitor__Outbound__AllowedHosts.",
        ["{0} did not accept a connection within {1} s."] = "لم يقبل {0} الاتصال في {1} ث.",
        ["The name {0} could not be looked up."] = "تعذر البحث عن الاسم {0}.",
        ["The name {0} could not be looked up ({1})."] = "تعذر البحث عن الاسم {0} ({1}).",
        ["The name {0} has no address."] = "ليس للاسم {0} عنوان.",
        ["{0} could not be reached ({1})."] = "تعذر الوصول إلى {0} ({1}).",
        ["{0}: no secure connection ({1}). If it has none at all, write http:// instead of https://."] =
            "تعذر اتصال آمن مع {0} ({1}). إن لم يكن له ذلك أصلا فاكتب http:// مكان https://.",
        ["{0} sent more headers than the bound."] = "أرسل {0} ترويسات تتجاوز الحد.",
        ["{0} did not answer in HTTP."] = "لم يرد {0} وفق HTTP.",
        ["The proxy did not let through to {0}."] = "لم يسمح الوسيط بالوصول إلى {0}.",
        ["The connection to {0} broke ({1})."] = "انقطع الاتصال مع {0} ({1}).",
        ["{0} did not send its headers within {1} s."] = "لم يرسل {0} ترويسات رده في {1} ث.",
        ["{0} did not finish its answer within {1} s."] = "لم يكمل {0} رده في {1} ث.",
        ["{0} failed {1} times in a row and is left alone for {2} s."] = "أخفق {0} مرات متتالية عددها {1}، فيترك {2} ث.",
        ["{0} redirects more than {1} times."] = "إحالات {0} أكثر من {1}.",
        ["{0} redirects to '{1}', which is no address."] = "يحيل {0} إلى «{1}»، وليس عنوانا.",
        ["The body is encoded {0} times over, which no feed needs."] = "عدد مرات ضغط المحتوى {0}، ولا تحتاج أي خلاصة إلى ذلك.",
        ["The body is not the {0} that its header promises."] = "المحتوى ليس {0} كما تقول ترويسته.",
        ["The body is larger than the bound of {0} bytes."] = "المحتوى أكبر من الحد، وهو {0} بايت.",
        ["The body is encoded as '{0}', which was not asked for."] = "المحتوى مرمز بـ «{0}»، ولم يطلب ذلك.",
        ["The body came slower than {0} bytes a second ({1} bytes in {2} s)."] =
            "وصل المحتوى أبطأ من {0} بايت في الثانية ({1} بايت في {2} ث).",

        // Recipients and silences
        ["'{0}' is no id: use 1 to 64 of a-z, 0-9, '-', '_' and '.', starting with a letter or digit."] =
            "«{0}» ليس معرفا: استعمل من 1 إلى 64 من a-z و 0-9 و '-' و '_' و '.'، وابدأ بحرف أو رقم.",
        ["is missing: {0} needs '{1}'."] = "لا بد منه: النوع {0} يحتاج إلى {1}.",
        ["'{0}' is no email address; write it as name@example.org, one address a recipient."] =
            "«{0}» ليس عنوان بريد؛ اكتبه مثل name@example.org، عنوانا واحدا لكل مستلم.",
        ["'{0}' is no Telegram chat: use the chat's number, such as \"-1001234567890\", or \"@channel\"."] =
            "«{0}» ليس محادثة تيليغرام: استعمل رقمها، مثل -1001234567890، أو ‎@channel.",
        ["is no signing secret: use whsec_ and the base64 of 24 to 64 random bytes."] =
            "ليس سر توقيع: استعمل whsec_ يليه base64 لبايتات عشوائية عددها من 24 إلى 64.",
        ["is no bot token: use it as BotFather gave it, digits, a colon and letters."] =
            "ليس رمز بوت: اكتبه كما أعطاك إياه BotFather، أرقاما ثم نقطتين ثم حروفا.",
        ["is no access token: use tk_… or user:password, in ASCII without spaces."] =
            "ليس رمز دخول: استعمل tk_… أو user:password، بمحارف ASCII بلا فراغ.",
        ["is missing: telegram needs the bot's token."] = "لا بد منه: تيليغرام يحتاج إلى رمز البوت.",
        ["has several values; only a webhook can sign with more than one."] = "فيه أكثر من قيمة، ولا يوقع بأكثر من سر إلا webhook.",
        ["is not used by {0}; leave it out."] = "لا يستعمله النوع {0}؛ اتركه فارغا.",
        ["is shortened, as it is shown to people; give the whole address."] = "مختصر كما يعرض للناس؛ اكتب العنوان كاملا.",
        ["is no http or https URL."] = "ليس عنوان http أو https.",
        ["holds a user or password; leave it out, since addresses are shown to everybody who may see recipients."] =
            "فيه اسم مستخدم أو كلمة مرور؛ احذفهما، فالعناوين يراها كل من يرى المستلمين.",
        ["names no topic: write it as https://ntfy.sh/your-topic (letters, digits, '-' and '_', at most 64)."] =
            "لا يسمي موضوعا: اكتبه مثل https://ntfy.sh/your-topic (حروف لاتينية وأرقام و '-' و '_'، أقصاها 64).",
        ["'{0}' is no stretch of a day; write it as 22:00-06:30."] = "«{0}» ليس مدة من اليوم؛ اكتبها مثل 22:00-06:30.",
        ["'{0}' is no known time zone; use an IANA name such as Asia/Baghdad."] =
            "«{0}» ليس منطقة زمنية معروفة؛ استعمل اسما من IANA مثل Asia/Baghdad.",
        ["'{0}' is no language tag; use en or ar."] = "«{0}» ليس رمز لغة؛ استعمل en أو ar.",
        ["needs 'to', another recipient's id, and 'afterMinutes' from 1 to 10080."] =
            "يحتاج إلى to، وهو معرف مستلم آخر، وإلى afterMinutes من 1 إلى 10080.",
        ["names the recipient itself; 'to' is whoever is told when this one does not react."] =
            "يسمي المستلم نفسه، والمقصود من يبلغ إذا لم يتجاوب هذا.",
        ["There is a recipient {0} already."] = "يوجد مستلم معرفه {0} من قبل.",
        ["is missing: a time such as {0}."] = "لا بد منه: وقت مثل {0}.",
        ["Recipient {0} is disabled ({1}); enable it first."] = "المستلم {0} متوقف ({1})؛ فعله أولا.",
        ["Recipient {0} is disabled or gone; enable it first."] = "المستلم {0} متوقف أو محذوف؛ فعله أولا.",
        ["Delivery {0} has arrived; there is nothing to retry."] = "وصلت الرسالة {0}، فلا شيء يعاد.",
        ["is missing, as are from and to: name at least one, so that not everything is sent again by mistake."] =
            "حدد المستلم أو المدة، كي لا يعاد إرسال كل شيء سهوا.",
        ["is missing, as are storyId, source and phrase: name at least one, or nothing would be sent at all."] =
            "حدد مراقبة أو مصدرا أو عبارة على الأقل، وإلا لم يرسل شيء أبدا.",
        ["The story of alert {0} is muted already."] = "قصة التنبيه {0} مسكتة من قبل.",

        // What became of a message
        ["by hand"] = "يدويا",
        ["the recipient was deleted"] = "حذف المستلم",
        ["the recipient is disabled: {0}"] = "المستلم متوقف: {0}",
        ["the recipient was disabled: {0}"] = "أوقف المستلم: {0}",
        ["it was unsubscribed by the link in its messages."] = "ألغى الاشتراك من الرابط الذي في رسائله.",
        ["nothing arrived for {0} days; last: {1}"] = "لم يصل شيء، وعدد الأيام {0}؛ آخر رد: {1}",
        ["its alerts have aged out"] = "حذفت تنبيهاتها لقدمها",
        ["no answer within {0} s"] = "لا رد في {0} ث",
        ["accepted by the mail server"] = "قبلها خادم البريد",
        ["email is off: set Monitor__Smtp__Host and Monitor__Smtp__From"] =
            "البريد متوقف: اضبط Monitor__Smtp__Host و Monitor__Smtp__From",
        ["HTTP {0}: redirected elsewhere, which is not followed. Set the final address."] =
            "HTTP {0}: أحالت إلى عنوان آخر، والإحالة لا تتبع. اكتب العنوان الأخير.",
        ["The recipient's address is no http or https URL."] = "عنوان المستلم ليس http أو https.",
        ["The signing secret is not whsec_ and the base64 of 24 to 64 bytes."] = "سر التوقيع ليس whsec_ يليه base64 لما بين 24 و 64 بايتا.",
        ["{0} is not sent over HTTP."] = "النوع {0} لا يرسل عبر HTTP.",
    }.ToFrozenDictionary();
}
