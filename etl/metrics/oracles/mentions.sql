-- How many posts others wrote, reposts and our own left out.
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
)
SELECT
    CAST(COUNT(*) AS DOUBLE) AS value, COUNT(*) AS n,
    CAST(COUNT(*) FILTER (WHERE campaign.record_key IS NULL) AS DOUBLE) AS without_campaigns,
    COUNT(*) FILTER (WHERE campaign.record_key IS NULL) AS without_campaigns_n
FROM core_mentions AS post
JOIN core_sources AS delivered USING (source)
LEFT JOIN core_sentiments AS tone ON tone.record_key = post.record_key
LEFT JOIN core_told_causes AS told
    ON told.record_key = post.record_key AND told.field = 'message' AND tone.label < 0 AND post.cause IS NULL
LEFT JOIN campaign ON campaign.record_key = post.record_key
WHERE
    post.business_day BETWEEN $start AND LEAST($end, $watermark)
    AND post.business_day <= delivered.watermark_day
    AND NOT (post.is_own OR post.is_repost)
    AND ($channel IS NULL OR CASE WHEN post.rating IS NULL THEN 'social' ELSE 'review' END = $channel)
    AND ($touchpoint IS NULL OR COALESCE(post.touchpoint, told.touchpoint) = $touchpoint)
    AND ($region IS NULL OR post.region = $region)
