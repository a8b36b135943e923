"""Names and ids in the customers' table are masked in texts before they enter the warehouse."""

from contextlib import closing
from pathlib import Path

from etl.config import load_settings
from etl.pipeline import load
from etl.warehouse import Warehouse
from tests.etl.contents import data_folder

TWEETS = (
    "tweet_id,author_id,inbound,created_at,text,response_tweet_id,in_response_to_tweet_id\n"
    "1,77,TRUE,Tue Oct 31 22:10:47 +0000 2017,"
    "I am Maria Gonzalez (AC-778123) and Maria waits. Call +49 30 901820,,\n"
)


def test_known_names_and_ids_are_masked(tmp_path: Path) -> None:
    settings = data_folder(tmp_path / "data")
    (tmp_path / "data/customers.csv").write_text(
        "customer_id,kind,value\nAC-778123,name,María González\n", encoding="utf-8"
    )
    path = tmp_path / "tweets.csv"
    path.write_text(TWEETS, encoding="utf-8")
    load(load_settings(tmp_path / "data"), [path])
    warehouse = Warehouse(settings.folders)
    published = warehouse.current()
    assert published is not None
    with closing(warehouse.read(published)) as connection:
        texts = connection.execute("SELECT text FROM core_verbatims").fetchall()
    assert texts == [("I am [NAME] ([ID]) and Maria waits. Call [PHONE]",)]
