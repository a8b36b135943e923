"""Airline reviews of Skytrax as scrapers list them in tables: the words, and marks that are no stars."""

from dataclasses import replace

from etl.sources.base import Field, Head, Questions, Source, Target

DAYS = tuple(f"%d{ordinal} %B %Y" for ordinal in ("st", "nd", "rd", "th"))
# Skytrax rates from 1 to 10 overall and from 1 to 5 by aspect. Neither is a star rating of the review, and neither
# answers a survey question, so no rating and no response is landed: the mention has its words, its cabin, its country.
MARKS = (
    "OverallRating", "SeatComfort", "CabinStaffService", "GroundService", "Food&Beverages", "Wifi&Connectivity",
    "InflightEntertainment", "ValueForMoney", "Recommended", "seat_comfort", "cabin_staff_service",
    "food_and_beverages", "ground_service", "value_for_money", "recommended", "overall_rating", "overall",
    "cabin_service", "food_bev",
    "entertainment", "cabin_staff_rating", "food_beverages_rating", "inflight_entertainment_rating",
    "seat_comfort_rating", "value_money_rating", "ground_service_rating", "wifi_connectivity_rating",
)  # fmt: skip


def complete(source: Source, head: Head, questions: Questions) -> Source:
    """The source known by the review's id, where there is none by who wrote it on which day; its dates as written."""
    del questions
    place = next(place for place, column in enumerate(head.columns) if column in ("Date", *source.aliases["Date"]))
    days = [record[place] or "" for record in head.samples if len(record) > place]
    is_written = any(day[:2].strip("0123456789") or day[2:4] in ("st", "nd", "rd", "th") for day in days)
    event = Field("when", ("Date",), formats=DAYS) if is_written else Field("when", ("Date",))
    has_id = any(column in head.columns for column in ("rev_id", *source.aliases["rev_id"]))
    if has_id:
        return replace(source, event=event)
    return replace(source, event=event, key=("Name", "Date", "review"), is_known_by_nature=True)


SOURCE = Source(
    name="airline_reviews",
    title="Airline reviews (Skytrax)",
    form="table",
    required=("Name", "Date", "long_review", "cabin_flown", "route", "date_flown"),
    signatures=(("Name", "Date", "long_review", "type_of_traveller", "cabin_flown"),),
    aliases={
        "rev_id": ("review_id",),
        "review": ("ReviewHeader", "title", "header"),
        "long_review": ("ReviewBody", "content", "customer_review", "review_text"),
        "Name": ("author", "reviewer"),
        "Date": ("Datetime", "date", "review_date"),
        "Country": ("author_country", "country"),
        "cabin_flown": ("SeatType", "cabin", "seat_type"),
        "route": ("Route",),
        "date_flown": ("DateFlown",),
        "type_of_traveller": ("TypeOfTraveller", "traveller_type", "type_traveller"),
        "airline": ("Airline", "airline_name", "Airline Name"),
    },
    optional=("Country", "airline"),
    ignored=("review", "column 1", "Unnamed: 0", "aircraft", "Aircraft", "VerifiedReview", "verified", "link", *MARKS),
    key=("rev_id",),
    event=Field("when", ("Date",), formats=DAYS),
    targets=(
        Target(
            "mentions",
            {
                "platform": Field("constant", value="skytrax"),
                "product": Field("text", ("airline",)),
                "region": Field("text", ("Country",)),
                "segment": Field("text", ("cabin_flown",)),
                "verbatim": Field("verbatim", ("long_review",)),
            },
        ),
    ),
    specialise=complete,
)
