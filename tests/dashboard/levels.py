"""How high the canned company's metrics stand: unit, level, and the share of contacts that each is told of."""

from collections.abc import Mapping

from etl.vocabulary import Unit

LEVELS: Mapping[str, tuple[Unit, float, float]] = {
    "contacts": (Unit.COUNT, 1.0, 1.0),
    "failed_contacts": (Unit.COUNT, 1.0, 1.0),
    "affected_customers": (Unit.COUNT, 1.0, 0.1),
    "customers": (Unit.COUNT, 1.0, 0.7),
    "failure_rate": (Unit.SHARE, 0.2, 1.0),
    "nps": (Unit.SCORE, 31.0, 0.3),
    "nps_all": (Unit.SCORE, 31.0, 0.3),
    "csat": (Unit.SHARE, 0.816, 0.28),
    "service_level": (Unit.SHARE, 0.792, 0.55),
    "abandonment": (Unit.SHARE, 0.061, 0.58),
    "asa": (Unit.SECONDS, 41.0, 0.5),
    "aht": (Unit.SECONDS, 362.0, 0.5),
    "aht_p50": (Unit.SECONDS, 300.0, 0.5),
    "aht_p90": (Unit.SECONDS, 720.0, 0.5),
    "first_response_p50": (Unit.SECONDS, 4_900.0, 0.2),
    "first_response_p90": (Unit.SECONDS, 90_000.0, 0.2),
    "answered_within_target": (Unit.SHARE, 0.48, 0.2),
    "repeat_rate": (Unit.SHARE, 0.142, 0.8),
    "promise_kept": (Unit.SHARE, 0.684, 0.5),
    "recovery_rate": (Unit.SHARE, 0.183, 0.3),
    "fcr7": (Unit.SHARE, 0.713, 0.6),
    "channel_switch": (Unit.SHARE, 0.031, 0.6),
    "private_to_public": (Unit.SHARE, 0.012, 0.5),
    "complaint_rate": (Unit.PER_THOUSAND, 12.3, 1.0),
    "complaint_rate_customers": (Unit.PER_THOUSAND, 17.6, 0.7),
    "review_score": (Unit.STARS, 4.2, 0.02),
    "reviews_answered": (Unit.SHARE, 0.44, 0.02),
    "net_sentiment": (Unit.SCORE, -12.0, 0.1),
    "reviews": (Unit.COUNT, 1.0, 0.02),
    "mentions": (Unit.COUNT, 1.0, 0.1),
    "voices": (Unit.COUNT, 1.0, 0.08),
    "told_causes": (Unit.SHARE, 0.9, 0.1),
    "told_contact_causes": (Unit.SHARE, 0.1, 0.9),
    "response_rate": (Unit.SHARE, 0.12, 1.0),
    "review_answer_time_p50": (Unit.SECONDS, 60_000.0, 0.02),
    "csat_by_contact": (Unit.SHARE, 0.82, 0.28),
    "ces": (Unit.SHARE, 0.71, 0.28),
    "ces5": (Unit.SHARE, 0.58, 0.28),
    "enps": (Unit.SCORE, 4.0, 0.01),
    "resolution_time_p50": (Unit.SECONDS, 80_000.0, 0.2),
    "volume_service_level": (Unit.SHARE, 0.8, 1.0),
    "volume_abandonment": (Unit.SHARE, 0.06, 1.0),
    "volume_asa": (Unit.SECONDS, 40.0, 1.0),
    "volume_answered": (Unit.COUNT, 1.0, 0.9),
    "volume_offered": (Unit.COUNT, 1.0, 1.0),
}
MATURITY: Mapping[str, int] = {
    "repeat_rate": 7, "fcr7": 7, "promise_kept": 7, "channel_switch": 7, "private_to_public": 3, "recovery_rate": 30,
    "response_rate": 14,
}  # fmt: skip
TARGETS: Mapping[str, float] = {"nps": 35.0, "service_level": 0.8, "csat": 0.8, "abandonment": 0.07}
