-- Private contacts followed by something negative in public from the same customer within 72 hours / all that old.
WITH contact AS (
    -- Who called first describes the contact; what he left open, any of its legs may say.
    SELECT
        contact_key,
        MIN(started_at) FILTER (WHERE direction = 'inbound') AS began,
        FIRST(business_day ORDER BY direction <> 'inbound', started_at, record_key) AS day,
        FIRST(source ORDER BY direction <> 'inbound', started_at, record_key) AS source,
        FIRST(channel ORDER BY direction <> 'inbound', started_at, record_key) AS channel,
        FIRST(touchpoint ORDER BY direction <> 'inbound', started_at, record_key) AS first_touchpoint,
        FIRST(region ORDER BY direction <> 'inbound', started_at, record_key) AS first_region,
        FIRST(customer_identifier ORDER BY direction <> 'inbound', started_at, record_key) AS first_identifier,
        COALESCE(
            first_touchpoint, MAX(touchpoint),
            (SELECT touchpoint FROM core_told_contacts AS told WHERE told.contact_key = core_interactions.contact_key)
        ) AS touchpoint,
        COALESCE(first_region, MAX(region)) AS region,
        COALESCE(first_identifier, MIN(customer_identifier) FILTER (WHERE direction = 'inbound')) AS identifier
    FROM core_interactions
    GROUP BY contact_key
    HAVING BOOL_OR(direction = 'inbound')
), outcry AS (
    SELECT mention.posted_at, COALESCE(named.customer_id, mention.author_identifier) AS customer
    FROM core_mentions AS mention
    JOIN core_sentiments AS tone USING (record_key)
    LEFT JOIN core_identities AS named ON named.identifier = mention.author_identifier
    WHERE tone.label = -1 AND NOT (mention.is_own OR mention.is_repost)
), approach AS (
    SELECT contact.*, COALESCE(named.customer_id, contact.identifier) AS customer
    FROM contact
    LEFT JOIN core_identities AS named USING (identifier)
    WHERE contact.channel <> 'social' AND contact.identifier IS NOT NULL
)
SELECT
    AVG(CASE WHEN EXISTS (
        SELECT 1
        FROM outcry
        WHERE outcry.customer = approach.customer
            AND outcry.posted_at BETWEEN approach.began AND approach.began + INTERVAL 72 HOUR
    ) THEN 1.0 ELSE 0.0 END) AS value,
    COUNT(*) AS n
FROM approach
JOIN core_sources AS delivered USING (source)
WHERE
    approach.day BETWEEN $start AND LEAST($end, CAST($watermark AS DATE) - 3)
    AND approach.day <= delivered.watermark_day
    AND approach.began + INTERVAL 72 HOUR <= LEAST(delivered.watermark_at, $watermark_at)
    AND ($channel IS NULL OR approach.channel = $channel)
    AND ($touchpoint IS NULL OR approach.touchpoint = $touchpoint)
    AND ($region IS NULL OR approach.region = $region)
