"""What the first column of a Google Forms sheet is called in the languages of Google Sheets, and its times."""

import re

TIMESTAMPS = (
    "Timestamp", "Zeitstempel", "Horodateur", "Marca temporal", "Marca de temps", "Marca de tiempo",
    "Carimbo de data/hora", "Carimbo data/hora", "Informazioni cronologiche", "Timestamp (UTC)", "Tijdstempel",
    "Tidstämpel", "Tidsstempel", "Tidsmerke", "Aikaleima", "Sygnatura czasowa", "Časová značka",
    "Časové razítko", "Časová pečiatka", "Időbélyeg", "Marcaj de timp", "Marcaj temporal", "Zaman damgası",
    "Χρονική σήμανση", "Отметка времени", "Позначка часу", "Клеймо за време", "Временска ознака",
    "Vremenska oznaka", "Časovni žig", "Laiko žyma", "Laikspiedols", "Ajatempel", "חותמת זמן", "טופס זמן",
    "طابع زمني", "تاريخ ووقت", "ประทับเวลา", "Dấu thời gian", "Stempel waktu", "Cap waktu", "Cap masa",
    "タイムスタンプ", "时间戳记", "时间戳", "時間戳記", "타임스탬프", "टाइमस्टैम्प", "টাইমস্ট্যাম্প",
    "Marca horaria", "Data/hora", "Hora de registo",
)  # fmt: skip
EMAILS = (
    "Email Address", "Email address", "Username", "E-Mail-Adresse", "Nutzername", "Adresse e-mail",
    "Nom d'utilisateur", "Dirección de correo electrónico", "Nombre de usuario", "Endereço de e-mail",
    "Nome de usuário", "Indirizzo email", "Nome utente", "E-mailadres", "Gebruikersnaam", "E-postadress",
    "E-mailadresse", "Adres e-mail", "メールアドレス", "電子郵件地址", "电子邮件地址", "이메일 주소",
    "Адрес электронной почты", "Имя пользователя",
)  # fmt: skip
# A time as a sheet of some locale shows it, and as the form's own CSV has it: 2018/09/06 12:06:16 AM GMT+2.
SHOWN = re.compile(
    r"\s*\d{1,4}\s*[-./年]\s*\d{1,2}\s*[-./月]\s*\d{1,4}\D{0,6}\d{1,2}[:.時h]\d{2}([:.分]\d{2})?(\s*[ap]\.?\s?m\.?)?"
    r"(\s+(GMT|UTC|[A-Z]{2,5}).*)?\s*",
    re.IGNORECASE,
)
OWN = re.compile(r"\s*\d{4}/\d{1,2}/\d{1,2}\s+\d{1,2}:\d{2}:\d{2}\s+[ap]\.?m\.?\s+\S+", re.IGNORECASE)
