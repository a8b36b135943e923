-- First human reply in time, counting only when we were open / all that needed an answer; the young and unanswered are still pending.
WITH opening AS (
    SELECT UNNEST($opens) AS opened, UNNEST($closes) AS closed
), contact AS (
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
), seen AS (
    -- Nothing after the watermark is known yet: not the reply either.
    SELECT contact.contact_key, contact.began, LEAST(delivered.watermark_at, $watermark_at) AS until
    FROM contact
    JOIN core_sources AS delivered USING (source)
    WHERE
        contact.day BETWEEN $start AND LEAST($end, $watermark)
        AND contact.day <= delivered.watermark_day
        AND contact.channel = ANY (['chat', 'email', 'social'])
        AND ($channel IS NULL OR contact.channel = $channel)
        AND ($touchpoint IS NULL OR contact.touchpoint = $touchpoint)
        AND ($region IS NULL OR contact.region = $region)
), waited AS (
    SELECT seen.contact_key, seen.began, seen.until, MIN(CASE
        WHEN legs.direction = 'inbound' THEN legs.answered_at
        WHEN legs.direction = 'outbound' AND NOT legs.is_automatic AND legs.started_at >= seen.began
            THEN legs.started_at
    END) AS replied
    FROM seen
    JOIN core_interactions AS legs USING (contact_key)
    GROUP BY seen.contact_key, seen.began, seen.until
), judged AS (
    SELECT
        ANY_VALUE(COALESCE(replied <= until, FALSE)) AS is_answered,
        SUM(GREATEST(0, EPOCH_MS(LEAST(closed, until, COALESCE(replied, until))) - EPOCH_MS(GREATEST(opened, began))))
            AS milliseconds
    FROM waited
    CROSS JOIN opening
    GROUP BY contact_key
)
SELECT
    AVG(CASE WHEN is_answered AND milliseconds <= 1000 * $threshold_seconds THEN 1.0 ELSE 0.0 END) AS value,
    COUNT(*) AS n
FROM judged
WHERE is_answered OR milliseconds >= 1000 * $threshold_seconds
