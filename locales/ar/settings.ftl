# ما يغيّره المديرون أثناء عمل الخادم.

admin-settings = الإعدادات
admin-settings-lead = ما تغيّره هنا يسري فورًا على جميع خوادم هذا التثبيت، ويتقدّم على ملف الإعدادات. يمكن التراجع عنه خلال سبعة أيام.
admin-settings-change = تغيير الإعدادات
admin-settings-meanwhile = غيّر شخص ما الإعدادات بعد أن فتحت هذه الصفحة. ما كتبته لا يزال هنا: قارنه بما يسري الآن ثم احفظ مرة أخرى.
member-value = القيمة
member-source = المصدر
member-left-out = مضبوط لكنه غير سارٍ
setting-source-default = القيمة الافتراضية
setting-source-file = من ملف الإعدادات
setting-source-database = مضبوط هنا
setting-source-environment = مضبوط في بيئة التشغيل
setting-pinned = مضبوط بمتغير البيئة { $variable }، ولا يمكن تغييره إلا هناك.
setting-left-out = ضُبطت هنا القيمة «{ $value }» ولم تعد مسموحة، لذلك فهي غير سارية.
setting-reset = إعادة الضبط
setting-days =
    { $count ->
        [zero] حاليًا { $count } يوم.
        [one] حاليًا يوم واحد.
        [two] حاليًا يومان.
        [few] حاليًا { $count } أيام.
        [many] حاليًا { $count } يومًا.
       *[other] حاليًا { $count } يوم.
    }
setting-hours =
    { $count ->
        [zero] حاليًا { $count } ساعة.
        [one] حاليًا ساعة واحدة.
        [two] حاليًا ساعتان.
        [few] حاليًا { $count } ساعات.
        [many] حاليًا { $count } ساعة.
       *[other] حاليًا { $count } ساعة.
    }
setting-minutes =
    { $count ->
        [zero] حاليًا { $count } دقيقة.
        [one] حاليًا دقيقة واحدة.
        [two] حاليًا دقيقتان.
        [few] حاليًا { $count } دقائق.
        [many] حاليًا { $count } دقيقة.
       *[other] حاليًا { $count } دقيقة.
    }
setting-contrast = التباين مع الصفحات: { $contrast }؛ يحتاج النص إلى 4.5:1.
setting-option-open = الجميع
setting-option-approval = الجميع، بعد موافقة أحد المديرين
setting-option-closed = لا أحد: تتم دعوة الأشخاص أو إنشاء حساباتهم
setting-option-email = بالبريد الإلكتروني
setting-option-sms = برسالة نصية
setting-wrong-range = أدخل عددًا صحيحًا من { $least } إلى { $most }.
setting-wrong-line = أدخل { $most } حرفًا على الأكثر في سطر واحد.
setting-wrong-address = أدخل عنوانًا يبدأ بـ https://‎ أو اترك الحقل فارغًا.
setting-wrong-words = أدخل قائمة تفصل بين عناصرها فواصل، 100 عنصر على الأكثر.
setting-wrong-colour = اختر لونًا، مثل ‎#0b6b5d.
setting-wrong-choice = اختر أحد الخيارات.
setting-wrong-contrast = ستصعب قراءة النص بهذا اللون: تباينه مع الصفحات { $contrast }، والمطلوب 4.5:1. اختر لونًا أغمق.
setting-wrong-terms = هناك شروط تجب الموافقة عليها، فاذكر نسختها.
setting-wrong-delay = أدخل 0 أو ما بين يوم واحد (86400) و30 يومًا (2592000).
setting-wrong-room = يجب ألّا تكون أقصر كلمة مرور أطول من أطولها.

settings-branding = المظهر
setting-branding-name = الاسم
setting-branding-name-help = يظهر في كل صفحة وفي الرسائل وفي تطبيقات المصادقة.
setting-branding-accent = اللون
setting-branding-accent-help = لون الروابط والأزرار. تستخدم الصفحات الداكنة درجة أفتح منه.
setting-branding-logo = الشعار
setting-branding-logo-help = يظهر في أعلى كل صفحة بدلًا من الدرع.
setting-branding-footer = تذييل الرسائل
setting-branding-footer-help = سطر في أسفل كل رسالة، مثل من يكتبها وأين يمكن السؤال. وهو نفسه في كل اللغات.
setting-logo-now = الشعار الحالي
setting-logo-file = شعار آخر
setting-logo-file-hint = ‏PNG أو JPEG أو WebP أو GIF، ‏2 ميغابايت على الأكثر. يُصغَّر إلى 320 في 96 بكسل؛ والخلفية الشفافة تبدو جيدة في الصفحات الداكنة أيضًا.
setting-logo-submit = استخدام هذا الشعار

