"""The words before and after a number that announce a telephone, or something else, in five languages."""

import re
import unicodedata
from enum import Enum

REACH = 52
_OTHER_REACH = 34
_OTHER_WORDS = 6
_AFTER_REACH = 36
_AFTER_WORDS = 5
_OWNER_WORDS = 2
_NUMBER_WORDS = 4


class Announced(Enum):
    """What the words around a number call it."""

    NOTHING = "nothing"
    MAYBE_PHONE = "maybe a telephone"
    PHONE = "a telephone"
    OTHER = "something else"


# The kinds of words; plain numbers compare quicker than members of an Enum, and there are millions of them.
_PHONE_WORD, _CONTACT_WORD, _OTHER_WORD, _OWNER_WORD, _NUMBER_WORD, _TOPIC_WORD, _PLACE_WORD, _NO_WORD = range(8)
_FOR_OTHER = (_OTHER_WORD, _OWNER_WORD, _TOPIC_WORD)
_PHONE = re.compile(
    r"(?:tele|smart|i|cell|head|land|hand)?phones?|telephon\w*|telefo\w*|tel|tels|tele|telemo\w*|tfn?o?|tlfn?o?|tlm|tlf"
    r"|mobiles?|mobil\w*|movil\w*|cell?|cell?ular\w*|handy\w*|whats ?app\w*|wasap|watsap|wapp|zap|fax\w*|telefax\w*"
    r"|wa|sms|text(?:ed|ing)?|call(?:ed|ing|er|s|back|backs)?|ring(?:ing)?|rang|dial(?:ed|led|ing|s)?|landline|hotline"
    r"|helpline|voicemail|switchboard|reach(?:ed|able)?|extension"
    r"|rufen?|ruft|ruf|zuruck\w*ruf\w*|festnetz\w*"
    r"|durchwahl|erreich\w*|melde[nt]?|gemeldet|funk\w*|signal|telegram"
    r"|fijo|llam\w*|marc(?:ar|o|a|ando)|marque|localiz\w*|fixes?|portables?|appel\w*|rappel\w*|joindre|joignable"
    r"|joignez|ligar\w*|ligue\w*|liga|ligam|ligacao|ligacoes|ligou|ligaram|chamad\w*|fone|fixo|discar|disque"
)
_PHONE_WITHIN = re.compile(r"\w*(?:anruf|angerufen|anzurufen|rufnummer|ruckruf)\w*")
_CONTACT = re.compile(r"contact\w*|kontakt\w*|contat\w*|ramal|poste|comuni\w*|retorn\w*|get me")
_NUMBER = re.compile(r"numbers?|no|nos|nr|nrs|num|nummern?|numero|numeros|n")
_OWNER = re.compile(r"(?:customer|client|cliente|kunden?|user|usuario|utilisateur|utilizador|abonne|socio|member)s?")
_TOPIC = re.compile(r"about|regarding|concerning|re|wegen|bezuglich|betreff|betreffend|sobre|concernant|acerca|asunto")
_PLACE = re.compile(r"unter|au|al|pelo|at|on")
_PERSON = ("me", "us", "him", "her", "them")
_OTHER = re.compile(
    # English
    r"(?:re)?orders?|tickets?|cases?|claims?|refs?|references?|tracking\w*|tracked|invoices?|bookings?|confirmation"
    r"|serial|serials|sn|parcels?|packages?|shipments?|shipping|consignment|waybill|awb|imei|isbn|ean|upc|sku|gtin"
    r"|asin|vin|ids?|uuid|guid|accounts?|acct|membership|policy|contracts?|transactions?|txn|trx|receipts?"
    r"|reservations?|items?|articles?|products?|models?|parts?|versions?|build|firmware|release|epoch|timestamps?|unix"
    r"|codes?|barcodes?|vouchers?|coupons?|pins?|otp|token|flights?|flts?|res|pnr|docket|meters?|batch|lot|po|rma|returns?"
    r"|complaints?|incidents?|requests?|protocol|passport|licen[cs]e|plate|ssn|vat|tax|error|session|log|payments?"
    r"|device|ip|port|latitude|longitude|coordinates|coords|gps|postcode|postal|zip|prices?|costs?|total|amount"
    r"|balance|paid|charged|refund\w*|fee|budget|points|miles|score|usd|eur|gbp|chf|loyalty|iban|bic|swift|card|iccid"
    r"|locker|route|gate|seat|room|bus|train"
    # German
    r"|bestell\w*|auftrag\w*|auftrags\w*|sendung\w*|paket\w*|rechnung\w*|vorgang\w*|vorgangs\w*|ticket\w+"
    r"|kundennummer|kundennr|kunden ?nr|kunden ?id|\w*konto\w*|vertrag\w*|vertrags\w*|referenz\w*|buchung\w*|serien\w*"
    r"|artikel\w*|reklamation\w*|fall|fallnummer|aktenzeichen|zahler\w*|liefer\w*|beleg\w*|mitglied\w*|versicherung\w*"
    r"|versicherungs\w*|police\w*|tan|betrag\w*|summe|preis|kosten|gutschein\w*|steuer\w*|ust\w*|flug\w*"
    r"|reservierung\w*|zeitstempel|vin|gerat\w*|modell\w*|stornierung\w*|retouren?\w*|transaktion\w*|zahlung\w*|az"
    r"|sendungs\w*|bezahlt|euro|plz|pin|meldung"
    # Spanish, French, Portuguese
    r"|pedidos?|orden|ordenes|seguimiento|rastre\w*|guia|facturas?|cuentas?|reservas?|envios?|paquetes?|casos?"
    r"|expedientes?|referencias?|contratos?|polizas?|serie|lotes?|articulos?|productos?|codigos?|transacci\w*|recibos?"
    r"|incidencias?|reclamaci\w*|version|vuelos?|importe|precio|localizador|albaran|folio|tramite|dni|nif|nie|cif|rfc"
    r"|commandes?|colis|suivi|factures?|comptes?|dossiers?|reservation|reference|contrats?|articles?|produits?"
    r"|transaction|recus?|reclamations?|vols?|montant|prix|adherent|expedition|livraison|siret|siren|devis|avoir"
    r"|encomendas?|faturas?|contas?|protocolos?|apolices?|artigos?|produtos?|transac\w*|notas?|fiscal|processos?"
    r"|chamados?|ocorrencias?|reclamac\w*|objetos?|objectos?|versao|voos?|valor|preco|cpf|cnpj|boleto|nib|nus"
)
_GERMAN_NUMBER = re.compile(r"\w{3,}(?:nummer|nummern|nr)")
_WORDS = re.compile(r"[^\W\d_]+")
_BREAK = re.compile(r"[!?\n;]|[^\W\d_]{4,}\.\s|\d")
_COPULA = re.compile(r"is|ist|es|est|é|id", re.IGNORECASE)
_ASIDE = re.compile(r"\s*(?:[(\[=\-,]|(?:is|ist|es|est|é)\b)", re.IGNORECASE)


