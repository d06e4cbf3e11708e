## الخطوة الثانية لتسجيل الدخول

mfa-title = خطوة أخرى
mfa-lead = أنت تسجّل الدخول باسم { $person }. أثبت بطريقة ثانية أنك أنت.
mfa-totp = رمز تطبيق المصادقة
mfa-totp-hint = ستة أرقام تتغيّر كل نصف دقيقة.
mfa-backup = رمز احتياطي
mfa-backup-hint = أحد الرموز التي طبعتها أو حفظتها. يعمل كل منها مرة واحدة.
mfa-send-hint = يمكننا أن نرسل إليك رمزًا يصلح مرة واحدة لمدة 10 دقائق.
mfa-send = أرسل الرمز
mfa-sent = أرسلنا رمزًا إلى { $receiver }. يصلح مرة واحدة لمدة 10 دقائق.
mfa-trust = لا تسأل في هذا المتصفح لمدة 30 يومًا
mfa-submit = متابعة
mfa-others = أو بطريقة أخرى:
mfa-way-totp = تطبيق المصادقة
mfa-way-passkey = مفتاح مرور
mfa-way-email = رمز بالبريد الإلكتروني
mfa-way-sms = رمز برسالة نصية
mfa-way-backup = رمز احتياطي
mfa-again = تسجيل الدخول باسم شخص آخر
mfa-wrong = هذا الرمز غير صحيح أو استُخدم من قبل.
mfa-locked =
    كانت هناك رموز خاطئة كثيرة جدًا. انتظر { $count ->
        [zero] { $count } دقيقة
        [one] دقيقة واحدة
        [two] دقيقتين
        [few] { $count } دقائق
        [many] { $count } دقيقة
       *[other] { $count } دقيقة
    }، ثم سجّل الدخول من جديد.

## أمان الحساب

security-title = الأمان
security-lead = العامل الثاني يمنع من لا يعرف سوى كلمة مرورك من الدخول إلى حسابك.
security-apps = تطبيقات المصادقة
security-apps-none = لا شيء بعد. يعرض تطبيق على هاتفك رمزًا جديدًا كل نصف دقيقة.
security-add-app = إضافة تطبيق مصادقة
security-added = منذ
security-used = آخر استخدام
security-never = أبدًا
security-remove = إزالة
security-email = رموز بالبريد الإلكتروني
security-email-hint = يُرسل رمز إلى عنوان حسابك. هذا أفضل من لا شيء، لكن من يقرأ بريدك يستطيع الدخول.
security-sms = رموز برسائل نصية
security-sms-hint = يُرسل رمز إلى رقم هاتفك. هذا سهل، لكن الرقم قد يُسرق: التطبيق أو مفتاح المرور أكثر أمانًا.
security-sms-phone = أضف رقم هاتف أولًا
security-on = تشغيل
security-off = إيقاف
security-codes = الرموز الاحتياطية
security-codes-off = تأتي مع أول عامل ثانٍ لك.
security-codes-left =
    { $count ->
        [zero] لم يبقَ أي رمز. أنشئ رموزًا جديدة.
        [one] بقي رمز واحد.
        [two] بقي رمزان.
        [few] بقيت { $count } رموز.
        [many] بقي { $count } رمزًا.
       *[other] بقي { $count } رمز.
    }
security-codes-make = إنشاء رموز احتياطية جديدة
security-devices = المتصفحات الموثوقة
security-devices-none = لا شيء. يطلب كل تسجيل دخول العامل الثاني.
security-until = حتى
security-distrust = إلغاء الثقة
totp-title = إضافة تطبيق مصادقة
totp-lead = امسح رمز QR هذا بالتطبيق، أو اكتب المفتاح فيه. ثم اكتب الرمز الذي يعرضه.
totp-picture = رمز QR يحمل المفتاح
totp-secret = المفتاح
totp-name = الاسم في قائمتك
totp-name-hint = لتتعرّف عليه لاحقًا، مثل اسم الهاتف.
totp-code = الرمز من التطبيق
totp-submit = إضافة التطبيق
totp-wrong = هذا الرمز غير صحيح. تأكد من صحة ساعة هاتفك، واكتب أحدث رمز.
totp-default = تطبيق المصادقة
codes-title = رموزك الاحتياطية
codes-lead = يتيح لك كل منها تسجيل الدخول مرة واحدة عندما لا يكون هاتفك معك. اطبعها أو احفظها حيث لا يجدها سواك. تُعرض الآن فقط، ولم تعد الرموز الأقدم تعمل.
codes-print = طباعة
codes-done = لقد حفظتها

## مفاتيح المرور

passkey-title = إضافة مفتاح مرور
passkey-lead = يحلّ مفتاح المرور محلّ كلمة مرورك: تسجّل الدخول ببصمتك أو وجهك أو رمز PIN لجهازك. لا يعمل إلا على هذا الموقع، فلا يستطيع أحد أن يستدرجك إلى البوح به.
passkey-name = الاسم الذي تطلقه عليه
passkey-name-hint = لتتعرّف عليه في القائمة، مثل اسم الجهاز.
factor-name-missing = أعطِه اسمًا.
passkey-submit = إنشاء مفتاح المرور
passkey-back = العودة إلى الأمان
passkey-default = مفتاح المرور { $count }
passkey-not-added = لم يُضَف مفتاح المرور. حاول مرة أخرى.
passkey-login = تسجيل الدخول بمفتاح مرور
passkey-use = استخدام مفتاح مرور
passkey-wrong = لم يُقبل مفتاح المرور هذا. حاول مرة أخرى، أو سجّل الدخول بطريقة أخرى.
passkey-cancelled = لم يحدث شيء: أُلغي الأمر، أو استغرق وقتًا طويلًا، أو لا يوجد هنا مفتاح مرور لهذا الموقع.
passkey-known = يوجد على هذا الجهاز مفتاح مرور لحسابك.
passkey-often = محاولات كثيرة جدًا من شبكتك. انتظر قليلًا، ثم حاول مرة أخرى.
passkey-failed = لم ينجح ذلك. أعد تحميل الصفحة، أو اختر طريقة أخرى.
passkey-needs-script = تحتاج مفاتيح المرور إلى JavaScript وإلى متصفح يدعمها.
security-passkeys = مفاتيح المرور
security-passkeys-none = لا شيء بعد. مع مفتاح المرور تسجّل الدخول دون كلمة مرورك: بالبصمة أو الوجه أو رمز PIN.
security-add-passkey = إضافة مفتاح مرور
security-rename = تغيير الاسم
security-rename-submit = حفظ الاسم

## The first second factor

start-title = احمِ حسابك
start-lead = مع عامل ثانٍ لا يدخل من لا يعرف إلا كلمة مرورك. لا يستغرق الأمر سوى دقيقة.
start-demanded = تحتاج إلى عامل ثانٍ لتتابع. لا يستغرق الأمر سوى دقيقة، ثم تتابع مباشرة.
start-passkey = أسرع طريقة وأكثرها أمانًا: بصمة هذا الجهاز أو الوجه أو رمز PIN.
start-later = ليس الآن
