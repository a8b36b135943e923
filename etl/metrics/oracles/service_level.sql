-- Answered within the threshold / offered, abandons that were short left out; then the ways in which others count.
WITH offered AS (
    SELECT
        legs.disposition = 'answered' AS is_answered,
        COALESCE(legs.wait_seconds <= $threshold_seconds, FALSE) AS is_in_time,
        legs.disposition = 'abandoned' AND legs.wait_seconds IS NOT NULL
            AND NOT (legs.wait_seconds > $short_abandon_seconds OR legs.wait_seconds > $threshold_seconds) AS is_short
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
    AVG(CASE WHEN is_answered AND is_in_time THEN 1.0 ELSE 0.0 END) FILTER (WHERE NOT is_short) AS value,
    COUNT(*) FILTER (WHERE NOT is_short) AS n,
    AVG(CASE WHEN is_in_time THEN 1.0 ELSE 0.0 END) FILTER (WHERE is_answered) AS of_answered,
    COUNT(*) FILTER (WHERE is_answered) AS of_answered_n,
    AVG(CASE WHEN is_answered AND is_in_time THEN 1.0 ELSE 0.0 END) AS of_offered,
    COUNT(*) AS of_offered_n,
    AVG(CASE WHEN is_in_time THEN 1.0 ELSE 0.0 END) FILTER (WHERE is_answered OR NOT is_in_time)
        AS ignoring_abandons_within_threshold,
    COUNT(*) FILTER (WHERE is_answered OR NOT is_in_time) AS ignoring_abandons_within_threshold_n,
    AVG(CASE WHEN is_in_time THEN 1.0 ELSE 0.0 END) AS counting_abandons_within_threshold,
    COUNT(*) AS counting_abandons_within_threshold_n
FROM offered
