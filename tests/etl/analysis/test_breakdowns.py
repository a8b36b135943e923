"""The leaderboard: whom each cell failed by hand-written SQL, planted breakdowns in their state, unknown weeks."""

from contextlib import closing
from datetime import date

import pytest

from etl.analysis.breakdowns import Leaderboard, leaderboard
from etl.analysis.persistence import FACTORS
from etl.analysis.plans import care_for, follow
from etl.analysis.why import why
from etl.config import Settings, load_settings
from etl.demo.company import Demo, Written, write_demo
from etl.engines import Connection
from etl.metrics.answer import Cell, Question
from etl.metrics.ask import WarehouseAsk, open_ask
from etl.pipeline import load
from etl.vocabulary import Dimension, Grain, Proof, State, Symbol
from etl.warehouse import Warehouse
from tests.loaded import END

DAYS, RECORDS, SEED = 400, 64_000, 13
AFFECTED = """
    SELECT cause, touchpoint, count(DISTINCT coalesce(customer_id, contact_key::VARCHAR)), count(*)
    FROM core_contacts AS contact
    WHERE direction = 'inbound' AND business_day BETWEEN $start AND $end
        AND cause IS NOT NULL AND touchpoint IS NOT NULL AND 'unassigned' NOT IN (cause, touchpoint)
        AND business_day <= (SELECT watermark_day FROM core_sources WHERE source = contact.source)
        AND ((is_abandoned AND coalesce(abandon_seconds > 5, TRUE)) OR is_resolved = FALSE OR is_complaint
            OR EXISTS (SELECT 1 FROM core_scores AS answer WHERE answer.contact_key = contact.contact_key
                AND (kind = 'nps' AND score < 7 OR kind = 'csat5' AND score < 3))
            OR EXISTS (SELECT 1 FROM core_contacts AS later
                WHERE later.customer_id = contact.customer_id AND later.direction = 'inbound'
                    AND coalesce(nullif(later.reason, 'unassigned'), '')
                        = coalesce(nullif(contact.reason, 'unassigned'), '')
                    AND (later.started_at, later.contact_key) > (contact.started_at, contact.contact_key)
                    AND later.started_at <= contact.started_at + INTERVAL 7 DAY
                    AND NOT (later.is_abandoned AND coalesce(later.abandon_seconds <= 5, FALSE))
                    AND NOT (contact.is_abandoned AND coalesce(contact.abandon_seconds <= 5, FALSE))))
    GROUP BY ALL ORDER BY ALL
"""


EXPOSED = """
    SELECT touchpoint, count(DISTINCT coalesce(customer_id, contact_key::VARCHAR)) FROM core_contacts AS contact
    WHERE direction = 'inbound' AND business_day BETWEEN $start AND $end
        AND business_day <= (SELECT watermark_day FROM core_sources WHERE source = contact.source)
    GROUP BY touchpoint
"""


BROUGHT = """
    SELECT DISTINCT coalesce(touchpoint, '(unknown)') FROM core_contacts
    WHERE source = $source AND direction = 'inbound'
        AND business_day BETWEEN CAST($start AS DATE) - 182 AND CAST($start AS DATE) - 1
"""


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, Written]:
    """A demo company of over a year, with everything planted."""
    demo = Demo(folder=tmp_path_factory.mktemp("company"), end=END, days=DAYS, records=RECORDS, seed=SEED)
    written = write_demo(demo)
    settings = load_settings(demo.folder)
    load(settings, written.files)
    return settings, written


@pytest.fixture(scope="module")
def ask(company: tuple[Settings, Written]) -> WarehouseAsk:
    """Ask on that company."""
    return open_ask(company[0])


def board(ask: WarehouseAsk, day: str = "2026-11-14", grain: Grain = Grain.WEEK) -> Leaderboard:
    return leaderboard(ask, ask.calendar.period_of(date.fromisoformat(day), grain))


@pytest.mark.parametrize("grain", [Grain.WEEK, Grain.MONTH])
def test_affected_customers_are_those_of_hand_written_sql(
    company: tuple[Settings, Written], ask: WarehouseAsk, grain: Grain
) -> None:
    found = board(ask, "2026-10-31", grain)
    with closing(connection(company[0])) as hand:
        rows = hand.execute(AFFECTED, {"start": found.period.start, "end": found.period.end}).fetchall()
    expected = {Cell(cause, touchpoint): (customers, contacts) for cause, touchpoint, customers, contacts in rows}
    assert len(expected) > 20
    assert {row.cell: (row.affected, row.contacts) for row in found.rows if row.affected} == expected


