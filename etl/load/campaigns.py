"""Campaigns: mentions in the same words from 5 people or more within 24 hours; they are counted, and flagged."""

from etl.engines import Connection

FEWEST_PEOPLE = 5
WITHIN = "INTERVAL 24 HOURS"
REMOVED = r"https?://\S+|www\.\S+|@[\p{L}\p{N}_@.-]*[\p{L}\p{N}_]|\[[A-Z]+\]|\p{Nd}+"
"""Links, mentions and digits; and the marks that stand for masked personal data, much of which was digits."""
PLAIN = f"trim(regexp_replace(lower(regexp_replace(text, '{REMOVED}', ' ', 'g')), '\\s+', ' ', 'g'))"
UNREAD = f"""
    INSERT INTO core_wordings
    SELECT record_key, source, business_day,
        CASE WHEN regexp_matches(plain, '\\p{{L}}') THEN CAST(hash(plain) >> 1 AS BIGINT) END AS wording
    FROM (
        SELECT mention.record_key, mention.source, mention.business_day, {PLAIN} AS plain
        FROM core_mentions AS mention ANTI JOIN core_wordings AS held USING (record_key)
        JOIN core_verbatims AS verbatim ON verbatim.record_key = mention.record_key
            AND verbatim.business_day = mention.business_day AND verbatim.field = 'message'
        WHERE NOT mention.is_own AND NOT mention.is_repost
    )
"""
FOUND = f"""
    CREATE OR REPLACE TEMP TABLE found_campaigns AS
    WITH frequent AS (
        SELECT wording FROM core_wordings WHERE wording IS NOT NULL
        GROUP BY wording HAVING count(*) >= {FEWEST_PEOPLE}
    ), worded AS (
        SELECT held.*, mention.posted_at,
            coalesce(named.customer_id, mention.author_identifier, 'mention ' || mention.record_key) AS person
        FROM core_wordings AS held JOIN frequent USING (wording)
        JOIN core_mentions AS mention
            ON mention.record_key = held.record_key AND mention.business_day = held.business_day
        LEFT JOIN core_identities AS named ON named.identifier = mention.author_identifier
    ), counted AS (
        SELECT *, count(DISTINCT person) OVER (
            PARTITION BY wording ORDER BY posted_at RANGE BETWEEN CURRENT ROW AND {WITHIN} FOLLOWING
        ) AS people
        FROM worded
    )
    SELECT record_key, source, business_day, wording, max(people) OVER (
        PARTITION BY wording ORDER BY posted_at RANGE BETWEEN {WITHIN} PRECEDING AND CURRENT ROW
    ) AS person_count
    FROM counted QUALIFY person_count >= {FEWEST_PEOPLE}
"""
ALTERED = """
    INSERT INTO scope_days
    SELECT business_day FROM (FROM found_campaigns EXCEPT FROM core_campaigns)
    UNION SELECT business_day FROM (FROM core_campaigns EXCEPT FROM found_campaigns)
"""


def find_campaigns(connection: Connection) -> None:
    """Read the words of new mentions, and find all campaigns anew; the days on which they differ come into scope.

    A mention is part of one if any 24 hours that hold it hold the same words from enough people. Who they are is known
    once customers are joined: several handles of one customer are one person.
    """
    connection.execute(UNREAD)
    connection.execute(FOUND)
    connection.execute(ALTERED)
    connection.execute("DELETE FROM core_campaigns; INSERT INTO core_campaigns FROM found_campaigns ORDER BY ALL")
    connection.execute("DROP TABLE found_campaigns")
