"""Themes among posts that no cause explains, and the posts that speak for a cause: the same ones however they lie."""

from datetime import date
from math import log, sqrt

import pytest

from etl.analysis.voices.posts import Post
from etl.analysis.voices.quotes import quotes, typical
from etl.analysis.voices.themes import FEWEST_AUTHORS, Found, themes

DAY = date(2026, 3, 4)


def post(
    key: int, text: str, cause: str | None = None, tone: int = -1, intensity: int = -500, person: str = ""
) -> Post:
    return Post(key, DAY, person or f"p{key}", text, tone, intensity, cause)


def company(authors: int, person: str = "") -> list[Post]:
    """Posts about cold coffee without a cause, and three times as many about all sorts of things that have one."""
    words = ["bill", "parcel", "phone", "train", "shop", "price", "router", "letter"]
    about = [post(key, f"the coffee machine broke, cup {key}", person=person) for key in range(authors)]
    other = [post(100 + k, f"my {words[k % 8]} was late again", "late") for k in range(60)]
    return [*about, *other, post(999, "coffee was great", tone=1)]


def test_a_theme_is_what_negative_posts_without_a_cause_use_more_than_others() -> None:
    found = themes(company(FEWEST_AUTHORS))
    assert (found.uncategorised, found.negative) == (5, 65)
    (theme,) = found.themes
    assert (theme.term, theme.authors, theme.posts) == ("coffee machine broke", 5, 5)
    assert [example.key for example in theme.examples] == [0]


def test_the_z_of_a_term_by_hand() -> None:
    posts = [post(k, "cold", person=f"a{k}") for k in range(6)] + [post(10 + k, "warm", "c") for k in range(18)]
    (theme,) = themes(posts).themes
    here, there = 6 + 20 * 6 / 24, 0 + 20 * 6 / 24
    odds = log(here / (26 - here)) - log(there / (38 - there))
    assert theme.z == pytest.approx(odds / sqrt(1 / here + 1 / there))


def test_four_authors_or_one_who_posts_often_make_no_theme() -> None:
    assert themes(company(FEWEST_AUTHORS - 1)).themes == ()
    assert themes(company(20, person="loud")).themes == ()


def test_without_posts_there_is_no_theme() -> None:
    assert themes([]) == Found((), 0, 0)


def test_a_theme_is_named_by_the_phrase_that_its_authors_share() -> None:
    posts = [post(key, f"how do I get a confirmation of my cancellation? Asked {key} times") for key in range(6)]
    posts += [post(20 + key, "it is still not open on Saturday, or is it?") for key in range(3)]
    posts += [post(30 + key, "ist am Sonntag geschlossen, warum auch immer") for key in range(5)]
    posts += [post(100 + key, "my parcel was late again", "late") for key in range(90)]
    found = {theme.term: (theme.authors, theme.posts) for theme in themes(posts).themes}
    assert found == {"confirmation of my cancellation": (6, 6), "sonntag geschlossen": (5, 5)}


def test_words_that_say_nothing_by_themselves_are_no_theme() -> None:
    posts = [post(key, f"I did, {key} hours ago. It is about you, as I said") for key in range(9)]
    assert themes([*posts, *(post(100 + key, "fine", "c", 1) for key in range(40))]).themes == ()


def test_a_word_with_another_ending_is_no_other_theme() -> None:
    posts = [post(key, "bag lost") for key in range(9)] + [post(20 + key, "where are the bags") for key in range(6)]
    posts += [post(100 + key, "warm", "c", 1) for key in range(60)]
    assert [theme.term for theme in themes([*posts, *(post(50 + k, "bag") for k in range(20))]).themes] == ["bag"]


def test_signs_and_numbers_part_words() -> None:
    made = post(1, "Did, 47 hours \u2013 well-known, isn\u2019t it [NAME] here")
    assert made.runs == (("did",), ("hours",), ("well", "known"), ("isn't", "it"), ("here",))
    assert made.terms == {"did", "hours", "well", "known", "isn't", "here", "well known"}


def test_addresses_handles_and_masks_are_no_words() -> None:
    assert post(1, "@cup [EMAIL] https://cup.example.com #cup it's cold").terms == {"it's", "cold", "it's cold"}


def test_quotes_are_the_typical_the_most_severe_of_the_rest_and_the_most_positive() -> None:
    posts = [
        post(1, "bill wrong", "bill", intensity=-300),
        post(2, "bill wrong again", "bill", intensity=-400),
        post(3, "this is an outrage", "bill", intensity=-900),
        post(4, "bill put right at once", "bill", 1, 700),
        post(5, "bill fine", "bill", 1, 300),
        post(6, "a worse outrage", "parcel", intensity=-950),
        post(7, "the bill of " + "all " * 100, "bill", intensity=-999),
    ]
    found = quotes(posts[::-1], "bill")
    assert found == quotes(posts, "bill")
    assert (found.posts, found.people) == (4, 4)
    assert [each.key if each else None for each in (found.typical, found.severe, found.positive)] == [1, 3, 4]


def test_a_cause_with_one_post_has_no_second_quote() -> None:
    found = quotes([post(1, "bill wrong", "bill")], "bill")
    assert found.typical is not None
    assert (found.severe, found.positive) == (None, None)


def test_typical_posts_are_of_different_people_in_different_words() -> None:
    posts = [
        post(1, "late bus", person="a"),
        post(2, "late bus!"),
        post(3, "late bus today", person="a"),
        post(4, "bus"),
    ]
    assert [each.key for each in typical(posts, 3)] == [1, 4]
