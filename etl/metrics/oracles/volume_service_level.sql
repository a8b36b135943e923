-- Reported service levels weighted by the offered contacts, to a thousandth of a contact an interval.
SELECT
    SUM(CAST(ROUND(counted.reported_service_level * IFNULL(counted.offered_count, counted.answered_count + counted.abandoned_count) * 1000) AS BIGINT)) / 1000 / SUM(IFNULL(counted.offered_count, counted.answered_count + counted.abandoned_count)) AS value,
    CAST(COALESCE(SUM(IFNULL(counted.offered_count, counted.answered_count + counted.abandoned_count)), 0) AS BIGINT) AS n
FROM core_volumes AS counted
JOIN core_sources AS delivered USING (source)
WHERE
    counted.business_day BETWEEN $start AND LEAST($end, $watermark)
    AND counted.business_day <= delivered.watermark_day
    AND counted.direction = 'inbound'
    AND counted.reported_service_level BETWEEN 0 AND 1
    AND IFNULL(counted.offered_count, counted.answered_count + counted.abandoned_count) > 0
    AND ($channel IS NULL OR counted.channel = $channel)
    AND ($touchpoint IS NULL OR counted.touchpoint = $touchpoint)
    AND ($region IS NULL OR counted.region = $region)