settings-registration = إنشاء الحسابات
setting-registration-mode = من يمكنه إنشاء حساب
setting-registration-mode-help = من لديه حساب يحتفظ به مهما كان اختيارك.
setting-registration-domains = نطاقات البريد الإلكتروني
setting-registration-domains-help = لا يمكن إنشاء حساب إلا لمن لديه عنوان فيها، مثل example.com, example.org. فارغ: أي عنوان.
setting-registration-terms-uri = شروط الاستخدام
setting-registration-terms-uri-help = تجب الموافقة عليها لإنشاء حساب. فارغ: لا توجد شروط.
setting-registration-privacy-uri = سياسة الخصوصية
setting-registration-privacy-uri-help = تظهر بجانب الشروط. فارغ: لا توجد سياسة.
setting-registration-terms-version = نسخة الشروط
setting-registration-terms-version-help = تاريخ أو رقم، يُحفظ مع كل موافقة.
setting-registration-invitation-ttl = مدة صلاحية الدعوات
setting-registration-invitation-ttl-help = بالثواني، ما لم يُحدَّد غير ذلك عند الدعوة.

settings-password = كلمات المرور
setting-password-min-length = أقصر كلمة مرور
setting-password-min-length-help = بالأحرف، من 8 إلى 128. يسري على كلمات المرور التي تُختار من الآن.
setting-password-max-length = أطول كلمة مرور
setting-password-max-length-help = بالبايت، من 64 إلى 4096.
setting-password-classes = أنواع الأحرف
setting-password-classes-help = كم نوعًا يجب أن يَرِد من الأحرف الصغيرة والكبيرة والأرقام وغيرها، من 0 إلى 4. الطول يحمي أكثر من التنوع.
setting-password-history = كلمات المرور السابقة
setting-password-history-help = كم واحدة من الأخيرة، ومنها الحالية، لا يجوز اختيارها ثانية، من 0 إلى 24.
setting-password-max-age = مدة صلاحية كلمة المرور
setting-password-max-age-help = بالثواني؛ بعدها يجب اختيار كلمة أخرى عند تسجيل الدخول التالي. 0: بلا حد، وهو ما ينصح به معظم الخبراء.

settings-factor = العوامل الثانية والرموز
setting-factor-second = الرموز كعامل ثانٍ
setting-factor-second-help = مفاتيح المرور وتطبيقات المصادقة متاحة دائمًا، وهي أكثر أمانًا.
setting-factor-alone = الرموز بدلًا من كلمة المرور
setting-factor-alone-help = من يستطيع قراءة البريد أو الرسائل يستطيع تسجيل الدخول.
setting-factor-recover = الرموز عند نسيان كلمة المرور
setting-factor-recover-help = إلى أين يمكن إرسال رمز لكلمة مرور جديدة. بلا اختيار: لا يساعد إلا مدير.
setting-factor-offer = عرض عامل ثانٍ بعد أول تسجيل دخول
setting-factor-offer-help = من ليس لديه عامل ثانٍ يُعرض عليه مرة واحدة كيف يضيفه.
setting-factor-reset-delay = مدة الانتظار عند فقدان جميع العوامل
setting-factor-reset-delay-help = بالثواني، من يوم إلى 30 يومًا يُنبَّه خلالها صاحب الحساب. 0: لا يساعد إلا مدير.
setting-factor-reset-for-roles = أيضًا لمن يتطلب دورهم عاملًا ثانيًا
setting-factor-reset-for-roles-help = وإلا وجب أن يساعدهم مدير عند فقدان جميع العوامل.

