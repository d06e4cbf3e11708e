## الحساب الشخصي: ما تشترك فيه صفحاته

account-nav = حسابك
account-overview = نظرة عامة
account-profile = الملف الشخصي
account-security = الأمان
account-sessions = الأجهزة
account-apps = التطبيقات
account-activity = النشاط
security-sign-in = تسجيل الدخول
device-both = { $browser } على { $system }
device-one = { $name }
device-unknown = جهاز غير معروف
place-both = { $city }، { $country }
place-address = { $place } ({ $address })

## أين سُجّل الدخول

sessions-title = أين سجّلت الدخول
sessions-lead = إذا لم تعرف جهازًا، فسجّل الخروج منه واختر كلمة مرور أخرى. تحتفظ التطبيقات بوصولها حتى تسحبه أو تغيّر كلمة المرور.
sessions-here = هذا الجهاز
sessions-first = تسجيل الدخول
sessions-last = آخر ظهور
sessions-end = تسجيل الخروج
sessions-ended = تم تسجيل الخروج هناك.
sessions-others = تسجيل الخروج من كل مكان آخر
sessions-others-help = تبقى مسجّل الدخول هنا. على كل جهاز آخر في القائمة تسجيل الدخول من جديد.

## التطبيقات التي لها وصول

apps-title = التطبيقات التي لها وصول
apps-lead = سمحت لهذه التطبيقات باستخدام حسابك.
apps-since = منذ
apps-used = آخر استخدام
apps-withdraw = سحب الوصول
apps-withdraw-help = لن يستطيع التطبيق فعل شيء باسمك بعد الآن، وعليه أن يسألك من جديد. ما يعرفه الآن يبقى لديه.
apps-withdrawn = تم سحب الوصول.

## ما حدث

activity-title = النشاط
activity-lead = ما حدث في حسابك، الأحدث أولًا. إذا لم تفعل شيئًا منه بنفسك، فاختر كلمة مرور أخرى.
activity-all = الكل
activity-sign-ins = عمليات تسجيل الدخول
activity-changes = التغييرات
activity-apps = التطبيقات
activity-none = لم يحدث شيء من هذا النوع بعد.
activity-newest = الأحدث
activity-older = الأقدم
activity-failed = مرفوض
activity-sign-in = سجّلت الدخول
activity-sign-in-failed = حاول أحدهم تسجيل الدخول
activity-travel = كان تسجيل الدخول بعيدًا عن الذي قبله
activity-sign-out = سجّلت الخروج
activity-session-end = سجّلت الخروج من جهاز آخر
activity-consent-give = سمحت بالوصول
activity-consent-deny = لم تسمح بالوصول
activity-consent-withdraw = سحبت الوصول
activity-token-issue = حصل تطبيق على الوصول
activity-token-refresh = جدّد تطبيق وصوله
activity-token-reuse = قدّم تطبيق رمزًا مستعملًا
activity-token-revoke = أعاد تطبيق وصوله
activity-code-replay = قدّم تطبيق رمز تفويض مستعملًا
activity-set-up = أعددت هذا الخادم
activity-sign-up = أنشأت حسابك
activity-recover = اخترت كلمة مرور جديدة عبر البريد الإلكتروني
activity-password-set = غيّرت كلمة المرور
activity-password-require = طُلب تغيير كلمة المرور
activity-email = غيّرت عنوان بريدك الإلكتروني
activity-phone = غيّرت رقم هاتفك
activity-profile = غيّرت ملفك الشخصي
activity-username = غيّرت اسم المستخدم
activity-factor-add = أضفت عاملًا ثانيًا
activity-factor-remove = أزلت عاملًا ثانيًا
activity-factor-reset = طلبت إزالة عواملك الثانية
activity-factor-reset-stopped = بقيت عواملك الثانية
activity-user-create = أنشأت حسابًا لشخص
activity-user-disable = أغلقت حساب شخص
activity-user-enable = أعدت فتح حساب شخص
activity-user-unlock = ألغيت قفل حسابك
activity-client-create = سجّلت تطبيقًا
activity-client-disable = منعت تطبيقًا
activity-client-enable = سمحت لتطبيق من جديد
activity-client-secret = أنشأت سرًا جديدًا لتطبيق
activity-key-create = أنشأت مفتاح توقيع
activity-key-rotate = غيّرت مفتاح التوقيع
activity-key-retire = أخرجت مفتاح توقيع من الخدمة

