# التطبيقات في وحدة الإدارة: تسجيلها وتغييرها واختبارها.

admin-apps = التطبيقات
app-new = تسجيل تطبيق
app-open = إلى التطبيق
app-search = البحث عن تطبيق
app-search-hint = اكتب بداية اسمه.
app-none = لم يُسجَّل أي تطبيق بعد. سجّل الأول ليتمكن الأشخاص من تسجيل الدخول إليه.
app-none-found = لا يوجد تطبيق يطابق ما تبحث عنه.
app-id = معرّف العميل
app-registered = سُجّل
app-updated = آخر تغيير
app-audit = كل ما حدث لهذا التطبيق

app-state = الوصول إلى هذا الخادم
app-state-any = الكل ما عدا المحذوف
app-state-enabled = مفعّل
app-state-disabled = معطّل
app-state-deleted = محذوف
app-state-enabled-help = التطبيق يعمل. إذا عطّلته فلن يستطيع أحد تسجيل الدخول إليه ولن تُحتسب رموزه إلى أن تفعّله من جديد.
app-state-disabled-help = التطبيق ممنوع: لا يستطيع أحد تسجيل الدخول إليه ولا تُحتسب رموزه. وحين تفعّله تُحتسب من جديد.
app-state-deleted-help = التطبيق مجهول لكل طلب. إذا استعدته عاد كما كان مع كل ما سمح له به الأشخاص.
app-step-disable = تعطيل
app-step-enable = تفعيل
app-step-delete = حذف
app-step-restore = استعادة
app-member-enabled = مفعّل
app-member-deleted = محذوف
app-response-types = أنواع الاستجابة

## نوع التطبيق

app-kinds-lead = ما نوع التطبيق؟ لن تُسأل بعد ذلك إلا عمّا يحتاجه هذا النوع.
app-kind-other = اختيار نوع آخر
app-kind-web = تطبيق ويب
app-kind-web-hint = يعمل على خادم لديك يستطيع حفظ سر.
app-kind-page = تطبيق صفحة واحدة
app-kind-page-hint = يعمل في المتصفح فقط بلغة JavaScript. لا سر له، ويحل PKCE محله.
app-kind-native = تطبيق أصلي
app-kind-native-hint = يعمل على هاتف أو حاسوب. لا سر له، ويحل PKCE محله.
app-kind-service = خدمة
app-kind-service-hint = برنامج يعمل باسمه هو، بلا أشخاص يسجلون الدخول.
app-new-rest = لكل ما عدا ذلك قيمة مناسبة، ويمكن تغييره لاحقًا في صفحة التطبيق.
app-make = تسجيل التطبيق

## ما يُعطى له

app-made = سُجّل التطبيق
app-made-once = انسخ السر الآن: لن يُعرض إلا هذه المرة. لا يُحفظ منه سوى بصمته.
app-made-public = هذا النوع من التطبيقات لا سر له. كل ما يحتاجه هو معرّف العميل.
app-made-next = لا تطلب معظم المكتبات سوى معرّف العميل والسر إن وُجد وعنوان وثيقة الاكتشاف.
app-made-next-service = يطلب البرنامج رموزه باستخدام grant_type=client_credentials.
app-discovery = وثيقة الاكتشاف
app-secret = سر العميل
app-old-secret = السر السابق
app-secret-made = للتطبيق سر جديد
app-secrets = الأسرار
app-secrets-help = حين تنشئ سرًا جديدًا يبقى السابق صالحًا 24 ساعة ليتغيّر التطبيق دون انقطاع.
app-secrets-none = لا سر صالحًا. لا يستطيع التطبيق إثبات هويته حتى تنشئ سرًا جديدًا.
app-secret-since = مستخدم منذ
app-secret-current = الحالي
app-secret-new = إنشاء سر جديد
app-secret-end = إنهاء السر السابق الآن

## ما سمح له به الأشخاص

app-access = الوصول إلى الأشخاص
app-consents = أشخاص سمحوا له بشيء
app-grants = عمليات تسجيل دخول لا تزال رموزها صالحة
app-withdraw = سحب كل وصول
app-withdraw-help = تنتهي كل الرموز التي يحملها التطبيق عن الأشخاص، ويُسأل الجميع من جديد. لا يمكن التراجع عن ذلك. سترى أولًا مقداره.

