"""Dumps of a database, whole or in parts: their rows are read as the table they were, commas and quotes included."""

import csv
from pathlib import Path

import pytest

from etl.errors import FileRefused
from etl.reading.dumps import is_dump, tables
from tests.etl.sources.exported import query, told

CREATED = """-- MySQL dump 10.13
DROP TABLE IF EXISTS `cdr`;
CREATE TABLE `cdr` (
  `calldate` datetime NOT NULL,
  `src` varchar(80) DEFAULT NULL,
  `dst` varchar(80) DEFAULT NULL,
  `lastdata` varchar(80) DEFAULT NULL,
  `duration` int DEFAULT NULL,
  `billsec` int DEFAULT NULL,
  `disposition` varchar(45) DEFAULT NULL,
  `uniqueid` varchar(32) DEFAULT NULL,
  PRIMARY KEY (`calldate`)
) ENGINE=InnoDB;
LOCK TABLES `cdr` WRITE;
"""
ROWS = (
    r"INSERT INTO `cdr` VALUES ('2024-03-04 10:00:00','+493012345671','100','a;b, (c) O\'Neil',60,54,'ANSWERED',"
    "'1709542800.1'),('2024-03-04 11:00:00','100','200',NULL,9,0,'NO ANSWER','1709546400.2');\n"
)


def test_calls_of_a_dump(tmp_path: Path) -> None:
    assert told(tmp_path, CREATED + ROWS + "UNLOCK TABLES;\n") == ("loaded", "asterisk_cdr", 2, 2, 0)
    found = query(tmp_path, "SELECT started_at::VARCHAR, wait_seconds, talk_seconds FROM core_interactions ORDER BY 1")
    assert found == [("2024-03-04 09:00:00", 6, 54), ("2024-03-04 10:00:00", 9, None)]


def test_every_table_comes_with_its_columns(tmp_path: Path) -> None:
    dump = tmp_path / "dump.sql"
    dump.write_text(
        "SET x = 1;\nINSERT INTO a (id, \"word\") VALUES (1, 'it''s'), (2, NULL);\n"
        "insert into shop.b values (-1.5, 'x\\ny', DEFAULT);\nINSERT INTO a (id, word) VALUES (3, '');",
        encoding="utf-8",
    )
    assert [table.read_text() for table in tables(dump, tmp_path)] == [
        "id,word\n1,it's\n2,\n3,\n",
        '-1.5,"x\ny",DEFAULT\n',
    ]


@pytest.mark.parametrize(
    ("start", "text", "read"),
    [
        ("", "a; INSERT INTO a VALUES (9, ''no'');", "a; INSERT INTO a VALUES (9, 'no');"),
        ("", r"C:\\new\tab", "C:\\new\tab"),
        ("SET standard_conforming_strings = on;\n", "C:\\new\\", "C:\\new\\"),
    ],
    ids=["a statement in a text", "escapes of MySQL", "none in PostgreSQL"],
)
def test_texts(tmp_path: Path, start: str, text: str, read: str) -> None:
    dump = tmp_path / "dump.sql"
    dump.write_text(f"{start}INSERT INTO a (id, word) VALUES (1, '{text}'), (2, 'b');\n", encoding="utf-8")
    (table,) = tables(dump, tmp_path)
    assert list(csv.reader(table.read_text(encoding="utf-8").splitlines())) == [["id", "word"], ["1", read], ["2", "b"]]


def test_what_is_a_dump(tmp_path: Path) -> None:
    assert is_dump(CREATED)
    assert not is_dump("id,note\n1,INSERT INTO a VALUES (1)\n")
    empty = tmp_path / "empty.sql"
    empty.write_text(CREATED)
    with pytest.raises(FileRefused, match="without any row"):
        tables(empty, tmp_path)
