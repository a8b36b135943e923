-- Half of those who wrote had a first human reply after so long in which we were open, by Kaplan and Meier over bins of 5 %.
WITH opening AS (
    SELECT UNNEST($opens) AS opened, UNNEST($closes) AS closed
), contact AS (
    -- Who wrote first describes the contact; what he left open, any of its legs may say.
    SELECT
        contact_key,
        MIN(started_at) FILTER (WHERE direction = 'inbound') AS began,
        FIRST(business_day ORDER BY direction <> 'inbound', started_at, record_key) AS day,
        FIRST(source ORDER BY direction <> 'inbound', started_at, record_key) AS source,
        FIRST(channel ORDER BY direction <> 'inbound', started_at, record_key) AS channel,
        FIRST(touchpoint ORDER BY direction <> 'inbound', started_at, record_key) AS first_touchpoint,
        FIRST(region ORDER BY direction <> 'inbound', started_at, record_key) AS first_region,
        COALESCE(
            first_touchpoint, MAX(touchpoint),
            (SELECT touchpoint FROM core_told_contacts AS told WHERE told.contact_key = core_interactions.contact_key)
        ) AS touchpoint,
        COALESCE(first_region, MAX(region)) AS region
    FROM core_interactions
    GROUP BY contact_key
    HAVING BOOL_OR(direction = 'inbound')
), seen AS (
    -- Nothing after the watermark is known yet: not the reply either.
    SELECT contact.contact_key, contact.began, LEAST(delivered.watermark_at, $watermark_at) AS until
    FROM contact
    JOIN core_sources AS delivered USING (source)
    WHERE
        contact.day BETWEEN $start AND LEAST($end, $watermark)
        AND contact.day <= delivered.watermark_day
        AND contact.channel = ANY (['chat', 'email', 'social'])
        AND ($channel IS NULL OR contact.channel = $channel)
        AND ($touchpoint IS NULL OR contact.touchpoint = $touchpoint)
        AND ($region IS NULL OR contact.region = $region)
), waited AS (
    SELECT seen.contact_key, seen.began, seen.until, MIN(CASE
        WHEN legs.direction = 'inbound' THEN legs.answered_at
        WHEN legs.direction = 'outbound' AND NOT legs.is_automatic AND legs.started_at >= seen.began
            THEN legs.started_at
    END) AS replied
    FROM seen
    JOIN core_interactions AS legs USING (contact_key)
    GROUP BY seen.contact_key, seen.began, seen.until
), known AS (
    SELECT
        ANY_VALUE(COALESCE(replied <= until, FALSE)) AS is_answered,
        SUM(GREATEST(0, EPOCH_MS(LEAST(closed, until, COALESCE(replied, until))) - EPOCH_MS(GREATEST(opened, began))))
            / 1000.0 AS seconds
    FROM waited
    CROSS JOIN opening
    GROUP BY contact_key
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
