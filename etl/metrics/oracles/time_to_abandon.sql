-- Mean wait of those who gave up, short abandons and unknown waits left out.
SELECT
    AVG(CAST(legs.wait_seconds * 1000 AS BIGINT)) / 1000 AS value,
    COUNT(*) AS n
FROM core_interactions AS legs
JOIN core_sources AS delivered USING (source)
WHERE
    legs.business_day BETWEEN $start AND LEAST($end, $watermark)
    AND legs.business_day <= delivered.watermark_day
    AND legs.direction = 'inbound'
    AND legs.is_queued
    AND legs.disposition = 'abandoned'
    AND (legs.wait_seconds > $short_abandon_seconds OR legs.wait_seconds > $threshold_seconds)
    AND ($channel IS NULL OR legs.channel = $channel)
    AND ($touchpoint IS NULL OR legs.touchpoint = $touchpoint)
    AND ($region IS NULL OR legs.region = $region)
