-- One row a post, comment or review in public by somebody else, in words of his own. What a negative one tells as
-- its cause counts where no code records any.
SELECT
    mention.record_key, mention.source, mention.posted_at AS started_at, mention.business_day,
    COALESCE(core_identities.customer_id, mention.author_identifier,
        'mention ' || CAST(mention.record_key AS VARCHAR)) AS person,
    CASE WHEN mention.rating IS NULL THEN 'social' ELSE 'review' END AS channel, 'inbound' AS direction,
    mention.cause IS NULL AND told.cause IS NOT NULL AS is_cause_told,
    CAST(NULL AS VARCHAR) AS team, mention.queue, mention.reason, COALESCE(mention.cause, told.cause) AS cause,
    COALESCE(mention.touchpoint, CASE WHEN mention.cause IS NULL THEN told.touchpoint END) AS touchpoint,
    mention.product, mention.region, mention.segment, mention.language
FROM core_mentions AS mention
LEFT JOIN core_identities ON core_identities.identifier = mention.author_identifier
LEFT JOIN core_sentiments AS sentiment ON sentiment.record_key = mention.record_key
LEFT JOIN core_told_causes AS told
    ON told.record_key = mention.record_key AND told.field = 'message' AND sentiment.label = -1
WHERE NOT mention.is_own AND NOT mention.is_repost
