-- 1,000 times the chains with a complaint that began in the period / the customers in contact in it.
WITH leg AS (
    SELECT legs.*, direction <> 'inbound' AS is_ours,
        direction = 'inbound' AND is_queued AND disposition = 'abandoned' AS gave_up,
        wait_seconds <= LEAST($short_abandon_seconds, $threshold_seconds) AS was_short
    FROM core_interactions AS legs
), contact AS (
    -- Who wrote first describes the contact; what he left open, any of its legs may say.
    SELECT
        contact_key,
        MIN(started_at) FILTER (WHERE NOT is_ours) AS began,
        FIRST(business_day ORDER BY is_ours, started_at, record_key) AS day,
        FIRST(source ORDER BY is_ours, started_at, record_key) AS source,
        FIRST(channel ORDER BY is_ours, started_at, record_key) AS channel,
        COALESCE(FIRST(touchpoint ORDER BY is_ours, started_at, record_key), MAX(touchpoint),
            (SELECT touchpoint FROM core_told_contacts AS told WHERE told.contact_key = leg.contact_key)) AS touchpoint,
        COALESCE(FIRST(region ORDER BY is_ours, started_at, record_key), MAX(region)) AS region,
        COALESCE(FIRST(reason ORDER BY is_ours, started_at, record_key), MAX(reason)) AS reason,
        COALESCE(
            FIRST(customer_identifier ORDER BY is_ours, started_at, record_key),
            MIN(customer_identifier) FILTER (WHERE NOT is_ours)
        ) AS identifier,
        BOOL_OR(COALESCE(is_complaint, FALSE)) AS is_complaint,
        BOOL_OR(disposition = ANY (['answered', 'callback'])) OR (
            FIRST(channel ORDER BY is_ours, started_at, record_key) = ANY (['chat', 'email', 'social']) AND (
                BOOL_OR(answered_at IS NOT NULL AND NOT is_ours)
                OR MAX(started_at) FILTER (WHERE direction = 'outbound' AND NOT is_automatic)
                    >= MIN(started_at) FILTER (WHERE NOT is_ours)
            )
        ) IS TRUE AS is_answered,
        BOOL_OR(gave_up) AS gave_up,
        BOOL_AND(was_short IS TRUE) FILTER (WHERE gave_up) IS TRUE AS was_short
    FROM leg
    GROUP BY contact_key
    HAVING BOOL_OR(NOT is_ours)
), attempt AS (
    SELECT
        contact.*, COALESCE(named.customer_id, contact.identifier, 'contact ' || contact.contact_key) AS customer,
        COALESCE(NULLIF(contact.reason, 'unassigned'), '?') AS problem
    FROM contact
    LEFT JOIN core_identities AS named ON named.identifier = contact.identifier
    WHERE NOT (gave_up AND NOT is_answered AND was_short)
), opener AS (
    -- Nothing of the same customer for the same reason in the 7 days before.
    SELECT *
    FROM attempt AS later
    WHERE NOT EXISTS (
        SELECT 1
        FROM attempt AS earlier
        WHERE earlier.customer = later.customer AND earlier.problem = later.problem
            AND (earlier.began, earlier.contact_key) < (later.began, later.contact_key)
            AND earlier.began >= later.began - INTERVAL 7 DAY
    )
), chain AS (
    SELECT opener.contact_key, BOOL_OR(attempt.is_complaint) AS complains
    FROM attempt
    ASOF JOIN opener ON opener.customer = attempt.customer AND opener.problem = attempt.problem
        AND attempt.began >= opener.began
    GROUP BY opener.contact_key
), counted AS (
    SELECT
        contact.*, COALESCE(chain.complains, FALSE) AS complains,
        COALESCE(named.customer_id, contact.identifier, 'contact ' || contact.contact_key) AS customer
    FROM contact
    LEFT JOIN chain USING (contact_key)
    LEFT JOIN core_identities AS named ON named.identifier = contact.identifier
)
SELECT
    1000.0 * COUNT_IF(counted.complains) / NULLIF(COUNT(DISTINCT counted.customer), 0) AS value,
    COUNT(DISTINCT counted.customer) AS n
FROM counted
JOIN core_sources AS delivered USING (source)
WHERE
    counted.day BETWEEN $start AND LEAST($end, $watermark)
    AND counted.day <= delivered.watermark_day
    AND ($channel IS NULL OR counted.channel = $channel)
    AND ($touchpoint IS NULL OR counted.touchpoint = $touchpoint)
    AND ($region IS NULL OR counted.region = $region)
