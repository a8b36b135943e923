-- Mean handle time over the handled legs of a contact; one leg without leaves the contact out.
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
), handled AS (
    SELECT contact_key, SUM(CAST(handle_seconds * 1000 AS BIGINT)) AS milliseconds
    FROM core_interactions
    WHERE disposition = ANY (['answered', 'callback'])
    GROUP BY contact_key
    HAVING BOOL_AND(handle_seconds IS NOT NULL)
)
SELECT
    AVG(handled.milliseconds / 1000) AS value,
    COUNT(*) AS n
FROM contact
JOIN handled USING (contact_key)
JOIN core_sources AS delivered USING (source)
WHERE
    contact.day BETWEEN $start AND LEAST($end, $watermark)
    AND contact.day <= delivered.watermark_day
    AND handled.milliseconds IS NOT NULL
    AND ($channel IS NULL OR contact.channel = $channel)
    AND ($touchpoint IS NULL OR contact.touchpoint = $touchpoint)
    AND ($region IS NULL OR contact.region = $region)
