-- Of the posts of others that have a cause, the part that no code gave it to: the words of a negative one did.
SELECT
    CAST(COUNT(CASE WHEN post.cause IS NULL THEN 1 END) AS DOUBLE) / NULLIF(COUNT(*), 0) AS value, COUNT(*) AS n
FROM core_mentions AS post
JOIN core_sources AS delivered USING (source)
LEFT JOIN core_sentiments AS tone ON tone.record_key = post.record_key
LEFT JOIN core_told_causes AS told
    ON told.record_key = post.record_key AND told.field = 'message' AND tone.label < 0 AND post.cause IS NULL
WHERE
    post.business_day BETWEEN $start AND LEAST($end, $watermark)
    AND post.business_day <= delivered.watermark_day
    AND NOT (post.is_own OR post.is_repost)
    AND COALESCE(post.cause, told.cause, 'unassigned') <> 'unassigned'
    AND ($channel IS NULL OR CASE WHEN post.rating IS NULL THEN 'social' ELSE 'review' END = $channel)
    AND ($touchpoint IS NULL OR COALESCE(post.touchpoint, told.touchpoint) = $touchpoint)
    AND ($region IS NULL OR post.region = $region)
