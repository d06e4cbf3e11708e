## الرسائل: الموضوع والنص وعنوان الرابط وما يأتي في الختام

letter-sign-up-subject = أكّد عنوان بريدك الإلكتروني لدى { $tenant }
letter-sign-up-text =
    مرحبًا { $name }،
    بهذا الرمز أو الرابط تؤكّد أن هذا العنوان لك، فيصبح حسابك جاهزًا. اكتب الرمز حيث بدأت التسجيل، أو افتح الرابط على أي جهاز.
letter-sign-up-button = تأكيد العنوان
letter-sign-up-end = يعمل الرمز والرابط مرة واحدة خلال 24 ساعة. إن لم تسجّل أنت فلا حاجة إلى فعل أي شيء: لن يُنشأ أي حساب.

letter-sign-up-known-subject = لديك حساب لدى { $tenant } بالفعل
letter-sign-up-known-text =
    مرحبًا { $name }،
    أراد شخص ما، وربما أنت، التسجيل بهذا العنوان. يوجد حساب به بالفعل، فما عليك إلا تسجيل الدخول. وإن نسيت كلمة المرور فاختر كلمة جديدة من صفحة تسجيل الدخول.
letter-sign-up-known-button = تسجيل الدخول
letter-sign-up-known-end = إن لم تكن أنت فلا حاجة إلى فعل أي شيء. لم يتغيّر شيء.

letter-invitation-subject = أنت مدعو إلى { $tenant }
letter-invitation-text =
    مرحبًا،
    أنت مدعو لامتلاك حساب لدى { $tenant }. اتبع الرابط واختر طريقة تسجيل دخولك وستكون هناك.
letter-invitation-button = قبول الدعوة
letter-invitation-end = يعمل الرابط مرة واحدة حتى { $until }. إن كنت لا تعرف عمّا يدور هذا فلا يلزمك فعل شيء: لن يُنشأ أي حساب.

letter-reset-subject = اختر كلمة مرور جديدة لدى { $tenant }
letter-reset-text =
    مرحبًا { $name }،
    بهذا الرمز أو الرابط تختار كلمة مرور جديدة. اكتب الرمز حيث طلبته، أو افتح الرابط.
letter-reset-button = اختيار كلمة مرور جديدة
letter-reset-end = يعمل الرمز والرابط مرة واحدة خلال 30 دقيقة. إن لم تطلب ذلك فلا حاجة إلى فعل أي شيء: تبقى كلمة مرورك كما هي.

letter-password-changed-subject = تغيّرت كلمة مرورك لدى { $tenant }
letter-password-changed-text =
    مرحبًا { $name }،
    تغيّرت كلمة مرورك في { $at } من العنوان { $address }. وسُجّل خروجك من كل مكان آخر.
letter-password-changed-button = اختيار كلمة مرور أخرى
letter-password-changed-end = إن لم تكن أنت فاختر كلمة مرور أخرى فورًا، واطلب المساعدة ممن يدير { $tenant }.

letter-email-subject = أكّد عنوان بريدك الجديد لدى { $tenant }
letter-email-text =
    مرحبًا { $name }،
    بهذا الرمز أو الرابط تجعل هذا العنوان عنوان حسابك. اكتب الرمز حيث طلبته، أو اتبع الرابط.
letter-email-button = تأكيد العنوان
letter-email-end = يعمل الرمز والرابط مرة واحدة، لمدة 30 دقيقة. إذا لم تطلب ذلك، فلا داعي لفعل شيء: لن يتغير شيء.

letter-email-known-subject = لديك حساب لدى { $tenant } بالفعل
letter-email-known-text =
    مرحبًا { $name }،
    أراد أحدهم، وربما أنت، استخدام هذا العنوان لحساب آخر. إنه يخص هذا الحساب بالفعل، ولا يمكن أن يخص العنوان إلا حسابًا واحدًا.
