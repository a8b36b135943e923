"""Posts as the Customer Support on Twitter table: one post a row, threads by reply ids."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.demo.customers import Customers
from etl.demo.phrases import HANDLE
from etl.demo.posts import Posts
from etl.demo.season import Ints, in_local
from etl.demo.writers.files import Span, file_of, write_files
from etl.demo.writers.lines import joined_cells
from etl.demo.writers.sentences import post_texts

HEADER = "tweet_id,author_id,inbound,created_at,text,response_tweet_id,in_response_to_tweet_id\n"
FIRST_ID = 1_000_001


def write_posts(
    rng: np.random.Generator, folder: Path, files: tuple[Span, ...], posts: Posts, customers: Customers, zone: str
) -> list[Path]:
    """Write the posts, which stand in order of time; ids count up with time, over all files."""
    ids = np.arange(len(posts)) + FIRST_ID
    is_inbound = pa.array(posts.is_inbound)
    has_parent = posts.parent >= 0
    cells = [
        pa.array(ids),
        pc.if_else(is_inbound, customers.handle.take(pa.array(posts.customer)), HANDLE),
        pc.if_else(is_inbound, "TRUE", "FALSE"),
        pc.strftime(pa.array(posts.at.astype("datetime64[s]")), format="%a %b %d %H:%M:%S +0000 %Y", locale="C"),
        pa.array(post_texts(rng, posts, customers)),
        pa.array(_replies(posts, ids)),
        pa.array(ids[posts.parent], mask=~has_parent),
    ]
    positions = file_of(in_local(posts.at, zone), files)
    return list(write_files(folder, "posts", "csv", files, positions, HEADER, joined_cells(cells)))


def _replies(posts: Posts, ids: Ints) -> list[str | None]:
    """The ids of the direct replies to each post, separated by commas."""
    found: list[list[str]] = [[] for _ in range(len(posts))]
    for child, parent in zip(ids.tolist(), posts.parent.tolist(), strict=True):
        if parent >= 0:
            found[parent].append(str(child))
    return [",".join(replies) or None for replies in found]
