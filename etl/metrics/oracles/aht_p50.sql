-- Half of handled legs take no longer: the middle of the bin [1.05^k, 1.05^(k+1)) s that holds the value.
WITH handled AS (
    SELECT
        CAST(legs.handle_seconds AS DOUBLE) AS seconds,
        FLOOR(LN(GREATEST(legs.handle_seconds, 1)) / LN(1.05)) AS guess
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
), binned AS (
    -- Logarithms round: each edge is looked at again.
    SELECT CASE
        WHEN seconds < 1 THEN -1
        WHEN seconds >= POW(1.05, guess + 1) THEN guess + 1
        WHEN seconds < POW(1.05, guess) THEN guess - 1
        ELSE guess
    END AS bin
    FROM handled
), ranked AS (
    SELECT LIST(bin ORDER BY bin)[CAST(CEIL(COUNT(*) / 2) AS INTEGER)] AS bin, COUNT(*) AS n
    FROM binned
)
SELECT CASE WHEN bin < 0 THEN 0 ELSE POW(1.05, bin + 0.5) END AS value, n
FROM ranked
