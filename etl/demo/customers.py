"""The demo company's customers: who they are and by which identifiers each channel knows them."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from etl.demo.season import Flags, Floats, Ints
from etl.demo.topics import PRODUCT_SHARES, PRODUCTS

RECORDS_PER_CUSTOMER = 8
FEWEST_CUSTOMERS = 200
REGIONS = ("North", "South", "East", "West", "Berlin")
SEGMENTS = ("consumer", "business")
CONSUMER, BUSINESS = 0, 1
LANGUAGES = ("de", "en", "tr", "pl")
FIRST_NAMES = ("anna", "ben", "clara", "david", "elif", "felix", "greta", "hasan", "ida", "jonas", "kasia", "lena")
LAST_NAMES = ("adler", "bauer", "celik", "dietz", "ernst", "fuchs", "graf", "huber", "jung", "keller", "lang", "nowak")


@dataclass(frozen=True)
class Customers:
    """One entry per customer; the arrays of strings are pyarrow's, `product` and `segment` index their names.

    `is_linked` says whether customers.csv knows the social handle, `habit` sums to 1 and says how often
    the customer contacts the company.
    """

    customer_id: Any
    phone: Any
    email: Any
    handle: Any
    product: Ints
    region: Ints
    segment: Ints
    language: Ints
    is_linked: Flags
    habit: Floats

    def __len__(self) -> int:
        """How many customers there are."""
        return int(self.product.size)


def make_customers(rng: np.random.Generator, records: int) -> Customers:
    """About 25,000 customers for 200,000 records."""
    count = max(FEWEST_CUSTOMERS, records // RECORDS_PER_CUSTOMER)
    habit = rng.gamma(1.5, 1.0, count) + 0.05
    segment = rng.choice(2, count, p=(0.62, 0.38))
    numbers = rng.choice(9_000_000, count, replace=False) + 1_000_000
    handles = rng.choice(800_000, count, replace=False) + 100_000
    return Customers(
        customer_id=pa.array([f"C{index:06d}" for index in range(1, count + 1)]),
        phone=pa.array([f"+491511{number}" for number in numbers.tolist()]),
        email=pa.array(_emails(rng, segment)),
        handle=pa.array([str(handle) for handle in handles.tolist()]),
        product=rng.choice(len(PRODUCTS), count, p=PRODUCT_SHARES),
        region=rng.choice(len(REGIONS), count, p=(0.2, 0.25, 0.17, 0.26, 0.12)),
        segment=segment,
        language=rng.choice(len(LANGUAGES), count, p=(0.72, 0.14, 0.09, 0.05)),
        is_linked=rng.random(count) < 0.55,
        habit=habit / habit.sum(),
    )


def _emails(rng: np.random.Generator, segment: Ints) -> list[str]:
    first = rng.integers(0, len(FIRST_NAMES), segment.size).tolist()
    last = rng.integers(0, len(LAST_NAMES), segment.size).tolist()
    domains = ("example.org", "example.com")
    return [
        f"{FIRST_NAMES[f]}.{LAST_NAMES[s]}{index}@{domains[kind]}"
        for index, (f, s, kind) in enumerate(zip(first, last, segment.tolist(), strict=True), start=1)
    ]
