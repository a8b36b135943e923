"""Text in any encoding as UTF-8: stated by a mark, a mapping or XML, else found, and said so where it is a guess."""

import codecs
import re
from pathlib import Path

import chardet

from etl.errors import FileRefused, UserError

DECLARED = re.compile(rb"""\s*<\?xml\s[^>]*?\bencoding\s*=\s*["']([\w.:-]+)["']""")
CHUNK_BYTES = 1 << 22
SAMPLE_BYTES = 1 << 18
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Two of these share most letters: where the detector is torn, the one that Windows programs write.
USUAL = {
    "iso-8859-1": "cp1252",
    "ascii": "cp1252",
    "latin-1": "cp1252",
    "iso-8859-15": "cp1252",
    "windows-1252": "cp1252",
}
ZERO_SHARE = 0.3
# In an alphabet letters beyond ASCII mostly stand alone; where two bytes make a sign, they stand together.
LONE_HIGH, HIGH = re.compile(rb"(?<![\x80-\xff])[\x80-\xff](?![\x80-\xff])"), re.compile(rb"[\x80-\xff]")
LONE_SHARE = 0.7
STEERING, STEERING_SHARE = re.compile(rb"[\x01-\x08\x0b\x0e-\x1a\x1c-\x1e\x7f]"), 0.02
# What German, French, Spanish, Portuguese and Nordic texts hold; a short one is easily taken for Central European.
WESTERN = {chr(code) for code in range(128)} | set(
    "äöüÄÖÜßéèêëàâùûçîïôœÉÈÊÀÂÇÎÔñÑóíáúÓÍÁÚãõÃÕåøæÅØÆ€’‘“”„«»–—…°·¿¡§£ªº\xa0"
)
MULTIBYTE = ("big5", "gb", "shift", "euc", "cp932", "cp949", "johab", "iso-2022", "iso2022", "hz", "utf")


def settled_encoding(path: Path, declared: str = "") -> tuple[str, str]:
    """The encoding of a text file, and a note where it was not stated anywhere.

    A file that is mostly UTF-8 is UTF-8: its broken records are set aside one by one.
    Raises UserError for a declared encoding that does not exist.
    """
    with path.open("rb") as file:
        start = file.read(SAMPLE_BYTES)
    if declared:
        try:
            return codecs.lookup(declared).name, ""
        except LookupError as error:
            raise UserError(
                f"unknown encoding {declared!r}; expected one such as utf-8, cp1252 or shift_jis."
            ) from error
    for mark, name in MARKS:
        if start.startswith(mark):
            return name, ""
    stated = _stated_in_xml(start)
    if stated:
        return stated, ""
    _refuse_binary(start)
    pairs = start[: len(start) // 2 * 2]
    if pairs and pairs[1::2].count(0) > ZERO_SHARE * len(pairs) / 2 and not pairs[::2].count(0):
        return "utf-16-le", "no byte order mark; read as UTF-16 LE"
    if pairs and pairs[::2].count(0) > ZERO_SHARE * len(pairs) / 2 and not pairs[1::2].count(0):
        return "utf-16-be", "no byte order mark; read as UTF-16 BE"
    suspect = _first_invalid(path)
    if suspect is None or _is_mostly_utf8(suspect):
        return "utf-8", ""
    name = _detected(suspect)
    return name, f"encoding not stated; read as {name}"


def _stated_in_xml(start: bytes) -> str | None:
    """The encoding that XML declares, if there is such a one and it writes the declaration as it stands."""
    found = DECLARED.match(start)
    try:
        name = codecs.lookup(found[1].decode("ascii")).name if found else None
        return name if found and name and found[0].decode(name).isascii() else None
    except (LookupError, UnicodeError):
        return None


def _refuse_binary(start: bytes) -> None:
    """Bytes that steer instead of being read, and that no encoding of texts holds, are no text."""
    steering = len(STEERING.findall(start))
    if steering > STEERING_SHARE * len(start):
        raise FileRefused("binary content; expected CSV, JSON, NDJSON, XLSX, XLS or Parquet.")


def _first_invalid(path: Path) -> bytes | None:
    """The first chunk of a file that is no UTF-8, None if all of it is."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            if chunk.isascii() and decoder.getstate()[0] == b"":
                continue
            try:
                decoder.decode(chunk, final=len(chunk) < CHUNK_BYTES)
            except UnicodeDecodeError:
                return chunk
    return None


def _is_mostly_utf8(chunk: bytes) -> bool:
    """Whether more letters beyond ASCII are whole UTF-8 than broken: then it is UTF-8 with damage."""
    text = chunk.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    whole = len(text) - sum(map(str.isascii, text)) - broken
    return whole > broken


def _detected(chunk: bytes) -> str:
    lines = b"\n".join([line for line in chunk.splitlines() if not line.isascii()][:2_000])[:SAMPLE_BYTES]
    found = [str(guess["encoding"]).lower() for guess in chardet.detect_all(lines, ignore_threshold=True)]
    if len(LONE_HIGH.findall(lines)) > LONE_SHARE * len(HIGH.findall(lines)):
        found = [guess for guess in found if not guess.startswith(MULTIBYTE)]
    best = found[0] if found and found[0] != "none" else "cp1252"
    if set(lines.decode("cp1252", errors="replace")) <= WESTERN:
        best = "cp1252"
    name = codecs.lookup(USUAL.get(best, best)).name
    try:
        lines.decode(name)
    except UnicodeDecodeError:
        raise FileRefused(
            f'the bytes are neither UTF-8 nor whole {name}. Name the encoding in a mapping file: encoding = "…".'
        ) from None
    return name


def as_utf8(path: Path, target: Path, encoding: str) -> Path:
    """The file itself if it is UTF-8 without a mark, else a copy that is; bytes without meaning read U+FFFD."""
    if encoding == "utf-8":
        return path
    if encoding == "utf-8-sig":
        with path.open("rb") as source, target.open("wb") as copy:
            source.seek(len(codecs.BOM_UTF8))
            while raw := source.read(CHUNK_BYTES):
                copy.write(raw)
        return target
    with path.open(encoding=encoding, errors="replace", newline="") as source_text, target.open("wb") as copy:
        try:
            while text := source_text.read(CHUNK_BYTES):
                copy.write(text.encode("utf-8", errors="replace"))
        except (UnicodeError, ValueError) as error:
            raise FileRefused(f"not readable as {encoding} ({error}). Export it again as UTF-8.") from error
    return target
