"""Posts of blogs, and tables that only look like comments of YouTube."""

from pathlib import Path

from tests.etl.sources.exported import query, report, told


def test_posts_and_comments_of_wordpress_are_known_by_their_address(tmp_path: Path) -> None:
    """Ids count per blog, and what is told without a zone is the blog's own time."""
    times = {"date": "2024-03-04T10:00:00", "date_gmt": "2024-03-04T09:00:00", "modified_gmt": "2024-03-05T09:00:00"}
    words = {"title": {"rendered": "Acme"}, "content": {"rendered": "<p>No &amp; no</p>", "protected": False}}
    post = {"id": 1, **times, **words, "link": "https://blog.example.com/acme", "guid": {"rendered": "https://b/?p=1"}}
    comment = {
        "id": 1, "post": 1, "author_name": "Ann", "date": times["date"], "date_gmt": times["date_gmt"],
        "content": words["content"], "link": "https://blog.example.com/acme#comment-1",
    }  # fmt: skip
    assert [told(tmp_path, [kind])[:4] for kind in (post, comment)] == [("loaded", "feeds", 1, 1)] * 2
    found = "record_id, CAST(event_at AS VARCHAR), text"
    rows = query(
        tmp_path, f"SELECT {found} FROM core_records JOIN core_verbatims USING (record_key) ORDER BY record_id"
    )
    assert rows == [
        ("https://b/?p=1", "2024-03-04 09:00:00", "Acme\n\nNo & no"),
        ("https://blog.example.com/acme#comment-1", "2024-03-04 09:00:00", "No & no"),
    ]


def test_a_table_with_further_columns_is_not_taken_for_comments_of_youtube(tmp_path: Path) -> None:
    table = (
        "author,published_at,updated_at,like_count,text,article\nann,2024-03-04T09:00:00Z,2024-03-04T09:00:00Z,1,No,7\n"
    )
    refused = report(tmp_path, table)
    assert (refused.status, refused.source) == ("refused", None)
    assert "no known source comes close" in (refused.reason or "")
