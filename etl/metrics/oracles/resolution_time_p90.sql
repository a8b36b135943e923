-- Nine of ten of the cases were closed for good after so long, by Kaplan and Meier over bins of 5 %.
WITH known AS (
    -- Nothing after the watermark is known yet: not the closure either.
    SELECT
        contact.started_at AS began, LEAST(delivered.watermark_at, $watermark_at) AS until,
        CASE WHEN contact.is_resolved AND contact.closed_at <= until THEN contact.closed_at END AS ended
    FROM core_contacts AS contact
    JOIN core_sources AS delivered USING (source)
    WHERE
        contact.source IN (SELECT source FROM core_interactions WHERE closed_at IS NOT NULL)
        AND contact.direction = 'inbound'
        AND NOT (contact.is_resolved IS TRUE AND (contact.closed_at >= contact.started_at) IS NOT TRUE)
        AND contact.business_day BETWEEN $start AND LEAST($end, $watermark)
        AND contact.business_day <= delivered.watermark_day
        AND ($channel IS NULL OR contact.channel = $channel)
        AND ($touchpoint IS NULL OR contact.touchpoint = $touchpoint)
        AND ($region IS NULL OR contact.region = $region)
), binned AS (
    SELECT
        ended IS NOT NULL AS is_closed, (EPOCH_MS(COALESCE(ended, until)) - EPOCH_MS(began)) / 1000.0 AS seconds,
        FLOOR(LN(GREATEST(seconds, 1)) / LN(1.05)) AS guess
    FROM known
), placed AS (
    SELECT is_closed, CASE
        WHEN seconds < 1 THEN -1
        WHEN seconds >= POW(1.05, guess + 1) THEN guess + 1
        WHEN seconds < POW(1.05, guess) THEN guess - 1
        ELSE guess
    END AS bin
    FROM binned
), counted AS (
    SELECT bin, COUNT(*) FILTER (WHERE is_closed) AS ended, SUM(COUNT(*)) OVER (ORDER BY bin DESC) AS at_risk
    FROM placed
    GROUP BY bin
), surviving AS (
    SELECT bin, ended, PRODUCT((at_risk - ended) / at_risk) OVER (ORDER BY bin) AS share
    FROM counted
), reached AS (
    SELECT MIN(bin) AS bin FROM surviving WHERE ended > 0 AND share <= 0.1 + 1e-12
)
SELECT
    (SELECT CASE WHEN bin < 0 THEN 0 ELSE POW(1.05, bin + 0.5) END FROM reached) AS value,
    (SELECT COUNT(*) FROM placed) AS n
