"""Finds telephone numbers in a reading: a number must be one, and look or be announced like one."""

import re
from collections.abc import Iterator
from functools import cache

import pyarrow as pa
import pyarrow.compute as pc

from etl.enrich.phone_cues import CUES_PATTERN, OTHER_PATTERN, REACH, Announced, announced_after, announced_before
from etl.enrich.phone_plans import NationalPlans, is_in_use, is_possible, national_plans, split_code
from etl.enrich.phone_shapes import DATES_PATTERN, is_glued, is_other_shape, outside_dates
from etl.enrich.reading import Span

PREFILTER = r"[0-9](?:[ ()./\-]{0,4}[0-9]){6}"

_RUN = re.compile(r"[0-9](?:[ ()./\-]{0,4}[0-9]){6,}")
_NORTH_AMERICAN = re.compile(r"[2-9][0-9]{2}[ -][0-9]{3}[ -][0-9]{4}")
# What may be a date or an amount; a number with these is looked at piece by piece.
_DATED = re.compile(r"[.]|[0-9]{1,2}[/-][0-9]{1,2}[/-]|/.*/")
_PLAIN_STARTS = ("", " ", "(", "\n")
_PLAIN_ENDS = ("", " ", ",", ";", "!", "?", ")", "\n", ".")
_LONGEST_PLAIN = 22
_NO_SEPARATORS = {ord(sign): None for sign in " ()./-"}
_GROUP = re.compile(r"[0-9]+")
_PLUS = re.compile(r"\(?\+ ?\(?$")
_EXTENSION = re.compile(r",? ?(?:x|ext\.?|extension|ramal|poste|durchwahl|dw) ?[0-9]{1,6}(?!\w)", re.IGNORECASE)
_EXIT_CODES = ("00", "011")
_FEWEST_DIGITS = 7
_FEWEST_UNANNOUNCED = {True: 10, False: 8}
_BRAZILIAN_POSTCODE = (5, 3)
_MOST_DIGITS = 18
_MOST_UNKNOWN = 13
_MOST_ABROAD = 15
_MOST_GROUPS = 9
_FEWEST_IN_LAST_GROUP = 3
_FOR_PHONE = (Announced.PHONE, Announced.MAYBE_PHONE)
# A number may follow a year or a count, but does not begin within a long row of groups.
_MOST_SKIPPED = 4
# As in "… and 0171 2345678": what was said of the number before is said of this one, too.
_JOINT = 5


class _Run:
    """Groups of digits with little between them; what words say of them is looked up when it is asked for."""

    def __init__(self, text: str, span: Span, inherited: Announced | None) -> None:
        self.text = text
        self.start, self.end = span
        self.inherited = inherited
        self.said = {} if inherited is None else {0: inherited}
        self._groups: list[Span] = []

    @property
    def groups(self) -> list[Span]:
        """Where each group of digits stands."""
        if not self._groups:
            self._groups = [group.span() for group in _GROUP.finditer(self.text, self.start, self.end)]
        return self._groups

    @property
    def last(self) -> int:
        """The number of the last group."""
        return len(self.groups) - 1

    def separators(self, first: int, last: int) -> str:
        """All that stands between the groups `first` to `last`."""
        return "".join([self.text[self.groups[place][1] : self.groups[place + 1][0]] for place in range(first, last)])

    def shape(self, first: int, last: int) -> tuple[int, ...]:
        """How many digits each of these groups has."""
        return tuple([end - start for start, end in self.groups[first : last + 1]])

    def ends(self, first: int) -> Iterator[tuple[int, str]]:
        """The groups that a number beginning at `first` may end with, the last first, with its digits."""
        for last in range(min(len(self.groups), first + _MOST_GROUPS) - 1, first - 1, -1):
            digits = "".join([self.text[start:end] for start, end in self.groups[first : last + 1]])
            if len(digits) < _FEWEST_DIGITS:
                return
            after = self.text[self.groups[last][1] : self.groups[last][1] + 1]
            is_cut = (after.isalnum() or after == "_") and not _EXTENSION.match(self.text, self.groups[last][1])
            if len(digits) <= _MOST_DIGITS and not is_cut:
                yield last, digits

    def announced(self, first: int, last: int) -> Announced:
        """What the words call the number made of these groups."""
        if first not in self.said:
            start = self.groups[first][0] if first else self.start
            self.said[first] = announced_before(self.text[max(0, start - REACH) : start])
        before = self.said[first]
        if before is Announced.PHONE or before is Announced.OTHER:
            return before
        if before is Announced.NOTHING and self.text[: self.groups[first][0]].endswith(("#", "# ")):
            return Announced.OTHER
        end = self.groups[last][1]
        after = announced_after(self.text[end : end + REACH])
        return before if after is Announced.NOTHING else after


