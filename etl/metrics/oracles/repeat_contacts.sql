-- Contacts before which the same customer had come for the same reason within 7 days.
WITH attempt AS (
    SELECT *, COALESCE(NULLIF(reason, 'unassigned'), '?') AS problem
    FROM core_contacts
    WHERE direction = 'inbound' AND customer_id IS NOT NULL
        AND (is_abandoned AND abandon_seconds <= LEAST($short_abandon_seconds, $threshold_seconds)) IS NOT TRUE
)
SELECT COUNT(*)::DOUBLE AS value, COUNT(*) AS n
FROM attempt AS later
JOIN core_sources AS delivered USING (source)
WHERE
    later.business_day BETWEEN $start AND LEAST($end, $watermark)
    AND later.business_day <= delivered.watermark_day
    AND ($channel IS NULL OR later.channel = $channel)
    AND ($touchpoint IS NULL OR later.touchpoint = $touchpoint)
    AND ($region IS NULL OR later.region = $region)
    AND EXISTS (
        SELECT 1
        FROM attempt AS earlier
        WHERE earlier.customer_id = later.customer_id AND earlier.problem = later.problem
            AND (earlier.started_at, earlier.contact_key) < (later.started_at, later.contact_key)
            AND earlier.started_at >= later.started_at - INTERVAL 7 DAY
    )
