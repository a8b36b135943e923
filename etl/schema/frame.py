"""The tables that say how a generation is to be read: code map, sources, gaps, duration bins, limits, notes."""

from collections.abc import Mapping

from etl.schema.columns import DECIMAL_SECONDS, MAPPED, SOURCE, Column, day, flag, instant, seconds, text

FRAME: Mapping[str, tuple[Column, ...]] = {
    "core_map": (
        text("source", "source whose codes are mapped", nullable=False),
        text("field", "queue, topic, category, wrap_up_code or label", nullable=False),
        text("value", "the recorded code", nullable=False),
        *MAPPED,
    ),
    "core_sources": (
        SOURCE,
        Column("record_count", "BIGINT", "records held", "records", nullable=False),
        day("first_day", "first day with records"),
        instant("newest_event_at", "newest event"),
        day("watermark_day", "last complete day; null before the first one"),
        instant("watermark_at", "end of that day"),
        Column("lateness_days", "BIGINT", "days that records trail their delivery", "days", nullable=False),
        text("title", "what it is, in words", nullable=False),
        text("handle_parts", "durations that it records", nullable=False),
        flag("is_active", "whether it still holds back the common watermark", nullable=False),
        text("zone", "zone its naive times were read in", nullable=False),
        flag("is_zone_assumed", "whether that zone is only the reporting zone", nullable=False),
    ),
    "core_gaps": (
        SOURCE,
        day("business_day", "day without records that usually has some", nullable=False),
    ),
    "core_feeds": (
        text("metric", "what is counted", nullable=False),
        text("source", "a source with rows that the metric counts", nullable=False),
    ),
    "core_bins": (
        Column("bin", "INTEGER", "number of the duration bin; -1 is below one second", nullable=False),
        Column("low_seconds", DECIMAL_SECONDS, "lower edge, inclusive", "seconds", nullable=False),
        Column("high_seconds", DECIMAL_SECONDS, "upper edge, exclusive", "seconds", nullable=False),
    ),
    "core_limits": (seconds("short_abandon_seconds", "giving up sooner than this is no attempt that failed"),),
    "core_definitions": (
        text("metric", "a metric", nullable=False),
        Column("version", "BIGINT", "which of its definitions", "number", nullable=False),
        text("fingerprint", "what it counts by that definition", nullable=False),
        Column("generation", "BIGINT", "the first generation counted by it", "number", nullable=False),
        instant("published_at", "when that generation was made", nullable=False),
    ),
    "core_promises": (
        text("touchpoint", "where it is promised", nullable=False),
        text("promise", "what is promised", nullable=False),
        Column("most", DECIMAL_SECONDS, "the most that keeps it", nullable=False),
    ),
    "core_causes": (
        text("cause", "a cause that the map names", nullable=False),
        flag("is_breakdown", "whether a contact with this cause should not have been needed", nullable=False),
    ),
    "core_reported": (
        text("metric", "what was reported", nullable=False),
        text("grain", "day, week, month, quarter or year", nullable=False),
        day("start_day", "first day of the period", nullable=False),
        day("end_day", "last day of the period", nullable=False),
        Column("value", "DOUBLE", "the number in the metric's unit; null where there was nothing to divide by"),
        Column("n", "BIGINT", "its base", nullable=False),
        Column("generation", "INTEGER", "the first generation that reported it so", nullable=False),
        instant("published_at", "when that generation was made", nullable=False),
        Column("newest_load", "INTEGER", "the newest load in it", nullable=False),
        text("version", "version of the metric's definition", nullable=False),
        text("settings", "the metric's parameters", nullable=False),
    ),
    "core_facts": (
        text("name", "what is noted about this generation", nullable=False),
        text("value", "its value", nullable=False),
    ),
}