def phones(text: str, regions: tuple[str, ...]) -> Iterator[Span]:
    """Spans of telephone numbers, international or national in one of `regions`.

    A plus sign, a leading zero, the grouping or a word for telephone nearby must speak for the number; a date, an
    amount, a part of an id and a number announced as something else speak against it.
    """
    plans = national_plans(regions)
    before: _Run | None = None
    for found in _RUN.finditer(text):
        start, end = found.span()
        is_joint = before is not None and start - before.end <= _JOINT
        run = _Run(text, (start, end), before.announced(0, before.last) if before is not None and is_joint else None)
        before = run
        if _is_one_number(run, found[0], plans):
            yield _whole(text, start - len(_plus(text, start)), end)
            continue
        pieces = [(0, end - start)] if _plus(text, start) else outside_dates(found[0])
        for piece in pieces:
            if piece[1] - piece[0] >= _FEWEST_DIGITS:
                before = _Run(text, (start + piece[0], start + piece[1]), run.inherited)
                yield from _numbers(before, plans)


def sieve(readings: pa.Array, regions: tuple[str, ...]) -> pa.Array:
    """For each reading that passed the prefilter whether `phones` may find something in it.

    There must be a plus sign, a leading zero or the grouping of a telephone number, or a word that announces one, once
    dates and numbers called something else are gone.
    """
    undated = pc.replace_substring_regex(readings, DATES_PATTERN, r"\1;\2")
    selected = _is_telling(undated, regions)
    rest = pc.replace_substring_regex(pc.filter(undated, selected), OTHER_PATTERN, ";")
    return pc.replace_with_mask(selected, selected, _is_telling(rest, regions))


def _is_telling(readings: pa.Array, regions: tuple[str, ...]) -> pa.Array:
    is_long = pc.match_substring_regex(readings, PREFILTER)
    is_shaped = pc.match_substring_regex(readings, _shapes(regions))
    return pc.and_(is_long, pc.or_(is_shaped, pc.match_substring_regex(readings, CUES_PATTERN)))


@cache
def _shapes(regions: tuple[str, ...]) -> str:
    """An RE2 pattern of numbers that may speak for themselves."""
    groupings = "|".join(
        r"[ ()./\-]{1,4}".join(f"[0-9]{{{size}}}" for size in grouping)
        for grouping in sorted(national_plans(regions).groupings)
    )
    return (
        r"\+[ (]{0,2}[0-9]|(?:^|[^0-9\pL_@])0(?:[ ()./\-]{0,4}[0-9]){6}"
        rf"|\([0-9]{{1,5}}\)[ ()./\-]{{0,4}}[0-9]|(?:^|[^0-9])(?:{groupings or 'x'})(?:[^0-9]|$)"
    )


def _is_one_number(run: "_Run", raw: str, plans: NationalPlans) -> bool:
    """Whether the whole run is plainly one number; most are, and this is quicker than to look at each piece."""
    text, start, end = run.text, run.start, run.end
    if text[end : end + 1] not in _PLAIN_ENDS or len(raw) > _LONGEST_PLAIN:
        return False
    digits = raw.translate(_NO_SEPARATORS)
    before = text[start - 1 : start]
    if before == "+":
        return is_in_use(digits)
    if before not in _PLAIN_STARTS:
        return False
    if _NORTH_AMERICAN.fullmatch(raw) and plans.has_north_america:
        return run.announced(0, run.last) is not Announced.OTHER
    if _DATED.search(raw) and next(outside_dates(raw)) != (0, end - start) or is_other_shape(text, start, end):
        return False
    if raw.startswith("00"):
        return is_in_use(digits[2:]) and run.announced(0, run.last) is not Announced.OTHER
    if raw[0] == "0" and len(digits) >= _FEWEST_UNANNOUNCED[True]:
        return plans.with_zero.fullmatch(digits) is not None and run.announced(0, run.last) is not Announced.OTHER
    return plans.without_zero.fullmatch(digits) is not None and run.announced(0, run.last) in _FOR_PHONE


def _plus(text: str, start: int) -> str:
    """The plus sign before the digits, with its brackets; nothing where there is none."""
    before = text[max(0, start - 4) : start]
    found = _PLUS.search(before) if "+" in before else None
    return found[0] if found else ""


def _numbers(run: _Run, plans: NationalPlans) -> Iterator[Span]:
    first = skipped = 0
    if run.announced(0, run.last) is Announced.OTHER and not _plus(run.text, run.start):
        return
    while first < len(run.groups):
        start, end = run.groups[first]
        plus = _plus(run.text, start)
        last = _international_end(run, first) if plus else None
        if last is None and is_glued(run.text, start) and _is_apart(run, first):
            first, skipped = _end_of_token(run, first) + 1, _MOST_DIGITS
            continue
        if last is None and (skipped <= _MOST_SKIPPED or run.separators(first - 1, first) != " "):
            last = _national_end(run, first, plans)
        if last is None:
            first, skipped = first + 1, skipped + end - start
        else:
            yield _whole(run.text, start - len(plus), run.groups[last][1])
            first, skipped = last + 1, 0