## كلمة مرور أخرى

password-title = تغيير كلمة المرور
password-lead = تبقى مسجّل الدخول هنا، وتُسجَّل خارجًا من كل مكان آخر، وعلى التطبيقات أن تسألك من جديد.
password-changed = تم تغيير كلمة المرور. سُجّل خروجك من كل مكان آخر.

## عن النفس

profile-title = ملفك الشخصي
profile-lead = لا ترى التطبيقات منه إلا ما تسمح به. يمكن ترك كل شيء فارغًا ما عدا اسم المستخدم.
profile-name = الاسم
profile-username-hint = تسجّل الدخول به. من 3 إلى 64 حرفًا أو رقمًا أو نقطة أو شرطة أو شرطة سفلية.
profile-given-name = الاسم الأول
profile-middle-name = الاسم الأوسط
profile-family-name = اسم العائلة
profile-nickname = اللقب
profile-gender = الجنس
profile-birthdate = تاريخ الميلاد
profile-locale = اللغة
profile-locale-none = كما يفضّل المتصفح
profile-zone = المنطقة الزمنية
profile-zone-none = غير محددة
profile-website = الموقع الإلكتروني
profile-page = صفحة التعريف
profile-page-hint = صفحة عنك، مثل https://example.com/ada
profile-picture = الصورة
profile-picture-hint = عنوان صورة لك.
profile-street = الشارع والرقم
profile-postal-code = الرمز البريدي
profile-locality = المدينة
profile-region = المنطقة
profile-country = الدولة
profile-submit = حفظ
profile-saved = تم حفظ ملفك الشخصي.
profile-username-taken = اسم المستخدم هذا لدى شخص آخر.
profile-birthdate-wrong = أدخل تاريخًا مضى، مثل 1990-12-31.
profile-choice-wrong = اختر واحدًا من القائمة.
profile-uri-wrong = أدخل عنوان ويب، مثل https://example.com/

## عنوان بريد آخر

email-title = تغيير عنوان البريد الإلكتروني
email-now = عنوانك هو { $email }. يسري العنوان الجديد عندما تثبت أنك تقرأ ما يُرسل إليه.
email-new = عنوان البريد الإلكتروني الجديد
email-same = هذا عنوانك بالفعل.
email-confirm = سيصبح { $email } عنوان حسابك. تسجّل الدخول به وتُرسل الرسائل إليه.
email-changed = تم تغيير عنوانك، وأُبلغ العنوان القديم.
email-taken = هذا العنوان لدى شخص آخر الآن.

## The phone number

phone-title = رقم هاتفك
phone-lead = لا تراه التطبيقات إلا إذا سمحت لها. يمكن أن تُرسل إليه رموز تسجيل الدخول وكلمة المرور المنسية. يُعتمد الرقم بعد أن تُثبت أنك تقرأ ما يصل إليه.
phone-now = رقمك
phone-new = رقم هاتف جديد
phone-hint = مع رمز البلد، مثل ‎+20 2 2391 3454
phone-wrong = أدخل الرقم مسبوقًا بعلامة + ورمز البلد.
phone-remove = إزالة الرقم
phone-changed = تغيّر رقمك.
phone-prove = أرسلنا رمزًا إلى { $phone }. اكتبه هنا.
phone-nothing = لم يصل شيء؟
phone-sent-again = أرسلنا رمزًا آخر.
