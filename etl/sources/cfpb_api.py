"""The CFPB's Consumer Complaint Database through its search API: hits with the complaint in `_source`, or it alone."""

from collections.abc import Iterable, Mapping

from etl.sources.base import Document, Field, Source, Target
from etl.sources.documents.parts import first, part, text

NOTHING = ("None", "N/A")


def flatten(document: Document) -> Iterable[Document]:
    """The complaint."""
    inner = part(document, "_source")
    complaint = inner if isinstance(inner, Mapping) else document
    tags = part(complaint, "tags")
    tag = text({"tags": ", ".join(map(str, tags)) if isinstance(tags, list) else tags}, "tags")
    return [
        {
            "complaint": first(text(complaint, "complaint_id"), text(document, "_id")),
            "received_at": text(complaint, "date_received"),
            "indexed_at": text(complaint, "date_indexed"),
            "via": text(complaint, "submitted_via"),
            "product": text(complaint, "product"),
            "issue": text(complaint, "issue"),
            "sub_issue": text(complaint, "sub_issue"),
            "company": text(complaint, "company"),
            "state": text(complaint, "state"),
            "tag": None if tag in NOTHING else tag,
            "response": first(text(complaint, "company_response"), text(complaint, "company_response_to_consumer")),
            "disputed": text(complaint, "consumer_disputed"),
            "narrative": first(
                text(complaint, "complaint_what_happened"), text(complaint, "consumer_complaint_narrative")
            ),
        }
    ]


CHANNEL = "CASE WHEN lower(\"via\") LIKE '%phone%' THEN 'phone' ELSE 'email' END"
RESOLVED = (
    "CASE WHEN lower(\"disputed\") = 'yes' OR lower(\"response\") = 'untimely response' THEN FALSE "
    "WHEN lower(\"response\") LIKE 'closed%' THEN TRUE END"
)

SOURCE = Source(
    name="cfpb_api",
    title="CFPB consumer complaints (API)",
    form="json",
    required=("_source.complaint_id", "_source.date_received", "_source.product"),
    signatures=(("complaint_id", "date_received", "product", "issue"),),
    ignored=(
        "_id",
        "_index",
        "_score",
        "_type",
        "company_public_response",
        "company_response_to_consumer",
        "consumer_complaint_narrative",
        "consumer_consent_provided",
        "date_sent_to_company",
        "has_narrative",
        "highlight",
        "sort",
        "sub_product",
        "timely",
        "timely_response",
        "zip_code",
    ),
    key=("complaint",),
    event=Field("when", ("received_at",)),
    flatten=flatten,
    targets=(
        Target(
            "interactions",
            {
                "channel": Field("sql", ("via",), expression=CHANNEL),
                "direction": Field("constant", value="inbound"),
                "disposition": Field("constant", value="message"),
                "is_complaint": Field("constant", value=True),
                "product": Field("text", ("product",)),
                "region": Field("text", ("state",)),
                "segment": Field("text", ("tag",)),
                "team": Field("text", ("company",)),
                "topic": Field("text", ("issue",)),
                "category": Field("text", ("sub_issue",)),
                "is_resolved": Field("sql", ("disputed", "response"), expression=RESOLVED),
                "verbatim": Field("verbatim", ("narrative",)),
            },
        ),
    ),
)
