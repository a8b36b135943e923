"""A sheet of Google Forms: what its first column is called in the languages of Google Sheets, and its times."""

import re

from etl.sources.base import Head

TIME = "Timestamp"
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
    r"\s*\d{1,4}\s*[-./年]\s*\d{1,2}\s*[-./月]\s*\d{1,4}\D{0,6}\d{1,2}[:.時h]\d{2}([:.分]\d{2})?(\s*([ap]\.?\s?m\.?|ص|م|[πμ]\.?\s?μ\.?))?"
    r"(\s+(GMT|UTC|[A-Z]{2,5}).*)?\s*",
    re.IGNORECASE,
)
OWN = re.compile(r"\s*\d{4}/\d{1,2}/\d{1,2}\s+\d{1,2}:\d{2}:\d{2}\s+[ap]\.?m\.?\s+\S+", re.IGNORECASE)
# What locales write otherwise: days and clocks with points, halves of the day in other words, or before the clock.
REWRITES = (
    (r"^\s*(\d{4})\s*[.년年]\s*(\d{1,2})\s*[.월月]\s*(\d{1,2})(\s*[.일日])?", r"\1-\2-\3"),
    (r"(\d)\.(\d{2})\.(\d{2})(\D*)$", r"\1:\2:\3\4"),
    (r"\s*(오전|上午|午前)\s*(\d[\d:]*)", r" \2 AM"),
    (r"\s*(오후|下午|午後)\s*(\d[\d:]*)", r" \2 PM"),
    (r"\s*(ص|π\.?\s?μ\.?|[aA]\.\s?[mM]\.)$", " AM"),
    (r"\s*(م|μ\.?\s?μ\.?|[pP]\.\s?[mM]\.)$", " PM"),
)
WORDS = {word.casefold() for word in TIMESTAMPS}
# Columns of call logs and event tables, which may begin with a timestamp, too.
RECORDS = re.compile(
    r"\b(agents?|queue|caller|callee|calls?|duration|extension|tickets?|event|status|host|ip|session|device|trunk|"
    r"disposition|direction|channel|id|level|url|path)\b",
    re.IGNORECASE,
)


def form_columns(head: Head) -> tuple[str, ...] | None:
    """The header with its first column as Timestamp; None where the table is no sheet of answers."""
    if len(head.columns) < 2 or head.columns[0].strip().casefold() not in WORDS:
        return None
    times = [record[0] for record in head.samples if record and record[0]]
    if sum(SHOWN.fullmatch(time) is not None for time in times) <= len(times) / 2:
        return None
    others = [column.strip() for column in head.columns[1:] if column.strip()]
    is_english = head.columns[0].strip().casefold() == TIME.casefold()
    return (
        None if is_english and not _are_questions(others) else (TIME, *(column.strip() for column in head.columns[1:]))
    )


def _are_questions(columns: list[str]) -> bool:
    """Whether the columns beside an English timestamp, which many tables have, are questions and not those of a log."""
    if any("?" in column and len(column.split()) > 2 for column in columns):
        return True
    are_words = any(" " in column for column in columns)
    return are_words and not any(len(column.split()) < 4 and RECORDS.search(column) for column in columns)