letter-email-known-button = تسجيل الدخول
letter-email-known-end = إذا لم تكن أنت، فلا داعي لفعل شيء. لم يتغير شيء.

letter-email-changed-subject = تم تغيير عنوان بريدك لدى { $tenant }
letter-email-changed-text =
    مرحبًا { $name }،
    في { $at }، من العنوان { $address }، صار لحسابك عنوان بريد آخر. لن تصل الرسائل إلى هنا بعد الآن.
letter-email-changed-button = عرض عنوان حسابك
letter-email-changed-end = إذا لم تكن أنت، فسجّل الدخول باسم المستخدم وأعد العنوان واختر كلمة مرور أخرى فورًا. إذا لم تستطع تسجيل الدخول، فاطلب المساعدة ممن يدير { $tenant }.

letter-factor-added-subject = أُضيف عامل ثانٍ إلى حسابك لدى { $tenant }
letter-factor-added-text =
    مرحبًا { $name }،
    أُضيف عامل ثانٍ في { $at } من العنوان { $address }.
letter-factor-added-button = اختيار كلمة مرور جديدة
letter-factor-added-end = إن لم تكن أنت فاختر كلمة مرور جديدة فورًا، واطلب المساعدة ممن يدير { $tenant }.

letter-factor-removed-subject = أُزيل عامل ثانٍ من حسابك لدى { $tenant }
letter-factor-removed-text =
    مرحبًا { $name }،
    أُزيل عامل ثانٍ في { $at } من العنوان { $address }.
letter-factor-removed-button = اختيار كلمة مرور جديدة
letter-factor-removed-end = إن لم تكن أنت فاختر كلمة مرور جديدة فورًا، واطلب المساعدة ممن يدير { $tenant }.

letter-backup-codes-made-subject = رموز احتياطية جديدة لحسابك لدى { $tenant }
letter-backup-codes-made-text =
    مرحبًا { $name }،
    أُنشئت رموز احتياطية جديدة في { $at } من العنوان { $address }. لم تعد الرموز الأقدم تعمل.
letter-backup-codes-made-button = اختيار كلمة مرور جديدة
letter-backup-codes-made-end = إن لم تكن أنت فاختر كلمة مرور جديدة فورًا، واطلب المساعدة ممن يدير { $tenant }.

letter-factor-reset-subject = ستُزال عواملك الثانية لدى { $tenant }
letter-factor-reset-text =
    مرحبًا { $name }،
    يقول شخص يعرف كلمة مرورك إنه فقد كل العوامل الثانية لحسابك. إن لم يوقف ذلك أحد فستُزال في { $at }.
letter-factor-reset-button = الاحتفاظ بالعوامل الثانية
letter-factor-reset-end = إن كنت أنت فلا حاجة لفعل شيء. وإن لم تكن أنت فافتح الرابط واختر كلمة مرور أخرى فورًا.

letter-phone-changed-subject = تغيّر رقم هاتفك لدى { $tenant }
letter-phone-changed-text =
    مرحبًا { $name }،
    تغيّر رقم هاتف حسابك أو أُزيل في { $at } من العنوان { $address }.
letter-phone-changed-button = عرض رقمك
letter-phone-changed-end = إن لم تكن أنت من فعل ذلك فاختر كلمة مرور جديدة فورًا، واطلب المساعدة ممن يدير { $tenant }.

letter-sign-in-subject = رمز دخولك إلى { $tenant }
letter-sign-in-text =
    مرحبًا { $name }،
    بهذا الرمز أو الرابط تسجّل الدخول. اكتب الرمز حيث طلبته، أو افتح الرابط في المتصفح نفسه.
letter-sign-in-button = تسجيل الدخول
letter-sign-in-end = يصلح الرمز والرابط مرة واحدة لمدة 10 دقائق. لا تعط الرمز لأحد. إن لم تطلبه فلا حاجة لفعل شيء.

