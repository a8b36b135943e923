"""Names and values are other people's: whatever they hold, the mapping says just that and nothing more."""

import tomllib
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from etl.proposal.writing import bare_key, printable, toml
from tests.etl.proposal.proposing import landed, proposed, source_of

HOSTILE = [
    'say "hi"',
    "it's; DROP TABLE looked",
    "new\nline # [volumes]",
    "emoji 😀 \u202ertl",
    "back\\slash",
    "tab\there\x07",
]


@given(
    st.dictionaries(st.text(), st.one_of(st.text(), st.booleans(), st.integers(-(2**60), 2**60), st.lists(st.text())))
)
def test_what_is_written_is_what_is_read(value: dict[str, object]) -> None:
    assert tomllib.loads(f"{bare_key('key')} = {toml(value)}  # {printable(str(value))}") == {"key": value}


def test_a_header_full_of_traps(tmp_path: Path) -> None:
    names = ["call id", "start", *HOSTILE, "outcome", "place", "text", "value"]
    cells = ['"' + name.replace('"', '""') + '"' for name in names]
    line = ["2024-01-02 10:00", *["x"] * len(HOSTILE)]
    words = ['"a ""quoted"" miss"', "answered", "answered"]
    rows = [",".join([f"c{n}", *line, word, "p", "t", "v"]) for n, word in enumerate(words)]
    proposal = proposed(tmp_path, "traps.csv", "\n".join([",".join(cells), *rows]) + "\n")
    assert set(HOSTILE) <= set(source_of(proposal).required)
    assert "\u202e" not in proposal.text
    assert "\x07" not in proposal.text
    assert landed(tmp_path, "traps.csv", proposal.text).quarantined == 1


def test_a_file_name_full_of_traps(tmp_path: Path) -> None:
    proposal = proposed(tmp_path, 'x"\n[volumes]\n#2024 Ärger.csv', "call id,start,talk sec\n1,2024-01-02 10:00,5\n")
    assert source_of(proposal).name == "x_volumes_arger"
    assert source_of(proposal).title == 'x"\n[volumes]\n#2024 Ärger'
    assert [target.name for target in source_of(proposal).targets] == ["interactions"]


def test_no_customers_words_or_addresses_stand_in_a_proposal(tmp_path: Path) -> None:
    lines = [
        f"{n},2024-01-1{n},ann{n}@example.org,+4915112345{n},My name is Ann and I waited {n} hours,{n}\n"
        for n in range(1, 6)
    ]
    text = "id,date,e-mail,phone,comment,score\n" + "".join(lines)
    proposal = proposed(tmp_path, "s.csv", text)
    assert "ann1" not in proposal.text
    assert "+49151" not in proposal.text
    assert "waited" not in proposal.text
