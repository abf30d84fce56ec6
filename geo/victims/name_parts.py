"""Words that names of people along the border are made of, in Latin and Arabic letters; a list of our own making.

``SURE`` words are names and little else, so that one alone may be a person. ``LOOSE`` words are common in names, but
are also ordinary words, titles, tribes or parts of place names: they need a companion, or a word that tells of a
person.
"""

from __future__ import annotations

import re

from geo.tokens import word_set

SURE = word_set(
    "aamir aasif abbas abdul abdur abdus abdullah abid adeel adil adnan afrasiab aftab afzal ahmad ahmed"
    " ahsan aisha ajab ajmal akbar akhtar akram aleem ali alamgir aliya amanullah amina amir ameer amjad anas"
    " anila anwar aqeel arif arsala arshad arslan asad asadullah asfandyar ashfaq ashraf asif asim asma asmat"
    " ataullah atiq atiqullah aurangzeb awais ayaz ayesha ayub azam azeem azhar azizullah babrak babar"
    " badshah bahadar bahramand baitullah bakht bakhtawar bakhtiar bano barakat basharat bashir basir basit"
    " baz benazir bilal bilqis bismillah burhan daniyal danish darwesh dastgir daud dawlat dawood daulat din"
    " dilawar ehsan esmat ezatullah fahad fahim faisal faiz faizan fakhar farah farhad farhan farid farida"
    " fareed farooq faraidoon faridoon fareeha fatima fawad fayaz fayyaz fazal fazl feroz firdous fida"
    " ghafoor ghaffar ghani ghazala ghulam gul gulab gulalai gulbuddin gulnaz gulnar gulrez gulsoom gulzar"
    " habib habiba hadi hafeez hafizullah haider hakim halima hamayun hameed hamid hamida hamza haq haris"
    " haroon hasan hasina hashim hashmat hassan hayat hazrat hedayat hekmat hidayat hikmat hina humaira"
    " humayun husain hussain hussein ibrahim idrees idris iftikhar ihsan ijaz ikram ilyas imdad imran imtiaz"
    " inam inayat iqbal irfan irshad ishaq ishfaq ismail ismat israr izzat jabbar jahangir jalal jalil jamil"
    " jamila jamshed jan janan janat jannat javed javid jawad jawed junaid kabir kamila kamran karim"
    " karimullah kashif khadija khaista khaled khalid khalil khalilur khair khan khatool khatera khial"
    " khurram khurshid khushal khwaja kifayat kiramat laiba laila lal latif latifa liaqat liaquat lutfullah"
    " luqman mahmood mahmud majeed majid makhdoom malalai malik mansoor maqbool maqsood marjan maroof maryam"
    " mariam marwa masih masood massoud matiullah mehboob mehmood mehnaz mehrab mir mirwais mirza mohammad"
    " mohammed mohibullah mohsin momin momina mubarak mudassir muhammad mujahid mujeeb mukhtar mumtaz munawar"
    " muneeb munir murad murtaza musa muska mushtaq mustafa muzaffar nabi nabila nadeem nadia nadir naeem"
    " nafisa naheed naik najib najiba najibullah najma naqib naqibullah nargis naseeb naseem naseer nasib"
    " nasim nasima nasir nasreen nasrat nasrullah naveed nawab nawaz nawid nazanin nazar nazia nazim nazir"
    " nazo neelam nekmat nematullah niamat niaz nighat nigar niamatullah nizam noman noor noorullah nosheen"
    " nooria nur obaid obaidullah omaid omer omid osama osman palwasha parveen parwana parwiz pashtana"
    " pervaiz pervez pir qadir qais qamar qasim qayyum qismat qudrat qudsia rab rabbani rabia rafi rafiq"
    " rahat rahila rahim rahman rahmat raheem raihan rasheed rashid rashida rasool rasul rauf raza razaq"
    " razia razzaq rehan rehana rehman rehmat riaz rizwan robina rohail rohullah roshan roza rozi rubina"
    " rukhsana ruqia saad sabir sabira sabz sadaf sadaqat saddam sadia sadiq sadiqa saeed safdar safi safia"
    " safiullah sahib sahibzada sajid sajida sajjad sakhi sakina saleem salim salima salma salman samad"
    " samandar sami samina samiullah sana sanaullah saqib sarfaraz sarfraz sarwar sattar sayed sayeed shabana"
    " shabbir shabir shabnam shad shafi shafiq shafiqa shaheen shahab shahbaz shahid shahida shahnaz shahzad"
    " shahzada shaista shakeel shakila shakir shakirullah shamim shams shamsher shamsur shazia sharafat"
    " shareef sharifullah shaukat shehzad sher sherbaz sheraz shireen shoaib shokrullah siddiq siddique siraj"
    " sohail sohrab subhan suhail sulaiman suleman sultan syed tahir tahira tahsin taimur taj talha tanveer"
    " tanvir tariq taslim tawfiq tayyab toryalai tufail ubaid umair umar umer umra usama usman uzma wadood"
    " wahab waheed wahid wajid wakil wali waqar waqas waris waseem wasim wasiullah wazhma wazir wazira yahya"
    " yama yaqoob yaqub yar yaseen yasin yasir yasmin younas yousaf yousuf yunus yusuf zabihullah zafar zahid"
    " zahida zahir zahoor zahra zaheer zainab zainullah zakia zakir zakirullah zalmay zaman zar zarghun"
    " zarghona zarif zarin zarina zarmina zarmeena zeeshan zeenat zia ziaullah ziauddin zohra zubaida zubair"
    " zulaikha zulfiqar zuhra bibi begum khatun khanum ustad"
)
"""In Latin letters, small."""