## الاختبار الذاتي

app-test = الاختبار الذاتي
app-test-help = يؤدي Signet دور هذا التطبيق أمام نفسه: الإعدادات والتواقيع وعناوين إعادة التوجيه وتسجيل دخول كامل بشخص يُنشأ لذلك. لا يبقى من ذلك شيء.
app-test-run = بدء الاختبار الذاتي
app-test-good = كل شيء على ما يرام
app-test-bad =
    { $count ->
        [zero] لم يفشل أي اختبار
        [one] فشل اختبار واحد
        [two] فشل اختباران
        [few] فشلت { $count } اختبارات
        [many] فشل { $count } اختبارًا
       *[other] فشل { $count } اختبار
    }
app-test-passed = نجح
app-test-failed = فشل
app-test-skipped = لم يُجرَّب
app-test-count-passed = نجح: { $count }
app-test-count-failed = فشل: { $count }
app-test-count-skipped = لم يُجرَّب: { $count }
app-test-skipped-help = ما لم يُجرَّب لا يخص هذا التطبيق، أو لا يستطيع إظهاره إلا التطبيق نفسه.
app-test-name = الاختبار
app-test-clause = أين هو مكتوب

## ما رُفض له

app-refusals = آخر حالات الرفض
app-refusals-none = لم يُرفض لهذا التطبيق شيء مؤخرًا.
app-refusals-all = كل حالات الرفض لهذا التطبيق

## إعداداته

app-settings = الإعدادات
app-settings-deleted = استعد التطبيق لتغيير إعداداته.
app-edit = تغيير هذا التطبيق؟
app-changed = غيّر شخص آخر هذا التطبيق أثناء عملك عليه. لم يُحفظ شيء منك بعد ولم يضِع شيء.
app-changed-title = ما تغيّر في هذه الأثناء
app-changed-help = في الأسفل كل ما لم تلمسه كما هو الآن، وما كتبته بنفسك لا يزال موجودًا. راجعه ثم تابع.
app-changed-yours = كما كان لديك
app-changed-now = كما هو الآن
app-group-face = ما يراه الأشخاص
app-group-sign-in = تسجيل الدخول
app-group-proof = كيف يثبت التطبيق هويته
app-group-tokens = الرموز
app-client-name = الاسم
app-client-name-help = يراه الأشخاص عند تسجيل الدخول وعندما تُطلب موافقتهم.
app-client-name-service = لتجده لاحقًا في هذه القائمة وفي السجل.
app-logo-uri = الشعار
app-logo-uri-help = عنوان https لصورة تظهر بجانب الاسم.
app-client-uri = الصفحة الرئيسية
app-client-uri-help = إلى أين يقود اسم التطبيق.
app-policy-uri = سياسة الخصوصية
app-policy-uri-help = يستطيع الأشخاص قراءتها قبل تسجيل الدخول.
app-tos-uri = شروط الخدمة
app-tos-uri-help = يستطيع الأشخاص قراءتها قبل تسجيل الدخول.
app-contacts = جهات الاتصال
app-contacts-help = عناوين بريد من يعتنون بالتطبيق، واحد في كل سطر. لا يراها إلا المسؤولون.
app-redirect-uris = عناوين إعادة التوجيه
app-redirect-uris-help = إلى أين يعود الأشخاص بعد تسجيل الدخول، واحد في كل سطر وحرفًا بحرف: https، أو http على جهازك.
app-redirect-uris-native = إلى أين يعود الأشخاص بعد تسجيل الدخول، واحد في كل سطر: مخطط خاص بالتطبيق مثل com.example.app:/callback، أو http://127.0.0.1/callback بأي منفذ.
app-logout-uris = عناوين إعادة التوجيه بعد الخروج
app-logout-uris-help = إلى أين يمكن أن يعود الأشخاص بعد تسجيل الخروج، واحد في كل سطر.
app-login-uri = بداية تسجيل الدخول
app-login-uri-help = عنوان https الذي يبدأ عنده التطبيق تسجيل دخول طُلب من مكان آخر.
app-grant-types = طرق الحصول على الرموز
app-grant-types-help = بأي الطرق يستطيع التطبيق الحصول على رموز.
app-grant-code = يسجل الأشخاص الدخول إليه (authorization code)
app-grant-refresh = يجدد رموزه بنفسه (refresh token)
app-grant-program = يعمل باسمه هو بلا شخص (client credentials)
app-scope = النطاقات
app-scope-help = ما يجوز للتطبيق أن يطلبه من الأشخاص. يُقال لهم بهذه الكلمات ويستطيعون الرفض.
app-scope-service = ما يجوز للبرنامج أن يطلبه.
app-scope-others = نطاقات أخرى
app-scope-others-help = نطاقات واجهاتك، تفصلها مسافات؛ وكذلك حقوق Signet نفسه، مثل signet:users.read.
app-first-party = تطبيق من تطبيقاتنا
app-first-party-help = لا تُطلب موافقة الأشخاص إلا على حقوق Signet نفسه.
app-require-factor = يلزم عامل ثانٍ
app-require-factor-help = لا يسجل أحد الدخول إلى هذا التطبيق بعامل واحد فقط.
app-max-age = أطول مدة منذ تسجيل الدخول
app-max-age-help = بالثواني. من سجّل الدخول قبل ذلك يعيده. فارغ: لا يهم.
app-auth-method = كيف يثبت التطبيق هويته
app-auth-method-help = ما يُظهره عند جلب رموزه.
app-auth-none = لا سر له ويكفي PKCE (none)
app-auth-basic = بسره في الترويسة (client_secret_basic)
app-auth-post = بسره في النموذج (client_secret_post)
app-application-type = أين يعمل
app-application-type-help = يجوز للتطبيق الأصلي استخدام أي منفذ على جهازه.
app-type-web = على الويب
app-type-native = على جهاز الشخص نفسه
app-require-pkce = PKCE إلزامي
app-require-pkce-help = لا تطفئه إلا لتطبيق لا يقدر عليه. التطبيقات التي لا سر لها تحتاجه دائمًا.
app-token-format = رموز الوصول
app-token-format-help = الموقّعة تتحقق منها الواجهات بنفسها؛ أما الأخرى فتسأل عنها Signet وتعلم فورًا إن سُحبت.
app-format-jwt = موقّعة تتحقق منها الواجهات (JWT)
app-format-opaque = مرجع لا يقرؤه إلا Signet
app-token-alg = توقيع رموز الوصول
app-token-alg-help = يخص الموقّعة فقط.
app-id-token-alg = توقيع رموز الهوية
app-id-token-alg-help = تعرف كل المكتبات RS256.
app-userinfo-alg = توقيع معلومات المستخدم
app-userinfo-alg-help = تريد معظم التطبيقات JSON بسيطًا.
app-userinfo-plain = بلا توقيع: JSON بسيط

