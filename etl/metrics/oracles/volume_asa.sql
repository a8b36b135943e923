-- Waits of the answered / answered, over the intervals that tell both.
SELECT
    SUM(CAST(counted.answer_wait_seconds * 1000 AS BIGINT)) / 1000 / SUM(counted.answered_count) AS value,
    CAST(COALESCE(SUM(counted.answered_count), 0) AS BIGINT) AS n
FROM core_volumes AS counted
JOIN core_sources AS delivered USING (source)
WHERE
    counted.business_day BETWEEN $start AND LEAST($end, $watermark)
    AND counted.business_day <= delivered.watermark_day
    AND counted.direction = 'inbound'
    AND counted.answer_wait_seconds IS NOT NULL
    AND counted.answered_count > 0
    AND ($channel IS NULL OR counted.channel = $channel)
    AND ($touchpoint IS NULL OR counted.touchpoint = $touchpoint)
    AND ($region IS NULL OR counted.region = $region)
