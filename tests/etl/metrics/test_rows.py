"""The rows behind a number: as many as it says, and where they came from."""

from datetime import date

import pytest

from etl.errors import UserError
from etl.metrics.answer import Question, Where
from etl.metrics.ask import WarehouseAsk
from etl.vocabulary import Dimension
from tests.etl.metrics.oracles import only
from tests.loaded import PRESENT


@pytest.mark.parametrize("metric", PRESENT)
@pytest.mark.parametrize("where", [(), only(Dimension.CHANNEL, "phone"), only(Dimension.CHANNEL, "chat")], ids=str)
def test_as_many_rows_stand_behind_a_number_as_it_says(small_ask: WarehouseAsk, metric: str, where: Where) -> None:
    period = small_ask.calendar.parse("2026-10")
    (row,) = small_ask(Question((metric,), start=period.start, end=period.end, where=where)).rows
    behind = small_ask.rows(metric, period, where, "bottom")
    assert len(behind.rows) == row.n
    assert len({tuple(found.values()) for found in behind.rows}) == row.n
    if row.unit == "share":
        assert len(small_ask.rows(metric, period, where, "top").rows) == round((row.value or 0) * row.n)


def test_rows_know_the_file_they_came_from(small_ask: WarehouseAsk) -> None:
    behind = small_ask.rows("service_level", small_ask.calendar.parse("2026-11-20"), (), "bottom")
    assert behind.unit == "interaction"
    assert all(
        row["file"] and row["record_number"] and row["business_day"] == date(2026, 11, 20) for row in behind.rows
    )


def test_rows_after_the_watermark_stand_behind_nothing(small_ask: WarehouseAsk) -> None:
    assert small_ask.rows("contacts", small_ask.calendar.parse("2026-11-22"), (), "bottom").rows == ()


def test_a_side_that_a_metric_lacks_is_refused(small_ask: WarehouseAsk) -> None:
    with pytest.raises(UserError, match="contacts: unknown side 'top'"):
        small_ask.rows("contacts", small_ask.calendar.parse("2026-10"), (), "top")
