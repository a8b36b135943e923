-- One row a review with stars.
SELECT
    mention.record_key, mention.source, mention.posted_at AS started_at, mention.business_day, mention.rating,
    mention.answered_at,
    CASE WHEN mention.answered_at < mention.posted_at THEN 0 ELSE CAST(
        EXTRACT(EPOCH FROM mention.answered_at) - EXTRACT(EPOCH FROM mention.posted_at) AS DECIMAL(12, 3)
    ) END AS answer_seconds,
    'review' AS channel, 'inbound' AS direction, CAST(NULL AS VARCHAR) AS team, mention.queue,
    mention.reason, mention.cause, mention.touchpoint, mention.product, mention.region, mention.segment,
    mention.language
FROM core_mentions AS mention
WHERE mention.rating IS NOT NULL AND NOT mention.is_own