def test_customers_at_a_touchpoint_are_counted_whatever_they_came_for(
    company: tuple[Settings, Written], ask: WarehouseAsk
) -> None:
    found = board(ask)
    with closing(connection(company[0])) as hand:
        rows = hand.execute(EXPOSED, {"start": found.period.start, "end": found.period.end}).fetchall()
    expected = dict(rows)
    assert {row.cell.touchpoint: row.exposed for row in found.rows}.items() <= expected.items()
    assert all(row.trend[-1].customers == row.exposed for row in found.rows)
    assert all(row.trend[-1].failed == row.affected for row in found.rows)


def test_the_planted_breakdowns_come_out(company: tuple[Settings, Written], ask: WarehouseAsk) -> None:
    rows = {row.cell: row for row in board(ask).rows}
    planted = {fact["state"]: rows[Cell(fact["cause"], fact["touchpoint"])] for fact in company[1].known["breakdowns"]}
    assert planted["chronic"].standing.state is State.CHRONIC
    assert planted["new"].standing.state is State.NEW
    assert planted["relapsed"].standing.grade in (State.RELAPSED, State.RECURRING)
    assert planted["relapsed"].standing.relapses == 1
    assert {row.rank for row in planted.values()} == {1, 2, 3}
    for row in planted.values():
        assert row.cost.harm is not None
        assert row.severity == pytest.approx(row.affected * row.cost.harm.value * FACTORS[row.standing.grade])
    assert planted["chronic"].standing.grade is State.CHRONIC


def test_rows_say_how_they_grow_and_what_would_put_them_first(ask: WarehouseAsk) -> None:
    found = board(ask)
    first, *others = [row for row in found.rows if row.rank is not None]
    assert first.to_first is None
    for row in others:
        if row.to_first is None:
            assert row.severity == 0.0, "without harm no number of customers would put it first"
            continue
        assert row.severity is not None
        assert first.severity is not None
        each = row.severity / row.affected if row.affected else 0.0
        assert (
            not each or row.severity + each * (row.to_first - 1) <= first.severity < row.severity + each * row.to_first
        )
    assert {row.cell: row.cost.before for row in found.rows if row.trend[-2].symbol is not Symbol.UNKNOWN} == {
        row.cell: row.trend[-2].failed for row in found.rows if row.trend[-2].symbol is not Symbol.UNKNOWN
    }
    for row in found.rows:
        assert row.rank_low is None or (row.widest and row.widest[0] <= row.rank_low <= row.widest[1])


def test_the_planted_fix_is_proved_and_the_young_plan_is_not(
    company: tuple[Settings, Written], ask: WarehouseAsk
) -> None:
    fact = company[1].known["fix"]
    row = next(row for row in board(ask).rows if row.cell == Cell(fact["cause"], fact["touchpoint"]))
    assert (row.standing.state, row.standing.grade) == (State.RESOLVED, State.CHRONIC)
    mended, begun = follow(ask, date(2026, 11, 21))
    assert mended.evidence.judgement.verdict == fact["evidence"] == Proof.IMPROVED
    assert mended.evidence.beside is not None
    assert mended.evidence.beside.verdict is Proof.IMPROVED
    assert (mended.evidence.weeks_before, mended.evidence.weeks, str(mended.plan.opened)) == (26, 8, fact["opened"])
    assert begun.evidence.judgement.why == "1 week after the opening, of 4 needed"
    assert care_for(ask, row.cell, (mended, begun)).owner == "Head of the e-mail desk"


def test_the_signals_of_the_chronic_one_are_the_planted_weeks(
    company: tuple[Settings, Written], ask: WarehouseAsk
) -> None:
    fact = next(fact for fact in company[1].known["breakdowns"] if fact["state"] == "chronic")
    row = next(row for row in board(ask).rows if row.cell == Cell(fact["cause"], fact["touchpoint"]))
    signals = {ask.calendar.period_of(week.start, Grain.WEEK).key for week in row.trend if week.symbol is Symbol.SIGNAL}
    assert signals == set(fact["bad_weeks"])


