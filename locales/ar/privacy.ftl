## What is kept of somebody, and the end of an account

account-privacy = الخصوصية
privacy-title = الخصوصية
activity-user-delete = طلبت حذف حسابك
activity-user-restore = احتفظت بحسابك
activity-user-erase = حُذف حسابك نهائيًا
activity-export-begin = طلبت بياناتك
activity-export-fetch = نزّلت بياناتك

## One's own data

export-title = الحصول على بياناتك
export-lead = نجمع ما نحفظه عنك في ملف واحد: الملف الشخصي، والعوامل الثانية بأسمائها، والأجهزة، والتطبيقات التي لها وصول، والنشاط. وحين يصبح جاهزًا نكتب إليك.
export-submit = جمع بياناتي
export-running = يجري جمع بياناتك. سنكتب إليك حين تصبح جاهزة، ويمكنك إغلاق هذه الصفحة.
export-until = جاهز للتنزيل حتى
export-fetch = تنزيل
export-discard = حذف هذا الملف
export-failed = تعذر جمع بياناتك. حاول مرة أخرى لاحقًا.
export-often = جُمعت بياناتك ثلاث مرات في يوم واحد. عد غدًا.

## Deleting the account

delete-title = حذف حسابك
delete-lead =
    يُغلق حسابك فورًا ويُحذف نهائيًا بعد { $count ->
        [zero] { $count } يوم
        [one] يوم واحد
        [two] يومين
        [few] { $count } أيام
        [many] { $count } يومًا
       *[other] { $count } يوم
    }. وحتى ذلك الحين يمكنك تغيير رأيك.
delete-begin = حذف حسابي
delete-at-once = تُسجَّل خروجك من كل مكان فورًا، ولا يصل أي تطبيق إلى حسابك بعد ذلك.
delete-undo =
    يمكنك الاحتفاظ بالحساب خلال { $count ->
        [zero] { $count } يوم
        [one] يوم واحد
        [two] يومين
        [few] { $count } أيام
        [many] { $count } يومًا
       *[other] { $count } يوم
    }: عبر الرابط في الرسالة التي نرسلها إليك، أو بتسجيل الدخول.
delete-then = بعد ذلك يُحذف كل ما نعرفه عنك، ولا يستطيع أحد استعادته. ويصبح اسم المستخدم والبريد الإلكتروني متاحين لغيرك.
delete-apps = ما حفظته التطبيقات عنك يبقى عندها. اطلب منها حذفه.
delete-submit = حذف حسابي
delete-last-admin = أنت آخر مدير. اجعل شخصًا آخر مديرًا أولًا.
left-title = حسابك مغلق
left-text =
    سيُحذف نهائيًا بعد { $count ->
        [zero] { $count } يوم
        [one] يوم واحد
        [two] يومين
        [few] { $count } أيام
        [many] { $count } يومًا
       *[other] { $count } يوم
    }. إن غيّرت رأيك قبل ذلك فاتبع الرابط في الرسالة التي أرسلناها إليك، أو سجّل الدخول.
leaving-title = هل تريد الاحتفاظ بحسابك؟
leaving-lead = حساب { $person } في طريقه إلى الحذف.
leaving-at = سيُحذف نهائيًا في
leaving-keep = الاحتفاظ بحسابي
leaving-else = إن أردت حذفه فلا حاجة إلى فعل شيء. أغلق هذه الصفحة.
kept-title = حسابك باقٍ
kept-text = لم يُحذف شيء. وعلى التطبيقات أن تطلب منك الوصول من جديد.

## Letters about it

letter-deletion-subject = حسابك لدى { $tenant } في طريقه إلى الحذف
letter-deletion-text =
    مرحبًا { $name }،
    كما طلبت، أصبح حسابك مغلقًا الآن. سيُحذف نهائيًا في { $at } مع كل ما نعرفه عنك. إن أردت الاحتفاظ به فاتبع الرابط قبل ذلك، أو سجّل الدخول.
letter-deletion-button = الاحتفاظ بالحساب
letter-deletion-end = إن لم تكن أنت من طلب ذلك فاتبع الرابط، ثم اختر كلمة مرور جديدة فورًا.

letter-deletion-forced-subject = حسابك لدى { $tenant } في طريقه إلى الحذف
letter-deletion-forced-text =
    مرحبًا { $name }،
    أغلق من يدير { $tenant } حسابك. سيُحذف نهائيًا في { $at } مع كل ما نعرفه عنك.
letter-deletion-forced-end = إن كنت ترى في ذلك خطأ فاسأل من يدير { $tenant }.

letter-deletion-undone-subject = حسابك لدى { $tenant } باقٍ
letter-deletion-undone-text =
    مرحبًا { $name }،
    في { $at } تقرر ألا يُحذف حسابك. لم يُحذف شيء.
letter-deletion-undone-button = تسجيل الدخول
letter-deletion-undone-end = إن لم تكن أنت فسجّل الدخول واختر كلمة مرور جديدة فورًا.

letter-deletion-done-subject = حُذف حسابك لدى { $tenant }
letter-deletion-done-text =
    مرحبًا { $name }،
    في { $at } حُذف حسابك نهائيًا مع كل ما كنا نعرفه عنك. هذه آخر رسالة منا إليك.
letter-deletion-done-end = لا حاجة إلى فعل شيء آخر.

letter-export-ready-subject = بياناتك من { $tenant } جاهزة
letter-export-ready-text =
    مرحبًا { $name }،
    جُمع ما نحفظه عنك في ملف واحد. يمكنك تنزيله حتى { $at } بعد تسجيل الدخول.
letter-export-ready-button = إلى الملف
letter-export-ready-end = إن لم تكن أنت من طلب ذلك فاختر كلمة مرور أخرى فورًا.

## The picture

picture-title = صورتك
picture-alt = صورتك
picture-file = اختيار صورة
picture-hint = PNG أو JPEG أو WebP أو GIF، بحجم 2 ميغابايت على الأكثر. تُقص الصورة مربعة ويُحذف منها ما سجلته الكاميرا.
picture-submit = استخدام هذه الصورة
picture-remove = إزالة الصورة
picture-missing = اختر ملفًا أولًا.
picture-unreadable = لا نستطيع قراءة هذه الصورة. استخدم PNG أو JPEG أو WebP أو GIF.
picture-huge = عدد نقاط هذه الصورة كبير جدًا. صغّرها أولًا.
