## التسجيل

login-forgot = هل نسيت كلمة المرور؟
login-new = جديد هنا؟
login-signup = إنشاء حساب
signup-title = إنشاء حساب
signup-email = عنوان البريد الإلكتروني
signup-email-hint = سنرسل رمزًا إليه.
signup-email-host = لا يمكن التسجيل هنا إلا بعناوين هذه المضيفات: { $hosts }
signup-name = اسمك
signup-password = كلمة المرور
signup-terms = أوافق على شروط الاستخدام وسياسة الخصوصية.
signup-terms-missing = وافق على شروط الاستخدام وسياسة الخصوصية للمتابعة.
signup-submit = إنشاء الحساب
signup-login = لديّ حساب بالفعل
verify-title = تحقّق من بريدك الإلكتروني
verify-lead = أرسلنا رسالة إلى { $email }. اكتب الرمز الوارد فيها، أو افتح رابطها.
verify-code = الرمز
verify-code-hint = ستة أرقام.
verify-submit = متابعة
verify-wrong = هذا الرمز غير صحيح. استخدم الرمز الوارد في أحدث رسالة.
verify-over = لم يعد هذا الرمز صالحًا. اطلب رمزًا آخر أدناه.
verify-nothing = لم تصل رسالة؟
verify-nothing-help = قد يستغرق الأمر دقيقة، أو قد تكون في مجلد الرسائل غير المرغوب فيها. يمكنك طلب رسالة أخرى.
verify-email = عنوان البريد الإلكتروني
verify-resend = إرسال رمز آخر
verify-sent-again = رسالة أخرى في الطريق. الرمز السابق لم يعد صالحًا.
confirm-title = أكّد عنوان بريدك الإلكتروني
confirm-lead = سجّل شخص ما بالعنوان { $email }. إن كنت أنت فأكّد أن هذا العنوان لك.
confirm-submit = تأكيد العنوان
confirm-done = تم تأكيد العنوان
confirm-here = تابع في هذا المتصفح الذي بدأت فيه.
confirm-continue = متابعة
confirm-elsewhere = حسابك جاهز. ارجع إلى المتصفح الذي سجّلت فيه، أو سجّل الدخول هنا.
waiting-title = أوشكت على الانتهاء
waiting-text = تم تأكيد عنوانك. على أحد المسؤولين أن يسمح لك بالدخول الآن، وبعدها يمكنك تسجيل الدخول.
taken-title = لديك حساب بالفعل
taken-text = يوجد حساب بهذا العنوان. سجّل الدخول به، أو اختر كلمة مرور جديدة إن نسيتها.
told-sign-in = تسجيل الدخول

## قوة كلمة المرور الجديدة

strength-weak = ضعيفة. تقوى بمزيد من الكلمات.
strength-fair = متوسطة. 15 حرفًا أو أكثر أفضل.
strength-strong = قوية.

## كلمة مرور منسية

forgot-title = هل نسيت كلمة المرور؟
forgot-lead = اكتب عنوان البريد الإلكتروني لحسابك. إن وُجد حساب به فسنرسل رمزًا إليه.
forgot-email = عنوان البريد الإلكتروني
forgot-submit = إرسال الرمز
forgot-login = العودة إلى تسجيل الدخول
reset-title = اختيار كلمة مرور جديدة
reset-lead = سيُسجَّل خروجك من كل مكان آخر، وعلى التطبيقات أن تسألك من جديد.
reset-password = كلمة المرور الجديدة
reset-submit = تعيين كلمة المرور
