-- Offered contacts of all intervals; where they are not told, answered and abandoned together.
SELECT
    CAST(COALESCE(SUM(IFNULL(counted.offered_count, counted.answered_count + counted.abandoned_count)), 0) AS DOUBLE) AS value,
    CAST(COALESCE(SUM(IFNULL(counted.offered_count, counted.answered_count + counted.abandoned_count)), 0) AS BIGINT) AS n
FROM core_volumes AS counted
JOIN core_sources AS delivered USING (source)
WHERE
    counted.business_day BETWEEN $start AND LEAST($end, $watermark)
    AND counted.business_day <= delivered.watermark_day
    AND counted.direction = 'inbound'
    AND IFNULL(counted.offered_count, counted.answered_count + counted.abandoned_count) IS NOT NULL
    AND ($channel IS NULL OR counted.channel = $channel)
    AND ($touchpoint IS NULL OR counted.touchpoint = $touchpoint)
    AND ($region IS NULL OR counted.region = $region)