LOOSE = word_set(
    "afridi bangash betanni bettani bugti dawar durrani kakar khattak khosti mehsud mahsud mohmand mangal"
    " marwat mengal momand niazi noorzai orakzai panezai shinwari sadozai stanikzai stanizai tani tareen"
    " tarin turi utmankhel wardak wazir zadran zehri safi shah haji hafiz qari mullah mulla maulana maulvi"
    " mawlawi mufti sheikh sardar nawabzada abbasi awan butt bhatti chaudhry cheema gilani hashmi jadoon"
    " jatoi khosa kiani kirmani malik minhas mirza mughal qureshi raja rana rind satti shaikh siddiqui"
    " sultani tanoli tiwana virk zaidi baloch amin aman aziz azimi haideri haidari hakimi hotak karzai nazari"
    " noori popal rahimi sadat sharif sharifi sahar meena rose saif said akbari amiri ahmadi karimi mohammadi"
    " hussaini rezai alizada"
)
"""In Latin letters, small."""

SUFFIX = re.compile(
    r"(?:ullah|ollah|uddin|oddin|zada|zadah|[a-z]zai|khel|[a-z]{3}gul|[a-z]{3}jan|[a-z]{3}khan|[a-z]{2}ur)$"
)
"""How names of the region end, in Latin letters."""

