-- One row a failure whose customer came back for the same reason, or showed that he is content, within 30 days.
-- replaces: business_day of scope_failed_days
WITH failure AS (
    SELECT
        contact_key, business_day, person, customer_id, COALESCE(NULLIF(reason, 'unassigned'), '') AS problem,
        EXTRACT(EPOCH FROM started_at) AS second
    FROM scoped_failures
), sign AS (
    SELECT COALESCE(customer_id, 'contact ' || CAST(contact_key AS VARCHAR)) AS person, responded_at AS shown_at
    FROM scoped_signs
    WHERE (kind = 'nps' AND score >= 9) OR (kind = 'csat5' AND score >= 4) OR (kind = 'csat7' AND score >= 6)
        OR (kind = 'csat10' AND score >= 9) OR (kind = 'thumbs' AND score = 1)
    UNION ALL
    SELECT COALESCE(core_identities.customer_id, mention.author_identifier), mention.posted_at
    FROM scoped_praises AS mention
    JOIN core_sentiments AS sentiment ON sentiment.record_key = mention.record_key AND sentiment.label > 0
    LEFT JOIN core_identities ON core_identities.identifier = mention.author_identifier
    WHERE NOT mention.is_own AND NOT mention.is_repost AND mention.author_identifier IS NOT NULL
), content AS (
    SELECT failure.contact_key, MIN(sign.shown_at) AS content_at
    FROM failure
    JOIN sign ON sign.person = failure.person
        AND EXTRACT(EPOCH FROM sign.shown_at) - failure.second BETWEEN 0 AND 2592000
    GROUP BY failure.contact_key
), attempt AS (
    SELECT
        contact.contact_key, contact.customer_id, COALESCE(NULLIF(contact.reason, 'unassigned'), '') AS problem,
        contact.started_at, EXTRACT(EPOCH FROM contact.started_at) AS second
    FROM scoped_returns AS contact
    CROSS JOIN core_limits
    WHERE contact.direction = 'inbound' AND contact.customer_id IS NOT NULL
        AND NOT (contact.is_abandoned AND COALESCE(contact.abandon_seconds <= core_limits.short_abandon_seconds, FALSE))
), back AS (
    SELECT failure.contact_key, MIN(attempt.started_at) AS returned_at
    FROM failure
    JOIN attempt ON attempt.customer_id = failure.customer_id AND attempt.problem = failure.problem
        AND attempt.second - failure.second BETWEEN 0 AND 2592000
        AND (attempt.second > failure.second OR attempt.contact_key > failure.contact_key)
    GROUP BY failure.contact_key
)
SELECT failure.contact_key, failure.business_day, content.content_at, back.returned_at
FROM failure
LEFT JOIN content ON content.contact_key = failure.contact_key
LEFT JOIN back ON back.contact_key = failure.contact_key
WHERE content.content_at IS NOT NULL OR back.returned_at IS NOT NULL