def test_the_outage_is_unknown_and_no_quiet_week(company: tuple[Settings, Written], ask: WarehouseAsk) -> None:
    outage = company[1].known["outage"]
    week = ask.calendar.period_of(date.fromisoformat(outage["from"]), Grain.WEEK).start
    with closing(connection(company[0])) as hand:
        rows = hand.execute(BROUGHT, {"source": outage["source"], "start": week}).fetchall()
    fed = {touchpoint for (touchpoint,) in rows}
    weeks = ask.weeks(date.fromisoformat("2026-11-21"))
    unknown = {touchpoint for touchpoint, known in weeks.known.items() if not known[weeks.starts.index(week)]}
    assert unknown == fed
    assert fed
    shown = [one for row in board(ask).rows if row.cell.touchpoint in fed for one in row.trend if one.start == week]
    assert all(one.symbol is Symbol.UNKNOWN and one.share is None for one in shown)


def test_the_storm_goes_from_private_to_public(company: tuple[Settings, Written], ask: WarehouseAsk) -> None:
    storm = company[1].known["storm"]
    days = date.fromisoformat(storm["from"]), date.fromisoformat(storm["to"])
    where = ((Dimension.TOUCHPOINT, (storm["touchpoint"],)),)
    (usual,) = ask(Question(("private_to_public",), end=days[0])).rows
    (stormy,) = ask(Question(("private_to_public",), start=days[0], end=days[1], where=where)).rows
    assert usual.value is not None
    assert stormy.value is not None
    assert stormy.value > 0.2 > 20 * usual.value


def test_the_mix_shift_is_told_by_its_dimension(company: tuple[Settings, Written], ask: WarehouseAsk) -> None:
    shift = company[1].known["mix_shift"]
    found = why(ask, shift["metric"], ask.calendar.parse(shift["period"]), ask.calendar.parse(shift["versus"]))
    assert found.by == shift["dimension"]
    assert found.effects.mix is not None
    assert found.effects.mix < found.effects.change < 0


def test_before_the_first_known_week_nothing_is_said_to_have_grown(ask: WarehouseAsk) -> None:
    first = leaderboard(ask, ask.calendar.period_of(board(ask).weeks[0], Grain.WEEK))
    assert {(row.cost.before, row.growth) for row in first.rows} == {(None, None)}
    grown = [row for row in board(ask).rows if row.cost.before]
    assert grown
    assert all(row.growth == row.affected / (row.cost.before or 1) - 1 for row in grown)


def test_a_filter_counts_its_own_customers(ask: WarehouseAsk) -> None:
    period = ask.calendar.parse("2026-W45")
    whole = leaderboard(ask, period)
    regions = [
        leaderboard(ask, period, ((Dimension.REGION, (region,)),)) for region in ask.dimension_values[Dimension.REGION]
    ]
    for row in whole.rows:
        parts = [part.affected for board in regions for part in board.rows if part.cell == row.cell]
        assert sum(parts) >= row.affected >= max(parts, default=0)


def test_what_no_code_assigns_is_counted_apart(ask: WarehouseAsk) -> None:
    found = board(ask)
    assert found.unassigned.contacts > 0
    assert all(row.cell.is_assigned for row in found.rows)
    assigned = sum(row.contacts for row in found.rows)
    assert assigned + found.unassigned.contacts == found.total.contacts


def test_ranked_ones_come_first(ask: WarehouseAsk) -> None:
    ranks = [row.rank for row in board(ask).rows]
    ranked = [rank for rank in ranks if rank is not None]
    assert ranked == list(range(1, len(ranked) + 1))
    assert ranks[: len(ranked)] == ranked
    assert all(
        row.rank_low and row.rank_high and row.rank_low <= row.rank <= row.rank_high
        for row in board(ask).rows
        if row.rank
    )


def test_a_filter_on_the_cause_leaves_the_base(ask: WarehouseAsk) -> None:
    whole = {row.cell: row for row in board(ask).rows}
    cell = next(iter(whole))
    where = ((Dimension.CAUSE, (cell.cause,)),)
    (row,) = [row for row in leaderboard(ask, board(ask).period, where).rows if row.cell == cell]
    assert (row.exposed, row.affected) == (whole[cell].exposed, whole[cell].affected)
    assert row.cost == whole[cell].cost


def connection(settings: Settings) -> Connection:
    """The published generation, to be asked by hand."""
    published = Warehouse(settings.folders).current()
    assert published is not None
    return Warehouse(settings.folders).read(published)