def announced_before(before: str) -> Announced:
    """What the last words before a number call it; the nearest word decides.

    A word for something else must stand close, with no other number and no end of a sentence between.
    """
    words = _WORDS.findall(before)
    words.reverse()
    kinds: list[int] = []
    near = -1
    verdict = Announced.NOTHING
    for place, word in enumerate(words):
        kind = _KINDS.get(word, -1)
        if kind < 0:
            kind = _kind(word)
        kinds.append(kind)
        if kind == _NO_WORD:
            continue
        if kind == _PHONE_WORD:
            return Announced.PHONE
        if kind in _FOR_OTHER:
            near = _near_words(before) if near < 0 else near
            if place < near and _is_for_other(words, place):
                return Announced.OTHER
        elif kind == _PLACE_WORD:
            if place == 0:
                verdict = Announced.MAYBE_PHONE
                if words[1:2] and words[1].lower() in _PERSON:
                    return Announced.PHONE
        elif verdict is Announced.MAYBE_PHONE and _is_contact_number(kinds):
            return Announced.PHONE
        else:
            verdict = Announced.MAYBE_PHONE
    return verdict


def _is_contact_number(kinds: list[int]) -> bool:
    return len(kinds) <= _NUMBER_WORDS and _NUMBER_WORD in kinds and _CONTACT_WORD in kinds


