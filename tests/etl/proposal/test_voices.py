"""Posts and reviews: author, platform, stars, and times in words."""

from pathlib import Path

from tests.etl.proposal.proposing import field_of, landed, proposed, source_of, targets_of, undecided

REVIEWS = """review_id,username,stars,review title,review text,date,owner response date,source
r1,anna_k,5,Great,The staff was very kind and quick to help me,2024-02-28,2024-03-01,Trustpilot
r2,ben77,1,Never again,They lost my parcel and nobody answered my mails,2024-03-02,,Trustpilot
r3,carla,4,Fine,All went well and the price was fair enough,2024-03-13,,Trustpilot
"""
OPINIONES = """autor;fecha;comentario;me gusta;enlace
@luis;12 de marzo de 2024, 10:15 h;Llevo tres días esperando una respuesta del servicio técnico;3;https://x.example/1
@eva;2 de abril de 2024, 9:05 h;Muchas gracias por la ayuda de ayer con mi pedido;0;https://x.example/2
"""
POSTS = """[
 {"id": "p1", "created_utc": 1709287200, "text": "The app crashes each time I open my bill",
  "user": {"screen_name": "ann"}, "stats": {"likes": 3}, "lang": "en"},
 {"id": "p2", "created_utc": 1709290800, "text": "Thanks for the quick help with my broken router",
  "user": {"screen_name": "bob"}, "stats": {"likes": 0}, "lang": "en", "city": "Leeds"}
]"""


def test_reviews(tmp_path: Path) -> None:
    proposal = proposed(tmp_path, "export.csv", REVIEWS)
    source = source_of(proposal)
    assert (targets_of(proposal), source.key, undecided(proposal)) == (["mentions"], ("review_id",), ["zone"])
    rows = landed(tmp_path, "export.csv", proposal.text)
    assert rows.rows("mentions", "platform", "rating", "posted_at", "answered_at") == [
        ("Trustpilot", 5, "2024-02-28 00:00:00", "2024-03-01 00:00:00"),
        ("Trustpilot", 1, "2024-03-02 00:00:00", None),
        ("Trustpilot", 4, "2024-03-13 00:00:00", None),
    ]
    assert rows.rows("verbatims", "text")[1] == ("They lost my parcel and nobody answered my mails",)
    assert len({row[0] for row in rows.rows("mentions", "author_identifier")}) == 3


def test_spanish_posts_with_months_in_words(tmp_path: Path) -> None:
    proposal = proposed(tmp_path, "opiniones_twitter.csv", OPINIONES)
    assert targets_of(proposal) == ["mentions"]
    assert field_of(proposal, "mentions", "platform").value == "twitter"
    assert field_of(proposal, "mentions", "author_identifier").columns == ("autor",)
    rows = landed(tmp_path, "opiniones_twitter.csv", proposal.text)
    assert rows.rows("mentions", "posted_at") == [("2024-03-12 10:15:00",), ("2024-04-02 09:05:00",)]


def test_nested_json_with_epoch_seconds(tmp_path: Path) -> None:
    proposal = proposed(tmp_path, "reddit_posts.json", POSTS)
    source = source_of(proposal)
    assert (source.form, source.event.epoch, undecided(proposal)) == ("json", "s", [])
    assert source.required == ("id", "created_utc", "text", "user.screen_name", "stats.likes", "lang")
    assert source.optional == ("city",)
    rows = landed(tmp_path, "reddit_posts.json", proposal.text)
    assert rows.rows("mentions", "platform", "posted_at", "language", "region") == [
        ("reddit", "2024-03-01 10:00:00", "en", None),
        ("reddit", "2024-03-01 11:00:00", "en", "Leeds"),
    ]


def test_a_list_inside_one_document(tmp_path: Path) -> None:
    proposal = proposed(tmp_path, "posts.json", f'{{"meta": {{"page": 1}}, "data": {{"items": {POSTS}}}}}')
    assert source_of(proposal).key == ("id",)
    assert landed(tmp_path, "posts.json", proposal.text).read == 2


def test_texts_of_nobody_known(tmp_path: Path) -> None:
    text = "id,when,message\n" + "".join(
        f"{n},2024-01-0{n} 10:00,My order number {n} did not arrive until today\n" for n in (1, 2)
    )
    proposal = proposed(tmp_path, "texts.csv", text)
    assert (targets_of(proposal), undecided(proposal)) == (["mentions"], ["zone", "mentions.platform"])


def test_a_sentiment_and_a_rating_that_is_no_star(tmp_path: Path) -> None:
    rows = [("positive", 8.5), ("negative", 2.0), ("neutral", 5.5), ("positive", 9.0)]
    lines = "".join(
        f"u{n},2024-01-0{n},{word},{points},I flew with them last week and {word} it was\n"
        for n, (word, points) in enumerate(rows, 1)
    )
    proposal = proposed(tmp_path, "avis.csv", f"user name,date,sentiment,rating,review\n{lines}")
    assert "mentions.rating" in undecided(proposal)
    landing = landed(tmp_path, "avis.csv", proposal.text)
    assert landing.rows("mentions", "recorded_sentiment", "rating")[:2] == [("positive", None), ("negative", None)]
