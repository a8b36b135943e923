-- One row a post, comment or review in public by somebody else, in words of his own.
SELECT
    mention.record_key, mention.source, mention.posted_at AS started_at, mention.business_day,
    COALESCE(core_identities.customer_id, mention.author_identifier,
        'mention ' || CAST(mention.record_key AS VARCHAR)) AS person,
    CASE WHEN mention.rating IS NULL THEN 'social' ELSE 'review' END AS channel, 'inbound' AS direction,
    CAST(NULL AS VARCHAR) AS team, mention.queue, mention.reason, mention.cause, mention.touchpoint, mention.product,
    mention.region, mention.segment, mention.language
FROM core_mentions AS mention
LEFT JOIN core_identities ON core_identities.identifier = mention.author_identifier
WHERE NOT mention.is_own AND NOT mention.is_repost
