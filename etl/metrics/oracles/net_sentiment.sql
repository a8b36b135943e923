-- 100 times (voices for us - against us) / all voices: one a person, cause and day; neither reposts nor our own.
WITH opinion AS (
    SELECT
        mention.*, tone.label AS tone,
        COALESCE(named.customer_id, mention.author_identifier, 'mention ' || mention.record_key) AS person,
        COALESCE(NULLIF(mention.cause, 'unassigned'), '?') AS about
    FROM core_mentions AS mention
    JOIN core_sentiments AS tone USING (record_key)
    LEFT JOIN core_identities AS named ON named.identifier = mention.author_identifier
    WHERE tone.label IS NOT NULL AND NOT (mention.is_own OR mention.is_repost)
), vote AS (
    -- What was said first that day describes the voice.
    SELECT
        business_day AS day, SIGN(SUM(tone)) AS leaning,
        FIRST(source ORDER BY posted_at, record_key) AS source,
        FIRST(CASE WHEN rating IS NULL THEN 'social' ELSE 'review' END ORDER BY posted_at, record_key) AS channel,
        FIRST(touchpoint ORDER BY posted_at, record_key) AS touchpoint,
        FIRST(region ORDER BY posted_at, record_key) AS region
    FROM opinion
    GROUP BY person, about, business_day
)
SELECT 100.0 * AVG(vote.leaning) AS value, COUNT(*) AS n
FROM vote
JOIN core_sources AS delivered USING (source)
WHERE
    vote.day BETWEEN $start AND LEAST($end, $watermark)
    AND vote.day <= delivered.watermark_day
    AND ($channel IS NULL OR vote.channel = $channel)
    AND ($touchpoint IS NULL OR vote.touchpoint = $touchpoint)
    AND ($region IS NULL OR vote.region = $region)
