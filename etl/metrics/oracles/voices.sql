-- How many people wrote them; a post without an author is a person of its own.
SELECT CAST(COUNT(DISTINCT who) AS DOUBLE) AS value, COUNT(DISTINCT who) AS n
FROM (
    SELECT COALESCE(named.customer_id, post.author_identifier, 'mention ' || post.record_key) AS who
    FROM core_mentions AS post
    JOIN core_sources AS delivered USING (source)
    LEFT JOIN core_identities AS named ON named.identifier = post.author_identifier
    LEFT JOIN core_sentiments AS tone ON tone.record_key = post.record_key
    LEFT JOIN core_told_causes AS told
        ON told.record_key = post.record_key AND told.field = 'message' AND tone.label < 0 AND post.cause IS NULL
    WHERE
        post.business_day BETWEEN $start AND LEAST($end, $watermark)
        AND post.business_day <= delivered.watermark_day
        AND NOT (post.is_own OR post.is_repost)
        AND ($channel IS NULL OR CASE WHEN post.rating IS NULL THEN 'social' ELSE 'review' END = $channel)
        AND ($touchpoint IS NULL OR COALESCE(post.touchpoint, told.touchpoint) = $touchpoint)
        AND ($region IS NULL OR post.region = $region)
) AS post
