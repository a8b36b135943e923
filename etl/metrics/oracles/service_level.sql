-- Answered within the threshold / offered, abandons that were short left out.
SELECT
    AVG(
        CASE WHEN legs.disposition = 'answered' AND legs.wait_seconds <= $threshold_seconds THEN 1.0 ELSE 0.0 END
    ) AS value,
    COUNT(*) AS n
FROM core_interactions AS legs
JOIN core_sources AS delivered USING (source)
WHERE
    legs.business_day BETWEEN $start AND LEAST($end, $watermark)
    AND legs.business_day <= delivered.watermark_day
    AND legs.direction = 'inbound'
    AND legs.is_queued
    AND legs.disposition = ANY (['answered', 'abandoned'])
    AND (legs.disposition = 'answered' OR legs.wait_seconds IS NULL
        OR legs.wait_seconds > $short_abandon_seconds OR legs.wait_seconds > $threshold_seconds)
    AND ($channel IS NULL OR legs.channel = $channel)
    AND ($touchpoint IS NULL OR legs.touchpoint = $touchpoint)
    AND ($region IS NULL OR legs.region = $region)
