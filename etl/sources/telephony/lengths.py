"""SQL of lengths and shares as reports write them, and of the sums that averages stand for."""

import re
from dataclasses import replace

from etl.sources.base import Field, Head, Source
from etl.sources.telephony.columns import cells
from etl.sources.texts import literal, quoted

HOURS = r"\d+:\d{1,2}:\d{1,2}(?:\.\d+)?"
SERVICE_LEVEL = "Service Level (20 Seconds)"
BARE = re.compile(r"\d+(\.\d+)?")
LEAST_PERCENT = 2
MINUTES = r"\d*:\d{1,2}(?:\.\d+)?"


def seconds(text: str) -> str:
    """SQL: seconds of h:mm:ss, m:ss, :ss or a number with a point or a comma; null of anything else."""
    clock = f"regexp_replace({text}, '^:', '0:')"
    return (
        f"CASE WHEN regexp_full_match({text}, {literal(HOURS)}) THEN epoch(try_cast({text} AS INTERVAL)) "
        f"WHEN regexp_full_match({text}, {literal(MINUTES)}) THEN epoch(try_cast('0:' || {clock} AS INTERVAL)) "
        f"ELSE try_cast(replace({text}, ',', '.') AS DOUBLE) END"
    )


def summed(average: str, count: str) -> Field:
    """The seconds of an average column times the records that a count column tells; of no record a word for none."""
    told, records = _text(average), f"try_cast({_text(count)} AS DOUBLE)"
    product = f"CAST({seconds(told)} * {records} AS DECIMAL(15,3))"
    is_of_none = f"{records} = 0 AND trim({quoted(average)}) <> ''"
    return Field(
        "sql",
        (average,),
        expression=f"CASE WHEN {product} >= 0 THEN {product} WHEN {is_of_none} THEN 0 END",
        expected="seconds or h:mm:ss, not negative",
    )


def share(column: str, *, is_percent: bool = False) -> Field:
    """A share: 76.28%, 0.7628 or, with a decimal comma, 0,7628; `is_percent` where numbers are so without a sign."""
    text = _text(column)
    number = f"try_cast(replace(replace({text}, '%', ''), ',', '.') AS DOUBLE)"
    told = f"CASE WHEN {is_percent} OR ends_with({text}, '%') THEN {number} / 100 ELSE {number} END"
    return Field(
        "sql",
        (column,),
        expression=f"CAST(CASE WHEN {told} BETWEEN 0 AND 1 THEN {told} END AS DECIMAL(9,6))",
        expected="a share from 0 to 1 or a percentage",
    )


def with_percent(source: Source, head: Head) -> Source:
    """The source with its service level in percent where one of the first bare numbers can be nothing else."""
    found = [cell.strip().replace(",", ".") for cell in cells(source, head, SERVICE_LEVEL) if cell]
    if not any(BARE.fullmatch(cell) and float(cell) >= LEAST_PERCENT for cell in found):
        return source
    (target,) = source.targets
    fields = {**target.fields, "reported_service_level": share(SERVICE_LEVEL, is_percent=True)}
    return replace(source, targets=(replace(target, fields=fields),))


def _text(column: str) -> str:
    bare = f"trim({quoted(column)})"
    return f"CASE WHEN lower({bare}) NOT IN ('', '-', 'n/a', 'null', 'nan') THEN {bare} END"


def averages(arrived: str, answered: str) -> dict[str, Field]:
    """The fields of a report's averages: answer speed and talk are of the answered, the wait of all that arrived."""
    return {
        "answer_wait_seconds": summed("Answer Speed (AVG)", answered),
        "wait_seconds": summed("Waiting Time (AVG)", arrived),
        "talk_seconds": summed("Talk Duration (AVG)", answered),
        "reported_service_level": share(SERVICE_LEVEL),
    }


def spelt(*names: str) -> tuple[str, ...]:
    """Names in the ways in which tables write them: as it is, small, capital, with `_`, as one word."""
    words = [name.split() for name in names]
    forms = (
        [" ".join(parts), " ".join(parts).lower(), " ".join(parts).title(), " ".join(parts).capitalize(),
         " ".join(parts).upper(), "_".join(parts).lower(), "_".join(parts).title(), "_".join(parts).upper(),
         "".join(part.capitalize() for part in parts), "".join(parts).lower()]
        for parts in words
    )  # fmt: skip
    return tuple(dict.fromkeys(form for found in forms for form in found))


AVERAGES = {
    "Answer Speed (AVG)": spelt(
        "Answer Speed", "answer speed avg", "avg answer speed", "average answer speed", "Avg Speed of Answer",
        "Average Speed of Answer", "Average Speed of Answer (sec)", "Average Speed of Answer (seconds)", "ASA",
        "ASA (sec)", "ASA (s)", "ASA (seconds)", "asa seconds", "Avg Speed Ans", "Average queue answer time",
        "Avg answer time", "Ø Antwortzeit", "Velocidad media de respuesta", "Délai moyen de réponse",
    ),
    "Talk Duration (AVG)": spelt(
        "Talk Duration", "talk duration avg", "avg talk duration", "average talk duration", "Avg Talk Time",
        "Average Talk Time", "ATT", "ATT (sec)", "Average agent interaction time", "Avg ACD Time",
        "Avg Talk Time (sec)", "Average Talk Time (sec)", "avg talk seconds", "Ø Gesprächszeit",
        "Tiempo medio de conversación", "Durée moyenne de communication",
    ),
    "Waiting Time (AVG)": spelt(
        "Waiting Time", "waiting time avg", "avg waiting time", "average waiting time", "Avg Wait Time",
        "Average Wait Time", "Avg Wait", "Avg Queue Time", "Average Queue Time", "avg wait seconds", "Ø Wartezeit",
        "Tiempo medio de espera", "Temps moyen d'attente",
    ),
    SERVICE_LEVEL: (
        *spelt("Service Level", "Service Level %", "Service Level (%)", "SL %", "SLA %", "% Service Level",
        "service level 20 seconds", "service level 20s", "Service Level (20s)"),
        *spelt("Service level in 20 seconds", "Service Level 20 sec", "Service Level Percentage"),
    ),
}  # fmt: skip
"""The columns of averages, and their other spellings."""