## ما الخطأ في إعداد

app-name-wrong = أعطه اسمًا من 1 إلى 128 بايت.
app-number-wrong = أدخل عددًا صحيحًا من الثواني أو لا شيء.
app-address-wrong = أدخل عنوانًا يبدأ بـ https://، أو http:// على جهازك، لا يتجاوز 2048 بايت.
app-redirect-wrong = لا يمكن استخدام «{ $uri }». يبدأ العنوان بـ https://، أو http:// على جهازك، أو مخطط خاص بالتطبيق مثل com.example.app:/، وليس فيه # ولا * ولا مسافات.
app-redirect-twice = «{ $uri }» مذكور مرتين.
app-redirect-many = هذه أكثر من { $most } عنوانًا.
app-redirect-needed = أدخل عنوانًا واحدًا على الأقل: بدونه لا يعود أحد إلى التطبيق.
app-redirect-unused = بدون الطريقة التي يسجل بها الأشخاص الدخول لا يعود أحد. احذف العناوين أو اختر تلك الطريقة.
app-grants-none = اختر واحدة على الأقل.
app-grants-refresh = لا تُجدد الرموز إلا حيث يسجل الأشخاص الدخول. اختر تلك الطريقة أيضًا.
app-grants-public = من يعمل باسمه هو عليه إثبات هويته، ويلزم لذلك سر.
app-scope-wrong = 50 نطاقًا على الأكثر، بلا علامات اقتباس ولا شرطة مائلة عكسية ولا أحرف غير لاتينية؛ وما يبدأ بـ signet: يجب أن يكون حقًا من حقوق Signet.
app-scope-beyond = لا يمكنك منح «{ $scope }» لتطبيق لأنك لا تملك هذا الحق بنفسك.

