-- Mean of talk, hold and wrap-up over handled legs that have all parts their source records.
SELECT
    AVG(CAST(legs.handle_seconds * 1000 AS BIGINT)) / 1000 AS value,
    COUNT(*) AS n
FROM core_interactions AS legs
JOIN core_sources AS delivered USING (source)
WHERE
    legs.business_day BETWEEN $start AND LEAST($end, $watermark)
    AND legs.business_day <= delivered.watermark_day
    AND legs.disposition = ANY (['answered', 'callback'])
    AND legs.handle_seconds IS NOT NULL
    AND ($channel IS NULL OR legs.channel = $channel)
    AND ($touchpoint IS NULL OR legs.touchpoint = $touchpoint)
    AND ($region IS NULL OR legs.region = $region)