settings-session = الجلسات
setting-session-idle = تنتهي الجلسة دون استخدام بعد
setting-session-idle-help = بالثواني. وتنتهي مع المتصفح في كل الأحوال.
setting-session-absolute = تنتهي الجلسة في كل الأحوال بعد
setting-session-absolute-help = بالثواني منذ تسجيل الدخول.
setting-session-kept-idle = تنتهي الجلسة المحفوظة دون استخدام بعد
setting-session-kept-idle-help = بالثواني، لمن يختار البقاء مسجّل الدخول.
setting-session-kept-absolute = تنتهي الجلسة المحفوظة في كل الأحوال بعد
setting-session-kept-absolute-help = بالثواني منذ تسجيل الدخول.
setting-session-flow-ttl = الوقت المتاح لإتمام تسجيل الدخول
setting-session-flow-ttl-help = بالثواني، من طلب التطبيق إلى نهاية تسجيل الدخول.
setting-session-reauth = يُعدّ تسجيل الدخول حديثًا لمدة
setting-session-reauth-help = بالثواني. كل ما هو حساس، وكل تغيير في لوحة الإدارة هذه، يتطلب تسجيل دخول حديثًا.
setting-session-admin-idle = تُغلق لوحة الإدارة دون استخدام بعد
setting-session-admin-idle-help = بالثواني.
setting-session-admin-absolute = تُغلق لوحة الإدارة في كل الأحوال بعد
setting-session-admin-absolute-help = بالثواني منذ تسجيل الدخول.

settings-account = الحسابات
setting-account-deletion-delay = مهلة التراجع عن حذف الحساب
setting-account-deletion-delay-help = بالثواني، من ساعة إلى 90 يومًا. بعدها يُمحى الحساب.
setting-account-export-ttl = يمكن تنزيل نسخة من البيانات الشخصية لمدة
setting-account-export-ttl-help = بالثواني منذ إعدادها.

settings-limits = الحدود
setting-limits-login-burst = محاولات تسجيل الدخول دفعة واحدة
setting-limits-login-burst-help = من عنوان واحد، قبل أن يُحتسب المعدل التالي.
setting-limits-login-per-minute = محاولات تسجيل الدخول في الدقيقة
setting-limits-login-per-minute-help = من عنوان واحد.
setting-limits-account-failures = كلمات المرور الخاطئة في اليوم
setting-limits-account-failures-help = لحساب واحد من أي مكان. عند تجاوزها لا تُقبل أي كلمة مرور ليوم كامل، ما لم يفتحه صاحبه بالرابط في الرسالة.
setting-limits-names-per-address = الحسابات التي تُجرَّب من عنوان واحد
setting-limits-names-per-address-help = بكلمات مرور خاطئة خلال ساعة. عند تجاوزها يُحظر العنوان ساعة.
setting-limits-client-failures-per-minute = أسرار التطبيقات الخاطئة في الدقيقة
setting-limits-client-failures-per-minute-help = لتطبيق واحد من عنوان واحد.
setting-limits-token-client-burst = طلبات الرموز المميزة دفعة واحدة
setting-limits-token-client-burst-help = من تطبيق واحد، قبل أن يُحتسب المعدل التالي.
setting-limits-token-client-rate = طلبات الرموز المميزة في الثانية
setting-limits-token-client-rate-help = من تطبيق واحد.
setting-limits-api-rate = طلبات الواجهة البرمجية في الثانية
setting-limits-api-rate-help = بمفتاح واحد أو رمز واحد.
setting-limits-introspect-client-rate = عمليات فحص الرموز في الثانية
setting-limits-introspect-client-rate-help = من تطبيق واحد.
setting-limits-flows-per-minute = عمليات تسجيل الدخول التي تبدؤها التطبيقات في الدقيقة
setting-limits-flows-per-minute-help = من عنوان واحد.
setting-limits-sign-ups-per-hour = الحسابات الجديدة في الساعة
setting-limits-sign-ups-per-hour-help = من عنوان واحد، ومثلها دفعة واحدة.
setting-limits-recoveries-per-hour = طلبات نسيان كلمة المرور في الساعة
setting-limits-recoveries-per-hour-help = من عنوان واحد، ومثلها دفعة واحدة.
setting-limits-letters-per-hour = الرسائل في الساعة
setting-limits-letters-per-hour-help = التي يمكن لمن لم يسجّل الدخول أن يتسبب في إرسالها إلى شخص واحد؛ وثلاث دفعة واحدة.

settings-api = البرامج
setting-api-sign-in = يمكن للأشخاص تسجيل الدخول عبر الواجهة البرمجية
setting-api-sign-in-help = للتطبيقات التي تطلب كلمة المرور في صفحاتها الخاصة.
