## Preferences

account-preferences = التفضيلات
preferences-title = التفضيلات
preferences-theme = المظهر
preferences-theme-hint = في الصفحات التي تراها وأنت مسجّل الدخول.
preferences-theme-system = كما يريد النظام
preferences-theme-light = فاتح
preferences-theme-dark = داكن
preferences-letters = الرسائل إليك
preferences-letters-hint = ما يخص أمان حسابك يُكتب إليك دائمًا.
preferences-letter-export = عندما تصبح البيانات التي طلبتها جاهزة للتنزيل
preferences-elsewhere = اللغة والمنطقة الزمنية في
preferences-saved = تم حفظ تفضيلاتك.
action-preferences-change = تغيّرت التفضيلات
action-type-change = تغيّر نوع الحساب
action-field-change = تغيّر حقل خاص
activity-preferences = غيّرت تفضيلاتك
activity-type = تغيّر نوع حسابك
activity-field = تغيّر شيء مدوَّن عنك

## What else is known of a person

profile-bio = نبذة عنك
profile-bio-wrong = 1000 حرف على الأكثر، من دون أحرف تحكم.
profile-facts = ما دوّنه المسؤولون
profile-facts-lead = راجعهم إذا كان هنا شيء غير صحيح.
profile-type = نوع الحساب
field-yes = نعم
field-no = لا
field-required = هذا مطلوب.
field-text-wrong = 500 حرف على الأكثر في سطر واحد.
field-number-wrong = أدخل رقمًا، مثل 42 أو 1.5.
field-date-wrong = أدخل تاريخًا، مثل 2026-12-31.