letter-second-factor-subject = رمز دخولك إلى { $tenant }
letter-second-factor-text =
    مرحبًا { $name }،
    هذا الرمز هو الخطوة الثانية لتسجيل دخولك. اكتبه حيث طلبته.
letter-second-factor-end = يصلح مرة واحدة لمدة 10 دقائق. لا تعطه لأحد. إن لم تطلبه فهناك من يعرف كلمة مرورك: اختر غيرها فورًا.

## Short messages

sms-phone = { $code } هو رمزك لدى { $tenant }. يُثبت أن هذا الرقم لك. لا تعطه لأحد.
sms-reset = { $code } هو رمزك لاختيار كلمة مرور جديدة لدى { $tenant }. لا تعطه لأحد.
sms-sign-in = { $code } هو رمز دخولك إلى { $tenant }. لا تعطه لأحد.
sms-second-factor = { $code } هو رمز دخولك إلى { $tenant }. لا تعطه لأحد.

letter-locked-subject = أحدهم يجرّب كلمات مرور لحسابك لدى { $tenant }
letter-locked-text =
    مرحبًا { $name }،
    جُرّبت لحسابك كلمات مرور خاطئة كثيرة متتالية، آخرها في { $at } من { $address } باستخدام { $device }. لذلك على كل محاولة أخرى أن تنتظر، ومحاولتك أيضًا.
    إن كنت أنت، فبهذا الرابط يمكنك المحاولة من جديد فورًا.
letter-locked-button = إلغاء قفل الحساب
letter-locked-end = يعمل الرابط مرة واحدة لمدة 24 ساعة. لم يدخل أحد، وتبقى كلمة مرورك كما هي. إن لم تكن أنت، فلا داعي لفعل شيء؛ كلمة مرور طويلة لا تستخدمها في مكان آخر تمنع الآخرين.

letter-factor-locked-subject = أحدهم يجرّب رموزًا لحسابك لدى { $tenant }
letter-factor-locked-text =
    مرحبًا { $name }،
    أتمّ أحدهم الخطوة الأولى من تسجيل دخولك بنجاح، ثم أدخل عدة رموز خاطئة، آخرها في { $at } من { $address } باستخدام { $device }. لذلك لا تُقبل الرموز لبعض الوقت، ورموزك أيضًا.
    إن كنت أنت، فبهذا الرابط يمكنك المحاولة من جديد فورًا.
letter-factor-locked-button = إلغاء قفل الحساب
letter-factor-locked-end = يعمل الرابط مرة واحدة لمدة 24 ساعة. إن لم تكن أنت، فأحدهم يعرف كلمة مرورك: اختر كلمة أخرى فورًا.

letter-new-device-subject = تسجيل دخول جديد إلى حسابك لدى { $tenant }
letter-new-device-text =
    مرحبًا { $name }،
    سجّل أحدهم الدخول إلى حسابك في { $at } من { $address } باستخدام { $device }. لم تستخدم هذا المتصفح من قبل.
letter-new-device-button = عرض أماكن تسجيل دخولك
letter-new-device-end = إن كنت أنت، فلا داعي لفعل شيء. وإلا فسجّل الخروج هناك واختر كلمة مرور أخرى فورًا.

letter-far-away-subject = تسجيل دخول من مكان بعيد إلى حسابك لدى { $tenant }
letter-far-away-text =
    مرحبًا { $name }،
    سجّل أحدهم الدخول إلى حسابك في { $at } من { $address } باستخدام { $device }. هذا المكان أبعد عن تسجيل دخولك السابق مما يمكن السفر إليه في هذا الوقت.
letter-far-away-button = عرض أماكن تسجيل دخولك
letter-far-away-end = إن كنت أنت، ربما عبر شبكة VPN، فلا داعي لفعل شيء. وإلا فسجّل الخروج هناك واختر كلمة مرور أخرى فورًا.