def _is_apart(run: _Run, first: int) -> bool:
    """Whether what the digits are glued to is no word for telephone, as in Tel-0171 or wa.me/49171."""
    start = run.groups[first][0]
    token = run.text[max(0, start - REACH) : start].rpartition(" ")[2]
    return run.text[start - 1 : start] not in "-/" or announced_before(token) is not Announced.PHONE


def _end_of_token(run: _Run, first: int) -> int:
    """The last group of an id that goes on without a space from group `first`."""
    while first + 1 < len(run.groups) and " " not in run.separators(first, first + 1):
        first += 1
    return first


def _whole(text: str, start: int, end: int) -> Span:
    """The span with its extension, and with the bracket that opens before it."""
    opened, closed = text.count("(", start, end), text.count(")", start, end)
    if closed > opened and text[start - 1 : start] == "(":
        start -= 1
    elif opened > closed and text[start] == "(":
        start += 1
    extension = _EXTENSION.match(text, end)
    return start, extension.end() if extension else end


def _international_end(run: _Run, first: int) -> int | None:
    """The last group of the number after a plus sign: the longest in use, else of a possible length, else announced."""
    possible = announced = None
    for last, digits in run.ends(first):
        if is_in_use(digits):
            return last
        if possible is None and is_possible(digits):
            possible = last
        if announced is None and len(digits) <= _MOST_ABROAD and run.announced(first, last) in _FOR_PHONE:
            announced = last
    return announced if possible is None else possible


def _national_end(run: _Run, first: int, plans: NationalPlans) -> int | None:
    """The last group of a number without a plus sign; one in use is better than a longer one of unknown make."""
    unknown = None
    is_begun = first > 0 and run.separators(first - 1, first) == " "
    for last, digits in run.ends(first):
        if is_other_shape(run.text, run.groups[first][0], run.groups[last][1]):
            continue
        said = run.announced(first, last)
        if said is Announced.OTHER:
            return None
        is_announced = said in _FOR_PHONE and not is_begun
        if _speaks_for_itself(run, first, last, digits, plans) or (
            is_announced and _is_likely(run, first, last, digits, plans)
        ):
            return last if unknown is None or _is_short(run, unknown) else unknown
        is_sure = digits[0] == "0" and first < last
        is_sure = is_sure or (said is Announced.PHONE and "/" not in run.separators(first, last))
        if unknown is None and is_announced and is_sure and len(digits) <= _MOST_UNKNOWN:
            unknown = last
    return unknown


def _is_short(run: _Run, last: int) -> bool:
    """Whether a group of one or two digits is rather a time or a count after the number than its end."""
    start, end = run.groups[last]
    return end - start < _FEWEST_IN_LAST_GROUP


def _is_likely(run: _Run, first: int, last: int, digits: str, plans: NationalPlans) -> bool:
    """Whether digits that words may call a telephone are of a series or a grouping that some country has."""
    if any(digits.startswith(code) and is_possible(digits[len(code) :]) for code in _EXIT_CODES):
        return True
    plan = plans.with_zero if digits.startswith("0") else plans.without_zero
    if plan.fullmatch(digits) is not None or run.shape(first, last) in plans.groupings:
        return True
    return len(digits) >= _FEWEST_UNANNOUNCED[True] and is_in_use(digits)


def _speaks_for_itself(run: _Run, first: int, last: int, digits: str, plans: NationalPlans) -> bool:
    """Whether digits and grouping make a telephone number without a word for it."""
    if digits.startswith("0"):
        if len(digits) < _FEWEST_UNANNOUNCED[first == last] or run.shape(first, last) == _BRAZILIAN_POSTCODE:
            return False
        is_abroad = any(digits.startswith(code) and is_in_use(digits[len(code) :]) for code in _EXIT_CODES)
        return is_abroad or plans.with_zero.fullmatch(digits) is not None
    if first == last:
        return False
    shape = run.shape(first, last)
    separators = run.separators(first, last)
    start, end = run.groups[first]
    is_bracketed = run.text[start - 1 : start] == "(" and run.text[end] == ")"
    if plans.has_north_america and shape[-3:] == (3, 3, 4) and "/" not in separators:
        return is_bracketed or digits[0] > "1" if len(shape) == len("334") else digits[: shape[0]] == "1"
    if is_bracketed:
        is_code = split_code(digits)[0] == run.text[start:end] and is_possible(digits)
        return is_code or plans.without_zero.fullmatch(digits) is not None
    is_whole = last == run.last or run.separators(last, last + 1) != " "
    is_grouped = is_whole and shape in plans.groupings and set(separators) != {"."}
    return is_grouped and plans.without_zero.fullmatch(digits) is not None
