-- How many reviews gave stars.
SELECT CAST(COUNT(*) AS DOUBLE) AS value, COUNT(*) AS n
FROM core_mentions AS review
JOIN core_sources AS delivered USING (source)
WHERE
    review.business_day BETWEEN $start AND LEAST($end, $watermark)
    AND review.business_day <= delivered.watermark_day
    AND review.rating BETWEEN 1 AND 5 AND NOT review.is_own
    AND ($channel IS NULL OR 'review' = $channel)
    AND ($touchpoint IS NULL OR review.touchpoint = $touchpoint)
    AND ($region IS NULL OR review.region = $region)
