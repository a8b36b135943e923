-- Mean number of legs handed on, of calls, chats and tasks in which a person of ours was reached.
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
), legs AS (
    SELECT
        contact_key, SUM(CASE WHEN is_transferred THEN 1 ELSE 0 END) AS transfers,
        BOOL_OR(disposition = ANY (['answered', 'callback'])) AS is_handled,
        BOOL_OR(answered_at IS NOT NULL AND direction = 'inbound') AS is_replied,
        MAX(started_at) FILTER (WHERE direction = 'outbound' AND NOT is_automatic) AS last_reply_at
    FROM core_interactions
    GROUP BY contact_key
)
SELECT
    AVG(legs.transfers) AS value,
    COUNT(*) AS n
FROM contact
JOIN legs USING (contact_key)
JOIN core_sources AS delivered USING (source)
WHERE
    contact.day BETWEEN $start AND LEAST($end, $watermark)
    AND contact.day <= delivered.watermark_day
    AND contact.channel = ANY (['phone', 'chat', 'task'])
    AND (legs.is_handled OR contact.channel = 'chat' AND (legs.is_replied OR legs.last_reply_at >= contact.began))
    AND ($channel IS NULL OR contact.channel = $channel)
    AND ($touchpoint IS NULL OR contact.touchpoint = $touchpoint)
    AND ($region IS NULL OR contact.region = $region)
