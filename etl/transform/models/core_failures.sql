-- One row an inbound contact that failed its customer, with each way in which it did.
-- replaces: contact_key of scope_outcomes
WITH low AS (
    SELECT contact_key
    FROM held_scores
    WHERE contact_key IS NOT NULL
        AND ((kind = 'nps' AND score <= 6) OR (kind = 'csat5' AND score <= 2))
    UNION
    SELECT contact_key
    FROM core_responses
    WHERE contact_key IS NOT NULL AND is_counted
        AND ((kind = 'nps' AND score <= 6) OR (kind = 'csat5' AND score <= 2))
), judged AS (
    SELECT
        contact.*,
        COALESCE(contact.customer_id, 'contact ' || CAST(contact.contact_key AS VARCHAR)) AS person,
        contact.is_abandoned
            AND NOT COALESCE(contact.abandon_seconds <= core_limits.short_abandon_seconds, FALSE) AS has_abandoned,
        COALESCE(NOT contact.is_resolved, FALSE) AS is_unresolved,
        low.contact_key IS NOT NULL AS is_low_score,
        repeated.contact_key IS NOT NULL AS is_repeated
    FROM scoped_outcomes AS contact
    CROSS JOIN core_limits
    LEFT JOIN low ON low.contact_key = contact.contact_key
    LEFT JOIN (SELECT contact_key FROM held_chain_contacts WHERE position < chain_length) AS repeated
        ON repeated.contact_key = contact.contact_key
    WHERE contact.direction = 'inbound'
)
SELECT
    contact_key, source, business_day, started_at, customer_id, person, has_abandoned AS is_abandoned,
    is_unresolved, is_low_score, is_complaint, is_repeated, is_cause_told, channel, direction, team, queue, reason,
    cause, touchpoint, product, region, segment, language
FROM judged
WHERE has_abandoned OR is_unresolved OR is_low_score OR is_complaint OR is_repeated