ARABIC_SURE = word_set(
    "جہانزیب جهانزیب نسرین شفیع شفیع‌اللہ عالمگیر خلیل‌الله ثریا نیلوفر لطیفه صدیقه صدیقہ عبدالهادی فریدون"
    " بهرام شیرخان صدیق آصف آفتاب آمنہ ابراہیم ابراهیم اجمل احسان احمد ادریس ارسلان ارشد اسامہ اسامه اسحاق"
    " اسداللہ اسدالله اسلم اسماعیل اشرف اشفاق اصغر اعجاز افتخار افضل اقبال اکبر اکرام اکرم الطاف الیاس امجد"
    " امتیاز امینہ امینه انور انعام انیلا اورنگزیب ایاز ایوب بابر بختیار برکت برکت‌الله بشیر بشری بلال بلقیس"
    " بہادر پرویز پروین پلوشہ پلوشه تاج تنویر توفیق ثاقب ثناءاللہ جاوید جاويد جبار جلال جمشید جمیل جمیلہ"
    " جمیله جنید جواد جہانگیر جهانگیر حارث حامد حبیب حبیب‌الله حسن حسین حشمت حفیظ حمزہ حمزه حمید حمیداللہ"
    " حمیدالله حنیف حیات‌الله حیدر خالد خدیجہ خدیجه خلیل خورشید دانش دلاور داؤد داوود ذاکر ذوالفقار ذیشان"
    " راشد رحیم رحیم‌الله رحمت رحمان رحمن رخسانہ رخسانه رشید رضا رضوان رضیہ رضیه رفیع رفیق ریاض ریحانه زاہد"
    " زاهد زبیر زبیده زرغونه زرمینہ زرمینه زکریا زلمی زهرا زہرا زینب ساجد سارہ ساره سجاد سخی سراج سرفراز سعد"
    " سعید سکینہ سکینه سلطان سلمان سلیم سلیمان سلیمہ سمیع سمیع‌الله سمیه سہیل سهیل سیف‌الله شاہد شاهد شاہین"
    " شاهین شائستہ شایسته شازیہ شاکر شبیر شبنم شریف شعیب شفیق شکیل شکیلا شمس شمیم شوکت شہباز شهباز شہزاد"
    " شهزاد شیراز شیرین صابر صادق صالح صباح صفدر صفی‌الله صفیہ صفیه صلاح‌الدین صمد ضیاء طارق طاہر طاهر طلحہ"
    " طیب طاووس ظاہر ظاهر ظفر ظہیر ظهیر عابد عاصم عاطف عائشہ عایشه عادل عارف عامر عباس عبدالباقی عبدالحمید"
    " عبدالحق عبدالرحمن عبدالرحمان عبدالرحیم عبدالرزاق عبدالسلام عبدالصمد عبدالعزیز عبدالغفار عبدالغنی"
    " عبدالقادر عبدالقیوم عبدالکریم عبداللطیف عبدالله عبداللہ عبدالمجید عبدالمنان عبدالواحد عبدالولي عبدالولی"
    " عتیق عتیق‌الله عثمان عدنان عرفان عزت عزیز عصمت عظمت عظیم علی علي عمار عمر عمران عنایت عنایت‌الله غلام"
    " فاروق فاطمہ فاطمه فرحان فرهاد فرید فریده فضل فہد فهد فیاض فیروز فیصل فیض‌الله قاسم قدرت قدیر قیس کاشف"
    " کامران کبیر کرامت کریم کریم‌الله گلاب گلالی گلشن گل‌بی‌بی گلبدین لائبہ لایبه لطیف لقمان لیلا لیلی لیاقت"
    " ماجد محب‌الله محسن محمد محمود مختار مراد مرتضی مرتضیٰ مریم مرسل مزمل مسعود مشتاق مصطفی مصطفیٰ مطیع‌الله"
    " مظفر معراج ممتاز منصور منظور منیر موسی موسیٰ میرویس مېرویس نادر نادیه ناصر نازو نازیہ ناہید ناهید نبی"
    " نبي نبیل نثار نجیب نجیب‌الله نجمه ندیم نذیر نرگس نسیم نسیمہ نسیمه نصراللہ نصرالله نصیر نصیب نعمان نعمت"
    " نعمت‌الله نعیم نقیب نقیب‌الله نوراحمد نورالله نورمحمد نوراغا نوید نیاز نیک‌محمد ہارون هارون ہاشم هاشم"
    " هدایت‌الله ہمایوں همایون وحید وسیم وقار وقاص ولی‌الله یاسر یاسین یاسمین یعقوب یوسف یونس آفریدی محسود"
    " خٹک اورکزئی شینواری مہمند یوسفزئی احمدزی احمدزئی ستانکزی حیدری اکبری احمدی کریمی رحیمی محمدی نوری امیری"
    " عظیمی حسینی شریفی رضایی احمدي کریمي رحیمي نوري امیري نظری امینی محمدي سلطانی عزیزی حقمل ځدران ځاځی وردک"
    " مومند بی‌بی باچاخان شېرافضل شیرافضل شیرعلی مومن‌خان صفيه"
)
"""In Arabic letters."""

ARABIC_LOOSE = word_set(
    "خان شاہ شاه گل ګل ولی ولي اللہ الله الدین دین زادہ زاده جان بی بي بیگم بانو نواز وزیر نور شیر شېر شير"
    " لعل دوست میر امیر امین داد بخت فدا زمان حیات عجب مومن ملک ربی جنت پیر بادشاہ باچا حاجی حاجي سید سيد ملا"
    " مولوی مولوي مولانا مفتی قاری حافظ سردار خواجہ خواجه مرزا میرزا استاد ماسٹر چوہدری آغا اغا محراب مسیح"
    " نیازی خٹک بنگش طوری وردگ صافی بلوچ اچکزئی کاکڑ بگٹی مینگل حضرت صاحب شمس الحق بہرام بهرام جانان خیر فقیر"
    " غنی قیوم رسول رازق رزاق حق غازی غازي اختر شہاب کمال شهزاده شیخ گلاب صنم زر خانم نیک اسد در ایمل اېمل"
    " اعظم عالم عجم سرور ظریف عمرخان بسم بشر نیازمحمد سمندر سبز پاینده رحمت صبور زرین رنګین نظر قربان عید"
    " رمضان جمعه شریف گلزار انار خوږ تور سپین اصیل"
)
"""In Arabic letters; "نور", "دوست", "در" and their like mean something else where they stand alone."""

ARABIC_ENDING = re.compile(
    r"^عبدال.|(?:...(?:الله|اللہ|\u200cالله|الدین|زئی|زی|خېل|زاده|زادہ)|.\u200cپور|.[\u200c]?جان|..محمد|..خان|..ولی)$"
)
"""How names begin or end, in Arabic letters."""