def _near_words(before: str) -> int:
    """How many of the last words are near, with no end of a sentence and no other number after them."""
    return min(_OTHER_WORDS, len(_WORDS.findall(_BREAK.split(before[-_OTHER_REACH:])[-1])))


def _is_for_other(words: list[str], place: int) -> bool:
    """Whether a word counts as one for something else: a topic only beside the number, a customer only with its own."""
    kind = _kind(words[place])
    if kind == _OWNER_WORD:
        if place == 0 or (place == 1 and _COPULA.fullmatch(words[0])):
            return True
        return _NUMBER_WORD in [_kind(word) for word in words[max(0, place - 1) : place + _OWNER_WORDS + 1]]
    return kind == _OTHER_WORD or place == 0


def announced_after(after: str) -> Announced:
    """What the words after a number call it: "… is my mobile", "… (order number)"."""
    if _ASIDE.match(after) is None:
        return Announced.NOTHING
    words = _WORDS.findall(re.split(r"[!?\n;\d]|\.\s", after[:_AFTER_REACH])[0])
    for word in words[:_AFTER_WORDS]:
        kind = _kind(word)
        if kind == _PHONE_WORD:
            return Announced.PHONE
        if kind == _OTHER_WORD:
            return Announced.OTHER
    return Announced.NOTHING


_KINDS: dict[str, int] = {}
_MOST_KINDS = 100_000


def _kind(word: str) -> int:
    """The kind of a word; remembered, as the same words come again and again."""
    if word not in _KINDS:
        if len(_KINDS) >= _MOST_KINDS:
            _KINDS.clear()
        marked = unicodedata.normalize("NFKD", word.lower())
        plain = "".join(sign for sign in marked if not unicodedata.combining(sign))
        kinds = (kind for pattern, kind in _PATTERNS if pattern.fullmatch(plain))
        _KINDS[word] = next(kinds, _NO_WORD)
    return _KINDS[word]


_PATTERNS = (
    (_PHONE, _PHONE_WORD),
    (_PHONE_WITHIN, _PHONE_WORD),
    (_CONTACT, _CONTACT_WORD),
    (_OTHER, _OTHER_WORD),
    (_OWNER, _OWNER_WORD),
    (_NUMBER, _NUMBER_WORD),
    (_GERMAN_NUMBER, _OTHER_WORD),
    (_TOPIC, _TOPIC_WORD),
    (_PLACE, _PLACE_WORD),
)
_ACCENTED = {
    "a": "[aàáâãäå]", "c": "[cç]", "e": "[eèéêë]", "i": "[iìíîï]", "n": "[nñ]", "o": "[oòóôõö]", "u": "[uùúûü]",
    r"\w*": "",
}  # fmt: skip
_LETTER = re.compile(r"\\w\*|\[[^\]]*\]|[aceinou]")


def _stems(pattern: re.Pattern[str]) -> str:
    """What words of the pattern begin with, each letter that may bear an accent with or without one."""
    return _LETTER.sub(lambda found: _ACCENTED.get(found[0], found[0]), pattern.pattern)


# Words that change nothing between a word for something else and its number.
_NEUTRAL = (
    "numbers?|nos?|nr|num|nummer|n[uú]mero|num[eé]ro|n|id|is|was|ist|lautet|es|est|é|de|del|do|da|du|la|le|el|o|a|of"
)
_BETWEEN = "[ :#.,'\"()=-]"
OTHER_PATTERN = (
    rf"(?i:\b(?:{_OTHER.pattern})(?:{_BETWEEN}{{1,3}}(?:{_NEUTRAL})){{0,4}}{_BETWEEN}{{1,4}}"
    r"[0-9](?:[ ()./\-]{0,2}[0-9])*)".replace(r"\w", r"[a-z]")
)
"""An RE2 pattern of most numbers that are called something else; a leading plus sign is none of theirs."""
CUES_PATTERN = (
    rf"(?i:\b(?:{_stems(_PHONE)}|{_stems(_CONTACT)}|(?:{_stems(_NUMBER)})\b)|{_stems(_PHONE_WITHIN)}"
    rf"|\b(?:{_PLACE.pattern})\W{{0,4}}[0-9])"
)
"""An RE2 pattern that matches each text with a word for telephone or one that may announce one, and some others."""
