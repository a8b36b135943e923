"""Names of months in the language of a system's user (12/ene/24, 12. Okt 24), made those that the engine reads."""

from etl.sources.texts import literal

MONTHS = {
    "Jan": "ene enero jän jänner januar janv janvier janeiro gen gennaio januari",
    "Feb": "febrero februar févr fév février fev fevereiro febbraio februari",
    "Mar": "mär märz mrz mars marzo março mrt maart",
    "Apr": "abr abril avr avril aprile",
    "May": "mai mayo maio mag maggio mei",
    "Jun": "juin junio junho giu giugno juni",
    "Jul": "juil juillet julio julho lug luglio juli",
    "Aug": "ago agosto août aoû augustus",
    "Sep": "sept septembre septiembre set setembro settembre",
    "Oct": "okt oktober octobre octubre out outubro ott ottobre",
    "Nov": "novembre noviembre novembro",
    "Dec": "dic diciembre dez dezember déc décembre dezembro dicembre",
}
"""English abbreviations, and what Spanish, German, French, Portuguese, Italian and Dutch write for them."""
WORD = r"[^\s\d/.,:-]{3,}"


def with_english_month(text: str) -> str:
    """SQL: the text with its first word in English, if that is a month; null where it is none."""
    word = f"regexp_extract({text}, {literal(WORD)})"
    cases = " ".join(
        f"WHEN lower({word}) IN ({', '.join(map(literal, (month.lower(), *names.split())))}) THEN {literal(month)}"
        for month, names in MONTHS.items()
    )
    return f"regexp_replace({text}, {literal(WORD + '[.]?')}, CASE {cases} END)"