## حالات الرفض

admin-refusals = حالات الرفض
refusals-lead = لكل رفض مرجع يظهر في صفحة الخطأ وفي الرد على التطبيق، وهو يبيّن السبب.
refusals-none = لم يُرفض شيء مؤخرًا.
refusals-none-found = لا توجد حالة رفض تطابق ما تبحث عنه.
refusal-title = لماذا رُفض؟
refusal-reference = المرجع
refusal-reference-hint = مثل K7QM-2F9X
refusal-unknown = لا يوجد رفض بهذا المرجع. تُحفظ حالات الرفض بضعة أيام فقط.
refusal-day-wrong = أدخل يومًا، مثل 2026-08-01.
refusal-explain = اشرح
refusal-any = الكل
refusal-what = الفحص الذي فشل
refusal-endpoint = الطلب
refusal-code = رمز الخطأ
refusal-checks = الفحوص بترتيبها
refusal-checks-help = أول فحص يفشل ينهي الطلب.
refusal-expected = المتوقع
refusal-received = ما وصل
refusal-setting = يقرره
refusal-change = يُغيَّر هكذا:
refusal-back = كل حالات الرفض

## التجربة

trial-open = تجربة
trial-title = ماذا سيحدث؟
trial-lead = يجرّب تسجيل دخول دون تنفيذه: الفحوص نفسها كما في الواقع، والصفحات التي سيراها الشخص، وما ستقوله الرموز. لا يصدر شيء ولا يلاحظ أحد.
trial-app-help = تجده في صفحة التطبيق.
trial-app-unknown = لا يوجد تطبيق بهذا المعرّف.
trial-person-help = اسم المستخدم أو البريد الإلكتروني أو المعرّف. فارغ: تنتهي حيث يلزم أن يسجل أحد الدخول.
trial-person-unknown = لا أحد بهذا الاسم.
trial-session = هل سجّل الدخول بالفعل؟
trial-session-help = حال الشخص عندما يطلب التطبيق.
trial-session-none = لا
trial-session-now = نعم، الآن، بكلمة المرور
trial-session-hour = نعم، قبل ساعة، بكلمة المرور
trial-session-sure = نعم، الآن، بعاملين
trial-scope = النطاقات
trial-scope-help = تفصلها مسافات. فارغ: كل ما يجوز للتطبيق.
trial-prompt = Prompt
trial-prompt-help = ما يريد التطبيق أن يراه الشخص.
trial-address = عنوان الشخص
trial-address-help = عنوان IP، لمعرفة ما إذا كان شيء يوقفه.
trial-address-wrong = أدخل عنوان IP، مثل 198.51.100.7.
trial-more = معاملات أخرى
trial-redirect = عنوان إعادة التوجيه
trial-redirect-help = فارغ: أول عنوان للتطبيق.
trial-max-age = max_age
trial-max-age-help = أقصى عدد من الثواني منذ تسجيل الدخول.
trial-acr = acr_values
trial-acr-help = مدى وثوقية تسجيل الدخول المطلوبة، مثل urn:signet:acr:mfa.
trial-submit = جرّب
trial-refused = سيُرفض
trial-issued = سيدخل الشخص
trial-login = سيلزم الشخص تسجيل الدخول
trial-pages = سيرى الشخص بهذا الترتيب:
trial-pages-none = لن يرى الشخص أي صفحة.
trial-page-login = صفحة تسجيل الدخول
trial-page-factor = طلب عامل ثانٍ
trial-page-set-up = إعداد عامل ثانٍ
trial-page-consent = طلب الموافقة
trial-checks-help = ما لم يُجرَّب لا يبيّنه إلا طلب حقيقي.
trial-claims = ما ستقوله الرموز
trial-claims-help = تقف علامة الحذف حيث يحمل الرمز الحقيقي شيئًا عشوائيًا.
trial-lasting = سيأتي معها رمز تجديد.
trial-not-lasting = لن يأتي معها رمز تجديد.
trial-access-token = رمز الوصول
trial-id-token = رمز الهوية
trial-userinfo = معلومات المستخدم
trial-origin-free = لا شيء يوقف هذا العنوان.
trial-origin-exempt = لا تشمل الحدود هذا العنوان.
trial-origin-refused = لا يجوز لأحد تسجيل الدخول من هذا العنوان الآن:
