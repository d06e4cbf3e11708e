### ما يقوله Signet للناس بالعربية. تَرِد المعرّفات نفسها بالترتيب نفسه في الملفات الأخرى.

## Forms

form-mistake = خطأ:
form-often = تكررت المحاولة أكثر مما ينبغي. لم يضع شيء مما كتبته: انتظر قليلًا ثم أرسله مرة أخرى.
form-problem = توجد مشكلة
form-show-password = إظهار كلمة المرور
form-hide-password = إخفاء كلمة المرور

## The app that asks

client-label = التطبيق
client-policy = سياسة الخصوصية
client-terms = شروط الخدمة
client-back = العودة إلى التطبيق

## Sign-in

login-title = تسجيل الدخول
login-title-again = تسجيل الدخول مرة أخرى
login-purpose = للمتابعة إلى
login-again = أنت مسجّل الدخول بالفعل. أدخل كلمة المرور مرة أخرى للتأكد من هويتك.
login-username = اسم المستخدم أو البريد الإلكتروني
login-password = كلمة المرور
login-keep = إبقائي مسجّل الدخول على هذا الجهاز
login-submit = تسجيل الدخول
login-username-missing = أدخل اسم المستخدم أو البريد الإلكتروني.
login-password-missing = أدخل كلمة المرور.
login-wrong = اسم المستخدم أو كلمة المرور غير صحيحة.
login-disabled = لا يمكن استخدام هذا الحساب حاليًا. تواصل مع الجهة التي تديره.
login-locked-seconds =
    أُدخلت كلمة مرور خاطئة لهذا الاسم مرات كثيرة. انتظر { $count ->
        [zero] { $count } ثانية
        [one] ثانية واحدة
        [two] ثانيتين
        [few] { $count } ثوانٍ
        [many] { $count } ثانية
       *[other] { $count } ثانية
    } ثم حاول مرة أخرى.
login-locked-minutes =
    أُدخلت كلمة مرور خاطئة لهذا الاسم مرات كثيرة. انتظر { $count ->
        [zero] { $count } دقيقة
        [one] دقيقة واحدة
        [two] دقيقتين
        [few] { $count } دقائق
        [many] { $count } دقيقة
       *[other] { $count } دقيقة
    } ثم حاول مرة أخرى.
login-locked-hours =
    أُدخلت كلمة مرور خاطئة لهذا الاسم مرات كثيرة. انتظر { $count ->
        [zero] { $count } ساعة
        [one] ساعة واحدة
        [two] ساعتين
        [few] { $count } ساعات
        [many] { $count } ساعة
       *[other] { $count } ساعة
    } ثم حاول مرة أخرى.

## Consent

consent-title = السماح بالوصول لتطبيق { $app }
consent-heading = هل تسمح بالوصول؟
consent-purpose = بطلب من
consent-person = سجّلت الدخول باسم { $person }.
consent-nothing = لن يعرف التطبيق سوى أنك سجّلت الدخول.
consent-may = إذا سمحت بذلك، يمكن للتطبيق:
consent-new = جديد
consent-allow = السماح
consent-deny = عدم السماح
consent-returns-to = في الحالتين ستنتقل إلى { $host }.

## Scopes

scope-openid = تسجيل دخولك
scope-openid-hint = معرفة هويتك في هذا التطبيق ووقت تسجيل دخولك.
scope-profile = الاطلاع على ملفك الشخصي
scope-profile-hint = أسماؤك واسم المستخدم والصورة والصفحات والجنس وتاريخ الميلاد واللغة والمنطقة الزمنية.
scope-email = الاطلاع على بريدك الإلكتروني
scope-email-hint = العنوان، وهل جرى التحقق منه.
scope-address = رؤية عنوانك البريدي
scope-address-hint = الشارع والمدينة والرمز البريدي والمنطقة والدولة.
scope-phone = رؤية رقم هاتفك
scope-phone-hint = الرقم، وهل هو موثّق.
scope-roles = رؤية أدوارك هنا
scope-roles-hint = صفتك لدى هذه المؤسسة، مثل «الدعم».
scope-permissions = رؤية ما يحق لك فعله
scope-permissions-hint = الصلاحيات التي تمنحك إياها أدوارك.
scope-offline = البقاء على اتصال
scope-offline-hint = استخدام ما سمحت به حتى في غيابك، إلى أن تسحب إذنك.
scope-self-read = الاطّلاع على حسابك هنا
scope-self-write = تعديل حسابك هنا
scope-users-read = الاطّلاع على الأشخاص المسجّلين هنا
scope-users-write = إضافة الأشخاص المسجّلين هنا وتعديلهم
scope-invitations-read = الاطّلاع على الدعوات
scope-invitations-write = دعوة الأشخاص
scope-clients-read = الاطّلاع على التطبيقات المسجّلة هنا
scope-clients-write = تسجيل التطبيقات وتعديلها
scope-roles-read = الاطّلاع على الأدوار وعلى من يحملها
scope-roles-write = تعديل الأدوار ومنحها للأشخاص
scope-audit-read = قراءة سجلّ ما حدث هنا
scope-keys-read = الاطّلاع على مفاتيح التوقيع
scope-keys-write = تبديل مفاتيح التوقيع
scope-settings-read = الاطّلاع على إعدادات هذا الخادم
scope-settings-write = تعديل إعدادات هذا الخادم
scope-api-keys-read = الاطّلاع على مفاتيح البرامج
scope-api-keys-write = إنشاء مفاتيح البرامج وإنهاؤها
scope-stats-read = الاطّلاع على الأرقام: كم عدد الأشخاص وكم مرّة سُجّل الدخول
scope-right-hint = باسمك، وفي حدود ما تسمح به أدوارك فقط.
scope-own-hint = صلاحية خاصة يطلبها هذا التطبيق.

## Back to the app by a form

return-title = العودة إلى { $host }
return-text = جارٍ نقلك. إذا لم يحدث شيء، فاختر «متابعة».
return-continue = متابعة

## Your account

home-title = حسابك
home-account = سجّلت الدخول باسم { $account }
home-sign-out = تسجيل الخروج
home-session = تسجيل الدخول الحالي
home-since = منذ
home-device = الجهاز
home-address = العنوان
home-unknown = غير معروف
home-roles = أدوارك
home-roles-none = ليس لديك أي أدوار. إذا احتجت إلى دور، فاطلبه من أحد المسؤولين.
home-apps = التطبيقات التي لها حق الوصول
home-apps-none = لا يملك أي تطبيق حق الوصول إلى حسابك. عندما تسمح لتطبيق بذلك، سيظهر هنا.

## Signed out

signed-out-title = تم تسجيل الخروج
signed-out-heading = تم تسجيل خروجك
signed-out-text = قد تكون التطبيقات التي فتحتها من قبل ما زالت مفتوحة. إذا كان آخرون يستخدمون هذا الجهاز، فأغلق المتصفح.
signed-out-again = تسجيل الدخول مرة أخرى

## The first administrator

setup-title = الإعداد
setup-heading = إنشاء حساب المسؤول الأول
setup-lead = يمكن لهذا الحساب تغيير كل شيء في { $server }. يعمل الرابط الذي فتحته مرة واحدة فقط.
setup-email = البريد الإلكتروني
setup-username = اسم المستخدم
setup-username-hint = من 3 إلى 64 حرفًا. يمكنك تسجيل الدخول به.
setup-name = اسمك
setup-name-hint = الاسم الذي تريد أن يراه الآخرون.
setup-password = كلمة المرور
setup-password-hint =
    على الأقل { $count ->
        [zero] { $count } حرف
        [one] حرف واحد
        [two] حرفان
        [few] { $count } أحرف
        [many] { $count } حرفًا
       *[other] { $count } حرف
    }. ويُفضَّل 15 حرفًا أو أكثر: من السهل تذكّر بضع كلمات.
setup-submit = إنشاء الحساب

## What is wrong with the details of a person

user-email-wrong = أدخل عنوان بريد إلكتروني، مثل name@example.com.
user-username-wrong = استخدم من 3 إلى 64 من الحروف أو الأرقام أو النقاط أو الشرطات أو الشرطات السفلية.
user-name-wrong = استخدم 128 بايت على الأكثر، من دون أحرف تحكّم.
user-taken = البريد الإلكتروني أو اسم المستخدم هذا مستخدَم بالفعل.

## What is wrong with a password

password-short =
    استخدم على الأقل { $count ->
        [zero] { $count } حرف
        [one] حرفًا واحدًا
        [two] حرفين
        [few] { $count } أحرف
        [many] { $count } حرفًا
       *[other] { $count } حرف
    }. بضع كلمات معًا تصلح كلمة مرور جيدة.
password-long = استخدم على الأكثر { $count ->
        [zero] { $count } بايت
        [one] بايتًا واحدًا
        [two] بايتين
        [few] { $count } بايتات
        [many] { $count } بايتًا
       *[other] { $count } بايت
    }.
password-nul = لا يمكن أن تحتوي كلمة المرور على البايت NUL.
password-own-name = لا تجعل اسمك أو عنوانك كلمةَ مرور ولا معظمَها.
password-one-character = لا تكرّر حرفًا واحدًا.
password-classes = يجب أن يرد { $count } على الأقل مما يلي: أحرف صغيرة، أحرف كبيرة، أرقام، رموز أخرى.
password-common = هذه من كلمات المرور التي تُخمَّن أولًا. اختر غيرها.
password-breached = ظهرت كلمة المرور هذه في اختراق خدمة أخرى، فهي معروفة لغيرك. اختر غيرها.
password-used = كانت هذه كلمة مرورك قبل وقت قصير. اختر غيرها.

## Errors

error-nothing = لا يوجد شيء هنا
error-nothing-help = تحقّق من العنوان، أو انتقل إلى حسابك.
error-often = محاولات كثيرة جدًا
error-often-help = انتظر قليلًا، ثم حاول مرة أخرى.
error-spread = جُرّبت حسابات كثيرة من شبكتك
error-spread-help = جاءت منها كلمات مرور خاطئة لحسابات كثيرة مختلفة، لذلك لا يستطيع أحد تسجيل الدخول منها بكلمة مرور لمدة تصل إلى ساعة. إن كان آخرون يستخدمون شبكتك، فقد يكون أحدهم السبب.
error-busy = حاول مرة أخرى بعد قليل
error-busy-help = لا يستطيع الخادم الرد الآن.
error-fault = حدث خطأ لدينا
error-fault-help = لم يكن الخطأ منك. حاول مرة أخرى لاحقًا.
error-app = لا نعرف هذا التطبيق
error-app-help = عُد إلى التطبيق وحاول مرة أخرى. إذا تكرّر ذلك، فأخبر الجهة المسؤولة عن التطبيق. قد يفيدها هذا:
error-address = أرسل التطبيق عنوانًا غير صحيح
error-browser = لا يمكن متابعة تسجيل الدخول هذا
error-browser-help = عُد إلى التطبيق وابدأ من جديد. استخدم متصفحًا واحدًا واسمح فيه بملفات تعريف الارتباط.
error-origin = لم تعد هذه الصفحة صالحة
error-origin-help = افتح الصفحة مرة أخرى. إذا لم ينفع ذلك، فاسمح بملفات تعريف الارتباط لهذا الموقع.
error-session = تم تسجيل خروجك
error-session-help = عُد إلى التطبيق وسجّل الدخول مرة أخرى.
error-proof = لم يعد هذا الرمز أو الرابط صالحًا
error-proof-help = استُخدم من قبل، أو انتهت مدته، أو أُرسل رمز أحدث منه. ابدأ من جديد لتحصل على غيره.
error-account = لا يمكن ذلك بهذا الحساب
error-account-help = هذا مخصّص لحساب آخر، أو تغيّر الحساب في الأثناء. سجّل الدخول إلى الحساب الصحيح ثم ابدأ من جديد.
error-factors = يجب أن يساعدك مسؤول
error-factors-help = لا يمكن إزالة عواملك الثانية من هذه الصفحة. اطلب من مسؤول آخر أو ممن يشغّل هذه الخدمة إزالتها، ثم سجّل الدخول وأعدّ عوامل جديدة.
error-closed = التسجيل مغلق
error-closed-help = الحسابات الجديدة ينشئها من يدير هذه الخدمة. اطلب منه حسابًا.
error-setup = لا يمكن استخدام هذا الرابط
error-setup-help = هذا الرابط مخصّص للمسؤول الأول ويعمل مرة واحدة فقط. إذا كان الحساب موجودًا بالفعل، فسجّل الدخول.
error-other = لم ينجح ذلك
error-other-help = عُد وحاول مرة أخرى. إذا تكرّر ذلك، فأخبر الجهة المسؤولة عن التطبيق. قد يفيدها هذا:
error-ask = إذا طلبت المساعدة، فاذكر المرجع أدناه.
error-reference = المرجع
error-code = الخطأ
error-home = الانتقال إلى حسابك
