# وحدة الإدارة: الأشخاص والدعوات والصلاحيات ومفاتيح التوقيع.

admin-done-final = تم. تجده في السجل.
action-permission-change = تغيّر وصف صلاحية
member-type = نوع الشخص
member-expires = صالح حتى
member-must-change = عليه اختيار كلمة مرور أخرى
member-letter = الرسالة
member-link = الرابط
member-signs-since = يوقّع منذ

outcome-all = أُزيل أو أُنهي الكل
outcome-set = عُيّنت
outcome-set-once = عُيّنت، ويجب اختيار أخرى
outcome-forgotten = نُسيت
outcome-sent = أُرسلت مرة أخرى
outcome-ended = لا يؤدي إلى أي مكان

people-any = أي قيمة
people-filters = مرشحات أخرى
people-factor = لديه عامل ثانٍ
people-created-from = أُنشئ من يوم
people-created-to = أُنشئ حتى يوم
people-seen-from = آخر ظهور من يوم
people-seen-to = آخر ظهور حتى يوم
people-days = تبدأ الأيام وتنتهي بتوقيت UTC. ومن لم يظهر قط يُعثر عليه أيضًا عبر «آخر ظهور حتى يوم».
people-clear = إزالة كل المرشحات
people-count = { $count ->
    [zero] لا أحد
    [one] شخص واحد
    [two] شخصان
    [few] { $count } أشخاص
    [many] { $count } شخصًا
   *[other] { $count } شخص
}
people-more = أكثر من { $count } شخص
people-failed = تعذّر البحث الآن. اضغط «بحث» للمحاولة مرة أخرى.

person-nav = عن هذا الشخص
person-overview = نظرة عامة
person-factors = تسجيل الدخول
person-sessions = الجلسات
person-apps = تطبيقات لها وصول
person-activity = النشاط
person-claims = ما تحصل عليه التطبيقات
person-noted = معلومات أخرى
person-no-type = بلا نوع
person-password = كلمة المرور
person-password-since = اختيرت
person-password-due = يجب تغييرها
person-password-none = لا توجد كلمة مرور. يمكن للشخص اختيار واحدة عبر «هل نسيت كلمة المرور؟».
person-password-require = طلب كلمة مرور أخرى
person-password-require-help = عند تسجيل الدخول القادم بكلمة المرور الحالية يجب اختيار كلمة أخرى. وتستمر الجلسات.
person-second = العوامل الثانية
person-second-none = لا يوجد عامل ثانٍ.
person-codes = رموز احتياطية متبقية: { $count }
person-factor-remove = إزالة
person-factor-take = إزالة هذا العامل الثاني؟
person-factor-words = تصل إلى الشخص رسالة بذلك. ومع آخر عامل ثانٍ تزول الرموز الاحتياطية والمتصفحات الموثوقة أيضًا.
person-factors-all = إزالة كل العوامل الثانية
person-factors-help = لمن فقد كل شيء وتعرفه: تزول العوامل الثانية والرموز الاحتياطية والمتصفحات الموثوقة، ويُسجَّل خروج الشخص من كل مكان.
person-factors-reset = إزالة كل العوامل الثانية؟
person-factors-words = تزول الرموز الاحتياطية والمتصفحات الموثوقة أيضًا، ويُسجَّل خروج الشخص من كل مكان، وتفقد التطبيقات وصولها حتى تسجيل الدخول القادم. وتصل إلى الشخص رسالة بذلك.
person-tries = المحاولات الخاطئة
person-tries-help = بعد كثير من كلمات المرور أو الرموز الخاطئة لا بد من الانتظار. وبعد نسيانها يمكن للشخص المحاولة فورًا؛ ويُفتح قفل الحساب المقفل.
person-tries-forget = نسيان المحاولات الخاطئة
person-session-end = إنهاء هذه الجلسة؟
person-sessions-end = تسجيل خروج هذا الشخص من كل مكان؟
person-sessions-all = تسجيل الخروج من كل مكان
person-sessions-help = تنتهي كل الجلسات. ويبقى ما سُمح به للتطبيقات.
person-sessions-none = لم يسجّل الشخص دخوله في أي مكان.
person-app-withdraw = سحب وصول هذا التطبيق؟
person-apps-none = لا يملك أي تطبيق وصولًا إلى الحساب.
person-activity-whole = ما فعله هذا الشخص، وما فعله الآخرون بالحساب.
person-activity-own = ما فعله هذا الشخص. أما ما فعله الآخرون فهو في السجل الذي لا تتيح أدوارك رؤيته.

conflict-title = غيّر شخص آخر هذا في هذه الأثناء
conflict-help = لم يُحفظ شيء مما أدخلته، وهو لا يزال هنا. انظر ما الذي تغيّر، ثم احفظ مرة أخرى إن أردت اعتماد ما أدخلته.
conflict-was = عندما فتحته
conflict-is = الآن

app-hint = معرّفه، أو اسمه إن كان لتطبيق واحد فقط
app-unknown = لا يوجد تطبيق بهذا المعرّف، أو لا يوجد تطبيق واحد بالضبط بهذا الاسم.

