-- Finished self-service sessions after which the customer did not turn to us within 24 hours / all that old.
WITH contact AS (
    SELECT
        core_contacts.*,
        NOT EXISTS (
            SELECT 1
            FROM core_interactions AS leg
            WHERE leg.contact_key = core_contacts.contact_key
                AND (leg.direction <> 'inbound' OR leg.is_queued OR leg.disposition NOT IN ('contained', 'abandoned'))
        ) AS is_session,
        EXISTS (
            SELECT 1
            FROM core_interactions AS leg
            WHERE leg.contact_key = core_contacts.contact_key AND leg.disposition = 'contained'
        ) AS is_finished
    FROM core_contacts
    WHERE customer_id IS NOT NULL AND direction = 'inbound'
)
SELECT
    AVG(CASE WHEN session.is_finished AND NOT EXISTS (
        SELECT 1
        FROM contact AS next
        WHERE next.customer_id = session.customer_id AND NOT next.is_session
            AND next.started_at BETWEEN session.started_at AND session.started_at + INTERVAL 24 HOUR
            AND (
                COALESCE(session.reason, 'unassigned') = 'unassigned'
                OR COALESCE(next.reason, 'unassigned') IN ('unassigned', session.reason)
            )
    ) THEN 1.0 ELSE 0.0 END) AS value,
    COUNT(*) AS n
FROM contact AS session
JOIN core_sources AS delivered USING (source)
WHERE
    session.is_session
    AND session.business_day BETWEEN $start AND LEAST($end, CAST($watermark AS DATE) - 1)
    AND session.business_day <= delivered.watermark_day
    AND session.started_at + INTERVAL 24 HOUR <= LEAST(delivered.watermark_at, $watermark_at)
    AND ($channel IS NULL OR session.channel = $channel)
    AND ($touchpoint IS NULL OR session.touchpoint = $touchpoint)
    AND ($region IS NULL OR session.region = $region)
