-- Inbound legs whose customers left a recorded message.
SELECT CAST(COUNT(*) AS DOUBLE) AS value, COUNT(*) AS n
FROM core_interactions AS legs
JOIN core_sources AS delivered USING (source)
WHERE
    legs.business_day BETWEEN $start AND LEAST($end, $watermark)
    AND legs.business_day <= delivered.watermark_day
    AND legs.direction = 'inbound'
    AND legs.disposition = 'voicemail'
    AND ($channel IS NULL OR legs.channel = $channel)
    AND ($touchpoint IS NULL OR legs.touchpoint = $touchpoint)
    AND ($region IS NULL OR legs.region = $region)
