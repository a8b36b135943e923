"""The sample to label is the same however posts lie; precision and recall by hand, weighted by what was drawn."""

from datetime import UTC, date, datetime

import pytest

from etl.analysis.voices.correctness import Quality, Share, quality
from etl.analysis.voices.labelling import sample
from etl.analysis.voices.posts import Post
from etl.labels import Label, text_id
from etl.metrics.intervals import wilson

DAY = date(2026, 3, 4)


def post(key: int, told: str | None) -> Post:
    return Post(key, DAY, f"p{key}", f"words {key}", -1, -500, told, told)


def label(key: int, cause: str | None) -> Label:
    return Label(text_id(DAY, key), DAY, cause, "ada", datetime(2026, 3, 9, tzinfo=UTC))


POSTS = [post(key, "late") for key in range(100)] + [post(key, "bill") for key in range(100, 110)]
POSTS += [post(key, None) for key in range(110, 1_010)]


def counts(posts: tuple[Post, ...]) -> dict[str | None, int]:
    return {told: sum(each.told == told for each in posts) for told in ("late", "bill", None)}


def test_half_are_drawn_from_texts_without_a_cause_and_the_rest_evenly() -> None:
    assert counts(sample(POSTS, 60)) == {"late": 20, "bill": 10, None: 30}
    assert counts(sample(POSTS, 20)) == {"late": 5, "bill": 5, None: 10}
    assert counts(sample(POSTS[:110], 60)) == {"late": 50, "bill": 10, None: 0}
    assert counts(sample(POSTS[:3] + POSTS[110:], 60)) == {"late": 3, "bill": 0, None: 57}
    assert sample([], 60) == ()


def test_the_sample_does_not_depend_on_the_order_and_a_smaller_one_is_part_of_it() -> None:
    drawn = sample(POSTS, 60)
    assert sample(POSTS[::-1], 60) == drawn
    assert len({each.key for each in drawn}) == 60
    assert {each.key for each in sample(POSTS, 20)} <= {each.key for each in drawn}


def test_precision_and_recall_by_hand() -> None:
    """Of 100 told late 20 are labelled, 18 of them late; of 10 told bill 5, one late; of 900 others 30, 3 late."""
    labels = [label(key, "late" if key < 18 else None) for key in range(20)]
    labels += [label(key, "late" if key == 100 else "bill") for key in range(100, 105)]
    labels += [label(key, "late" if key < 113 else None) for key in range(110, 140)]
    found = quality(POSTS, labels)
    late, bill = found.causes
    assert (found.labels, found.not_found, found.posts) == (55, 0, 1_010)
    assert found.right.value == pytest.approx((90 + 8 + 810) / 1_010)
    assert (late.cause, late.posts, late.told, late.labelled) == ("late", 100, 20, 22)
    one = wilson(18, 20)
    assert late.precision == Share(0.9, one.low, one.high)
    missed = 1 * 2 + 3 * 30
    assert late.recall.value == pytest.approx(90 / (90 + missed))
    number = (5 * 2 + 30 * 30) ** 2 / (5 * 2**2 + 30 * 30**2)
    other = wilson(missed / 910 * number, number)
    low, high = (one.low or 0) * 100, (one.high or 0) * 100
    assert late.recall.low == pytest.approx(low / (low + (other.high or 0) * 910))
    assert late.recall.high == pytest.approx(high / (high + (other.low or 0) * 910))
    assert (bill.told, bill.labelled, bill.precision.value, bill.recall.value) == (5, 4, 0.8, 1.0)
    assert (bill.recall.low or 0) < 0.3, "missed ones may hide among 900 other posts"


def test_what_labels_do_not_tell_is_not_said() -> None:
    assert quality(POSTS, []) == Quality()
    assert quality(POSTS, [label(5_000, "late")]) == Quality(not_found=1)
    late, bill = quality(POSTS, [label(0, "late")]).causes
    assert (late.precision.value, late.recall, bill.precision) == (1.0, Share(), Share())


def test_a_cause_that_words_never_tell_has_no_recall_at_all() -> None:
    (late, bill, noise) = quality(POSTS, [label(0, "late"), label(110, "noise")]).causes
    assert (late.labelled, bill.labelled) == (1, 0)
    assert (noise.cause, noise.precision, noise.recall) == ("noise", Share(), Share(0.0, 0.0, 0.0))
