-- Contacts that a breakdown caused, or that repeat an earlier one within 7 days / contacts with a known cause.
WITH attempt AS (
    SELECT *, COALESCE(NULLIF(reason, 'unassigned'), '?') AS problem
    FROM core_contacts
    WHERE direction = 'inbound' AND customer_id IS NOT NULL
        AND (is_abandoned AND abandon_seconds <= LEAST($short_abandon_seconds, $threshold_seconds)) IS NOT TRUE
), again AS (
    SELECT DISTINCT later.contact_key
    FROM attempt AS later
    JOIN attempt AS earlier ON earlier.customer_id = later.customer_id AND earlier.problem = later.problem
        AND (earlier.started_at, earlier.contact_key) < (later.started_at, later.contact_key)
        AND earlier.started_at >= later.started_at - INTERVAL 7 DAY
)
SELECT
    AVG(CASE
        WHEN contact.cause NOT IN (SELECT cause FROM core_causes WHERE NOT is_breakdown) THEN 1.0
        WHEN contact.contact_key IN (SELECT contact_key FROM again) THEN 1.0
        ELSE 0.0
    END) AS value,
    COUNT(*) AS n
FROM core_contacts AS contact
JOIN core_sources AS delivered USING (source)
WHERE
    contact.direction = 'inbound' AND contact.cause <> 'unassigned'
    AND contact.business_day BETWEEN $start AND LEAST($end, $watermark)
    AND contact.business_day <= delivered.watermark_day
    AND ($channel IS NULL OR contact.channel = $channel)
    AND ($touchpoint IS NULL OR contact.touchpoint = $touchpoint)
    AND ($region IS NULL OR contact.region = $region)
