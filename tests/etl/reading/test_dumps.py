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


COPIED = (
    "--\n-- PostgreSQL database dump\n--\nSET standard_conforming_strings = on;\n\n"
    "CREATE TABLE public.cdr (\n    calldate timestamp without time zone NOT NULL,\n    src text\n);\n\n"
    "COPY public.queues (name) FROM stdin;\n\\.\n\n\n"
    "COPY public.cdr (calldate, src, dst, lastdata, duration, billsec, disposition, uniqueid) FROM stdin;\n"
    "2024-03-04 10:00:00\t493012345671\t100\ta\\tb\\nINSERT INTO c VALUES (1);\t60\t54\tANSWERED\t1709542800.1\n"
    "2024-03-04 11:00:00\t100\t200\t\\N\t9\t0\tNO ANSWER\t1709546400.2\n\\.\n\n\n-- PostgreSQL database dump complete\n"
)
NAMES = "[calldate], [src], [dst], [lastdata], [duration], [billsec], [disposition], [uniqueid]"
SCRIPTED = f"""USE [pbx]\nGO\n/****** Object:  Table [dbo].[cdr] ******/\nSET ANSI_NULLS ON\nGO
CREATE TABLE [dbo].[cdr](\n\t[calldate] [datetime] NOT NULL,\n\t[lastdata] [nvarchar](80) NULL\n) ON [PRIMARY]\nGO
INSERT [dbo].[cdr] ({NAMES}) VALUES (CAST(N'2024-03-04T10:00:00.000' AS DateTime), N'493012345671', N'100',
 N'C:\\new''s', CAST(60 AS Decimal(18, 0)), 54, N'ANSWERED', N'1709542800.1')\nGO
INSERT [dbo].[cdr] ({NAMES}) VALUES (CAST(0x0000B12900B54640 AS DateTime), N'100', N'200', NULL, 9, 0, N'NO ANSWER',
 N'1709546400.2')\nGO\nprint 'Processed 2 total records'\n"""


@pytest.mark.parametrize("dump", [COPIED, SCRIPTED], ids=["pg_dump's COPY", "a script of SQL Server"])
def test_calls_of_other_databases(tmp_path: Path, dump: str) -> None:
    assert told(tmp_path, dump) == ("loaded", "asterisk_cdr", 2, 2, 0)
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
    "created",
    [
        "(id INTEGER, cost DECIMAL(10,2), word TEXT, PRIMARY KEY (id, word));",
        "(`id` int(11), `cost` decimal(10,2), `word` text) ENGINE=InnoDB;",
        "(id INTEGER,\n  cost DECIMAL(10,2),\n  word TEXT);",
    ],
    ids=["SQLite", "MySQL", "closed behind the last column"],
)
def test_columns_that_do_not_stand_in_lines_of_their_own(tmp_path: Path, created: str) -> None:
    dump = tmp_path / "dump.sql"
    dump.write_text(f"CREATE TABLE a {created}\nINSERT INTO a VALUES(1,2.5,'x\n)');\n")
    assert [table.read_text() for table in tables(dump, tmp_path)] == ['id,cost,word\n1,2.5,"x\n)"\n']


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (r"E'it\'s\n\\d'", "it's\n\\d"),
        ("N'a''b'", "a'b"),
        ("'2024-03-04 10:00:00'::timestamp(0) without time zone", "2024-03-04 10:00:00"),
        ("to_date('04/03/2024','DD/MM/YYYY')", "04/03/2024"),
        ("CONVERT(datetime, '2024-03-04', 120)", "2024-03-04"),
        ("CAST(0x0000B129FFFFFFFF AS DateTime)", "0x0000B129FFFFFFFF"),
        ("CAST(NULL AS DateTime)", ""),
        ("replace(replace('a\\r\\nb','\\n',char(10)),'\\r','')", "a\nb"),
        ("'a'||chr(9)||'b'", "a\tb"),
        ("-1.50::numeric(10,2)", "-1.50"),
        ("uuid_of(1, 'x')", "uuid_of(1, x)"),
    ],
)
def test_values(tmp_path: Path, value: str, read: str) -> None:
    dump = tmp_path / "dump.sql"
    dump.write_text(f"SET standard_conforming_strings = on;\nINSERT INTO a (id, word) VALUES (1, {value});", "utf-8")
    (table,) = tables(dump, tmp_path)
    with table.open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file)) == [["id", "word"], ["1", read]]


@pytest.mark.parametrize(
    "start",
    ["INSERT INTO a (id, word) VALUES (1, 'x'), (2, 'y", "COPY a (id, word) FROM stdin;\n1\tx\n2\ty"],
    ids=["INSERT", "COPY"],
)
def test_a_row_that_breaks_off_is_too_short(tmp_path: Path, start: str) -> None:
    dump = tmp_path / "dump.sql"
    dump.write_text(start)
    assert [table.read_text() for table in tables(dump, tmp_path)] == ["id,word\n1,x\n2\n"]


def test_copy_with_options_is_refused(tmp_path: Path) -> None:
    dump = tmp_path / "dump.sql"
    dump.write_text("COPY a (id) FROM stdin WITH (FORMAT csv);\n1\n\\.\n")
    with pytest.raises(FileRefused, match="expected COPY … FROM stdin as pg_dump writes it"):
        tables(dump, tmp_path)


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
