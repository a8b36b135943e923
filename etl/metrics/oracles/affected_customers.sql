-- Customers whom at least one contact failed; a contact that names none counts as one of its own.
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
        ARG_MAX(is_resolved, (started_at, record_key)) FILTER (WHERE is_resolved IS NOT NULL) AS is_resolved,
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
)
SELECT
    CAST(COUNT(DISTINCT COALESCE(named.customer_id, contact.identifier, 'contact ' || contact.contact_key)) AS DOUBLE)
        AS value,
    COUNT(DISTINCT COALESCE(named.customer_id, contact.identifier, 'contact ' || contact.contact_key)) AS n
FROM contact
LEFT JOIN core_identities AS named ON named.identifier = contact.identifier
JOIN core_sources AS delivered USING (source)
WHERE
    contact.day BETWEEN $start AND LEAST($end, $watermark)
    AND contact.day <= delivered.watermark_day
    AND (
        (contact.gave_up AND NOT contact.is_answered AND NOT contact.was_short)
        OR contact.is_resolved IS FALSE
        OR contact.is_complaint
        OR EXISTS (
            SELECT 1
            FROM core_scores AS answer
            WHERE answer.contact_key = contact.contact_key
                AND (answer.kind, answer.score) IN (
                    ('nps', 0), ('nps', 1), ('nps', 2), ('nps', 3), ('nps', 4), ('nps', 5), ('nps', 6),
                    ('csat5', 1), ('csat5', 2)
                )
        )
        OR EXISTS (
            SELECT 1
            FROM attempt AS one
            JOIN attempt AS next ON next.customer = one.customer AND next.problem = one.problem
            WHERE one.contact_key = contact.contact_key
                AND (next.began, next.contact_key) > (one.began, one.contact_key)
                AND next.began <= one.began + INTERVAL 7 DAY
        )
    )
    AND ($channel IS NULL OR contact.channel = $channel)
    AND ($touchpoint IS NULL OR contact.touchpoint = $touchpoint)
    AND ($region IS NULL OR contact.region = $region)
