-- Abandoned / offered, short abandons left out of both; then with them in both.
WITH offered AS (
    SELECT
        CASE legs.disposition WHEN 'abandoned' THEN 1.0 ELSE 0.0 END AS gave_up,
        legs.disposition = 'answered' OR legs.wait_seconds IS NULL
            OR legs.wait_seconds > $short_abandon_seconds OR legs.wait_seconds > $threshold_seconds AS is_counted
    FROM core_interactions AS legs
    JOIN core_sources AS delivered USING (source)
    WHERE
        legs.business_day BETWEEN $start AND LEAST($end, $watermark)
        AND legs.business_day <= delivered.watermark_day
        AND legs.direction = 'inbound'
        AND legs.is_queued
        AND legs.disposition = ANY (['answered', 'abandoned'])
        AND ($channel IS NULL OR legs.channel = $channel)
        AND ($touchpoint IS NULL OR legs.touchpoint = $touchpoint)
        AND ($region IS NULL OR legs.region = $region)
)
SELECT
    AVG(gave_up) FILTER (WHERE is_counted) AS value,
    COUNT(*) FILTER (WHERE is_counted) AS n,
    AVG(gave_up) AS raw,
    COUNT(*) AS raw_n
FROM offered