claims-lead = اختر تطبيقًا: يظهر هنا ما كان سيحصل عليه من بيانات لو سجّل الشخص دخوله إليه الآن وسمح بكل شيء. لا يُصدر شيء.
claims-scope = النطاقات
claims-scope-hint = تفصلها مسافات؛ فارغ لكل ما يحق للتطبيق طلبه
claims-submit = عرض
claims-pages = في الطريق كان الشخص سيرى:
claims-page-login = صفحة تسجيل الدخول
claims-page-factor = صفحة العامل الثاني
claims-page-set-up = صفحة إعداد عامل ثانٍ
claims-page-consent = صفحة طلب الموافقة
claims-refused = كان سيُرفض
claims-expected = المتوقع
claims-received = الموجود
claims-id-token = رمز الهوية
claims-access-token = رمز الوصول
claims-userinfo = معلومات المستخدم
claims-refresh = وكان سيأتي معه رمز تجديد.
claims-claim = البيان
claims-value = القيمة

invitation-new = دعوة شخص
invitation-lead = تصل إلى الشخص رسالة فيها رابط، فيختار هناك كلمة مرور أو مفتاح مرور، ويصل إلى التطبيق.
invitation-name-hint = إن كنت تعرفه؛ ويمكن للشخص تغييره
invitation-app-hint = حيث يصل الشخص: المعرّف، أو الاسم إن كان لتطبيق واحد فقط. فارغ: الحساب الشخصي
invitation-days-label = مدة صلاحية الرابط
invitation-days = { $count ->
    [zero] لا أيام
    [one] يوم واحد
    [two] يومان
    [few] { $count } أيام
    [many] { $count } يومًا
   *[other] { $count } يوم
}
invitation-hours = { $count ->
    [zero] لا ساعات
    [one] ساعة واحدة
    [two] ساعتان
    [few] { $count } ساعات
    [many] { $count } ساعة
   *[other] { $count } ساعة
}
invitation-locale = لغة الرسالة
invitation-submit = إرسال الدعوة
invitation-taken = يوجد حساب بهذا العنوان من قبل.
invitation-who = المدعو
invitation-as = بصفة
invitation-sent = آخر رسالة
invitation-open = بانتظار القبول
invitation-accepted = مقبولة
invitation-revoked = ملغاة
invitation-expired = منتهية
invitation-resend = إرسال مرة أخرى
invitation-revoke = إلغاء
invitation-revoke-title = إلغاء هذه الدعوة؟
invitation-revoke-words = لن يؤدي الرابط الذي وصل إلى { $email } إلى أي مكان. ويمكنك دعوة الشخص من جديد.
invitations-none = لم يُعثر على دعوة.

permissions-lead = ما تتكوّن منه الأدوار. صلاحيات Signet تبقى كما هي؛ وغيرها يعني شيئًا لتطبيقاتك، وتصلها في الرموز.
permissions-roles = الأدوار، وما يحق لكل منها
permission-new = صلاحية جديدة
permission-name-hint = مجال وفعل، مثل orders:approve
permission-name-wrong = استخدم مجالًا وفعلًا، مثل orders:approve، من الأحرف اللاتينية الصغيرة والأرقام و . _ -
permission-make = إنشاء الصلاحية
permission-edit = تغيير الوصف
permission-nobody = لا يحملها أي دور.
permission-delete = حذف هذه الصلاحية
permission-delete-help = تفقدها كل الأدوار. سترى أولًا ما هي.

keys-lead = بها يوقّع Signet الرموز. وهي تتغيّر من تلقاء نفسها؛ وهنا يمكنك طلب ذلك قبل موعده.
keys-none = لا توجد مفاتيح بعد؛ الخادم يصنعها الآن.
keys-made = صُنع
keys-until = وقّع حتى
keys-gone = منشور حتى
keys-rotate = تغيير الآن
keys-rotate-all = تغيير كل المفاتيح الآن
keys-rotate-title = تغيير المفاتيح الآن؟
keys-rotate-words = يوقّع المفتاح التالي حالما يصل إلى كل نسخة من قائمة المفاتيح تحتفظ بها التطبيقات: بعد صنعه بمدة { $count } د. ولا يفشل بذلك أي رمز.
keys-retire = سحب
keys-retire-title = سحب هذا المفتاح فورًا؟
keys-retire-next = لم يوقّع هذا المفتاح شيئًا بعد. ويُصنع مفتاح آخر مكانه.
keys-retire-current = هذا المفتاح يوقّع الآن، ويتولى التالي فورًا. لا يُعتد بعد ذلك بأي رمز وقّعه هذا، والتطبيقات التي تحتفظ بقائمة المفاتيح (حتى { $count } د) ترفض الرموز الجديدة إلى أن تجلبها من جديد. افعل ذلك إن كان من الممكن أن يملك المفتاح شخص آخر؛ ولتغيير المفاتيح كالمعتاد استخدم «تغيير الآن».
keys-retire-retired = لم يعد هذا المفتاح يوقّع شيئًا. وما وقّعه ولم تنته صلاحيته لن يُعتد به بعد الآن.
keys-retire-stays = تبقى عمليات تسجيل الدخول ورموز التجديد: وبها تحصل التطبيقات على رموز جديدة.
key-next = التالي
key-current = يوقّع الآن
key-retired = مسحوب

factor-kind-totp = تطبيق المصادقة
factor-kind-passkey = مفتاح مرور
factor-kind-email = رموز بالبريد الإلكتروني
factor-kind-sms = رموز برسالة نصية
