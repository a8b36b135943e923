-- Half of the reviews had a reply after so long, by Kaplan and Meier over bins of 5 %.
WITH waited AS (
    -- Nothing after the watermark is known yet: not the reply either.
    SELECT
        review.posted_at AS began, review.answered_at AS replied,
        LEAST(delivered.watermark_at, $watermark_at) AS until
    FROM core_mentions AS review
    JOIN core_sources AS delivered USING (source)
    WHERE
        review.business_day BETWEEN $start AND LEAST($end, $watermark)
        AND review.business_day <= delivered.watermark_day
        AND review.rating BETWEEN 1 AND 5 AND NOT review.is_own
        AND ($channel IS NULL OR 'review' = $channel)
        AND ($touchpoint IS NULL OR review.touchpoint = $touchpoint)
        AND ($region IS NULL OR review.region = $region)
), known AS (
    SELECT
        COALESCE(replied <= until, FALSE) AS is_answered,
        (EPOCH_MS(CASE WHEN replied <= until THEN replied ELSE until END) - EPOCH_MS(began)) / 1000.0 AS seconds
    FROM waited
), binned AS (
    SELECT is_answered, seconds, FLOOR(LN(GREATEST(seconds, 1)) / LN(1.05)) AS guess
    FROM known
), placed AS (
    SELECT is_answered, CASE
        WHEN seconds < 1 THEN -1
        WHEN seconds >= POW(1.05, guess + 1) THEN guess + 1
        WHEN seconds < POW(1.05, guess) THEN guess - 1
        ELSE guess
    END AS bin
    FROM binned
), counted AS (
    SELECT bin, COUNT_IF(is_answered) AS ended, SUM(COUNT(*)) OVER (ORDER BY bin DESC) AS at_risk
    FROM placed
    GROUP BY bin
), surviving AS (
    SELECT bin, ended, PRODUCT((at_risk - ended) / at_risk) OVER (ORDER BY bin) AS share
    FROM counted
), reached AS (
    SELECT MIN(bin) AS bin FROM surviving WHERE ended > 0 AND share <= 0.5 + 1e-12
)
SELECT
    (SELECT CASE WHEN bin < 0 THEN 0 ELSE POW(1.05, bin + 0.5) END FROM reached) AS value,
    (SELECT COUNT(*) FROM placed) AS n
