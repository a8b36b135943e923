-- Mean of the waits in all queues and all hold of a contact; one unknown wait leaves the contact out.
WITH contact AS (
    -- Who wrote first describes the contact; what he left open, any of its legs may say.
    SELECT
        contact_key,
        MIN(started_at) FILTER (WHERE direction = 'inbound') AS began,
        FIRST(business_day ORDER BY direction <> 'inbound', started_at, record_key) AS day,
        FIRST(source ORDER BY direction <> 'inbound', started_at, record_key) AS source,
        FIRST(channel ORDER BY direction <> 'inbound', started_at, record_key) AS channel,
        FIRST(touchpoint ORDER BY direction <> 'inbound', started_at, record_key) AS first_touchpoint,
        FIRST(region ORDER BY direction <> 'inbound', started_at, record_key) AS first_region,
        COALESCE(
            first_touchpoint, MAX(touchpoint),
            (SELECT touchpoint FROM core_told_contacts AS told WHERE told.contact_key = core_interactions.contact_key)
        ) AS touchpoint,
        COALESCE(first_region, MAX(region)) AS region
    FROM core_interactions
    GROUP BY contact_key
    HAVING BOOL_OR(direction = 'inbound')
), queued AS (
    SELECT contact_key, SUM(CAST(wait_seconds * 1000 AS BIGINT)) AS milliseconds
    FROM core_interactions
    WHERE direction = 'inbound' AND is_queued AND disposition = ANY (['answered', 'abandoned'])
    GROUP BY contact_key
    HAVING BOOL_AND(wait_seconds IS NOT NULL)
), held AS (
    -- Talk without handle time and hold: hold or wrap-up is recorded there, and missing in this leg.
    SELECT
        contact_key, COALESCE(SUM(CAST(hold_seconds * 1000 AS BIGINT)), 0) AS milliseconds,
        BOOL_OR(COALESCE(hold_seconds, handle_seconds) IS NULL AND talk_seconds IS NOT NULL) AS is_unknown
    FROM core_interactions
    WHERE disposition = ANY (['answered', 'callback'])
    GROUP BY contact_key
)
SELECT
    AVG((queued.milliseconds + COALESCE(held.milliseconds, 0)) / 1000) AS value,
    COUNT(*) AS n
FROM contact
JOIN queued USING (contact_key)
LEFT JOIN held USING (contact_key)
JOIN core_sources AS delivered USING (source)
WHERE
    contact.day BETWEEN $start AND LEAST($end, $watermark)
    AND contact.day <= delivered.watermark_day
    AND held.is_unknown IS NOT TRUE
    AND ($channel IS NULL OR contact.channel = $channel)
    AND ($touchpoint IS NULL OR contact.touchpoint = $touchpoint)
    AND ($region IS NULL OR contact.region = $region)
