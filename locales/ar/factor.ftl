## الخطوة الثانية لتسجيل الدخول

mfa-title = خطوة أخرى
mfa-lead = سجّلت الدخول باسم { $person }. أثبت بطريقة ثانية أنك أنت.
mfa-totp = رمز تطبيق المصادقة
mfa-totp-hint = ستة أرقام تتغيّر كل نصف دقيقة.
mfa-backup = رمز احتياطي
mfa-backup-hint = أحد الرموز التي طبعتها أو حفظتها. يعمل كل منها مرة واحدة.
mfa-trust = لا تسأل في هذا المتصفح لمدة 30 يومًا
mfa-submit = متابعة
mfa-others = طريقة أخرى
mfa-way-totp = تطبيق المصادقة
mfa-way-passkey = مفتاح مرور
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
security-lead = مع عامل ثانٍ لا يدخل حسابك من لا يعرف سوى كلمة مرورك.
security-apps = تطبيقات المصادقة
security-apps-none = لا شيء بعد. يعرض تطبيق على هاتفك رمزًا جديدًا كل نصف دقيقة.
security-add-app = إضافة تطبيق مصادقة
security-added = منذ
security-used = آخر استخدام
security-never = أبدًا
security-remove = إزالة
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
totp-lead = امسح هذه الصورة بالتطبيق، أو اكتب السرّ فيه.
totp-picture = رمز QR يحمل السرّ
totp-secret = السرّ
totp-name = الاسم الذي تطلقه عليه
totp-name-hint = لتتعرّف عليه في القائمة، مثل اسم الهاتف.
totp-code = الرمز الذي يعرضه التطبيق الآن
totp-submit = إضافة التطبيق
totp-wrong = هذا الرمز غير صحيح. تأكد من صحة ساعة هاتفك، واكتب أحدث رمز.
totp-default = تطبيق المصادقة
codes-title = رموزك الاحتياطية
codes-lead = اطبعها أو احفظها حيث لا يصل إليها سواك. تُعرض هذه المرة فقط، ولم تعد الرموز الأقدم تعمل.
codes-done = لقد حفظتها
