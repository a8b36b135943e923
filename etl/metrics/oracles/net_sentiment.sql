-- 100 times (voices for us - against us) / all voices: one a person, cause and day; neither reposts nor our own.
-- The same without campaigns: posts in the same words from 5 people or more in 24 hours that hold them.
WITH worded AS (
    SELECT
        record_key, posted_at,
        COALESCE(named.customer_id, author_identifier, 'mention ' || record_key) AS who,
        LIST(word ORDER BY place) AS words
    FROM core_mentions
    JOIN core_verbatims USING (record_key)
    LEFT JOIN core_identities AS named ON named.identifier = author_identifier,
        UNNEST(STRING_SPLIT_REGEX(LOWER(text), '[\s\d]+')) WITH ORDINALITY AS split (word, place)
    WHERE
        core_mentions.business_day BETWEEN CAST($start AS DATE) - 2 AND CAST($end AS DATE) + 2
        AND field = 'message' AND NOT (is_own OR is_repost) AND NOT REGEXP_MATCHES(word, '^(@|https?:|www\.|$)')
    GROUP BY ALL
), day_long AS (
    SELECT began.words, began.posted_at AS since
    FROM worded AS began
    JOIN worded AS later
        ON later.words = began.words AND later.posted_at BETWEEN began.posted_at AND began.posted_at + INTERVAL 1 DAY
    GROUP BY ALL
    HAVING COUNT(DISTINCT later.who) >= 5
), campaign AS (
    SELECT DISTINCT record_key
    FROM worded JOIN day_long USING (words)
    WHERE posted_at BETWEEN since AND since + INTERVAL 1 DAY
), opinion AS (
    SELECT
        mention.*, tone.label AS tone,
        CASE WHEN campaign.record_key IS NULL THEN tone.label END AS own_tone,
        COALESCE(named.customer_id, mention.author_identifier, 'mention ' || mention.record_key) AS person,
        COALESCE(NULLIF(mention.cause, 'unassigned'), '?') AS about
    FROM core_mentions AS mention
    JOIN core_sentiments AS tone USING (record_key)
    LEFT JOIN core_identities AS named ON named.identifier = mention.author_identifier
    LEFT JOIN campaign ON campaign.record_key = mention.record_key
    WHERE tone.label IS NOT NULL AND NOT (mention.is_own OR mention.is_repost)
), vote AS (
    -- What was said first that day describes the voice.
    SELECT
        business_day AS day, SIGN(SUM(tone)) AS leaning, SIGN(SUM(own_tone)) AS own_leaning,
        FIRST(source ORDER BY posted_at, record_key) AS source,
        FIRST(CASE WHEN rating IS NULL THEN 'social' ELSE 'review' END ORDER BY posted_at, record_key) AS channel,
        FIRST(touchpoint ORDER BY posted_at, record_key) AS touchpoint,
        FIRST(region ORDER BY posted_at, record_key) AS region
    FROM opinion
    GROUP BY person, about, business_day
)
SELECT
    100.0 * AVG(vote.leaning) AS value, COUNT(*) AS n,
    100.0 * AVG(vote.own_leaning) AS without_campaigns, COUNT(vote.own_leaning) AS without_campaigns_n
FROM vote
JOIN core_sources AS delivered USING (source)
WHERE
    vote.day BETWEEN $start AND LEAST($end, $watermark)
    AND vote.day <= delivered.watermark_day
    AND ($channel IS NULL OR vote.channel = $channel)
    AND ($touchpoint IS NULL OR vote.touchpoint = $touchpoint)
    AND ($region IS NULL OR vote.region = $region)
