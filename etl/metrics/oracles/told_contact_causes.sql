-- Of the contacts with a cause, the part whose legs record none: the first of the customer's words that tell one did.
WITH contact AS (
    SELECT
        contact_key, FIRST(business_day ORDER BY direction <> 'inbound', started_at, record_key) AS day,
        FIRST(source ORDER BY direction <> 'inbound', started_at, record_key) AS source,
        FIRST(channel ORDER BY direction <> 'inbound', started_at, record_key) AS channel,
        FIRST(touchpoint ORDER BY direction <> 'inbound', started_at, record_key) AS first_touchpoint,
        FIRST(region ORDER BY direction <> 'inbound', started_at, record_key) AS first_region,
        FIRST(cause ORDER BY direction <> 'inbound', started_at, record_key) AS first_cause,
        COALESCE(first_touchpoint, MAX(touchpoint)) AS touchpoint, COALESCE(first_region, MAX(region)) AS region,
        COALESCE(first_cause, MAX(cause)) AS recorded
    FROM core_interactions
    GROUP BY contact_key
    HAVING BOOL_OR(direction = 'inbound')
), said AS (
    SELECT legs.contact_key, told.cause, told.touchpoint -- of a post in public only a negative one's
    FROM core_interactions AS legs
    JOIN core_told_causes AS told USING (record_key)
    LEFT JOIN core_sentiments AS tone USING (record_key)
    WHERE told.cause IS NOT NULL AND (tone.record_key IS NULL OR tone.label < 0)
    QUALIFY ROW_NUMBER() OVER (
        PARTITION BY legs.contact_key ORDER BY legs.started_at, record_key, told.field <> 'message', told.field
    ) = 1
)
SELECT AVG(CASE WHEN contact.recorded IS NULL THEN 1.0 ELSE 0.0 END) AS value, COUNT(*) AS n
FROM contact
JOIN core_sources AS delivered USING (source)
LEFT JOIN said ON said.contact_key = contact.contact_key AND contact.recorded IS NULL
WHERE
    contact.day BETWEEN $start AND LEAST($end, $watermark)
    AND contact.day <= delivered.watermark_day
    AND COALESCE(contact.recorded, said.cause, 'unassigned') <> 'unassigned'
    AND ($channel IS NULL OR contact.channel = $channel)
    AND ($touchpoint IS NULL OR COALESCE(contact.touchpoint, said.touchpoint) = $touchpoint)
    AND ($region IS NULL OR contact.region = $region)
