-- Customers who called or wrote; a contact that names none counts as one of its own.
WITH contact AS (
    -- Who wrote first describes the contact; what he left open, any of its legs may say.
    SELECT
        contact_key,
        FIRST(business_day ORDER BY direction <> 'inbound', started_at, record_key) AS day,
        FIRST(source ORDER BY direction <> 'inbound', started_at, record_key) AS source,
        FIRST(channel ORDER BY direction <> 'inbound', started_at, record_key) AS channel,
        FIRST(touchpoint ORDER BY direction <> 'inbound', started_at, record_key) AS first_touchpoint,
        FIRST(region ORDER BY direction <> 'inbound', started_at, record_key) AS first_region,
        COALESCE(
            first_touchpoint, MAX(touchpoint),
            (SELECT touchpoint FROM core_told_contacts AS told WHERE told.contact_key = core_interactions.contact_key)
        ) AS touchpoint,
        COALESCE(first_region, MAX(region)) AS region,
        COALESCE(
            FIRST(customer_identifier ORDER BY direction <> 'inbound', started_at, record_key),
            MIN(customer_identifier) FILTER (WHERE direction = 'inbound')
        ) AS identifier
    FROM core_interactions
    GROUP BY contact_key
    HAVING BOOL_OR(direction = 'inbound')
), named AS (
    SELECT contact.*, COALESCE(core_identities.customer_id, identifier, 'contact ' || contact_key) AS customer
    FROM contact
    LEFT JOIN core_identities USING (identifier)
)
SELECT CAST(COUNT(DISTINCT customer) AS DOUBLE) AS value, COUNT(DISTINCT customer) AS n
FROM named
JOIN core_sources AS delivered USING (source)
WHERE
    named.day BETWEEN $start AND LEAST($end, $watermark)
    AND named.day <= delivered.watermark_day
    AND ($channel IS NULL OR named.channel = $channel)
    AND ($touchpoint IS NULL OR named.touchpoint = $touchpoint)
    AND ($region IS NULL OR named.region = $region)
