-- One row a post, comment or review in public by somebody else, in words of his own. What a negative one tells as
-- its cause counts where no code records any.
SELECT
    mention.record_key, mention.source, mention.posted_at AS started_at, mention.business_day,
    COALESCE(core_identities.customer_id, mention.author_identifier,
        'mention ' || CAST(mention.record_key AS VARCHAR)) AS person,
    CASE WHEN mention.rating IS NULL THEN 'social' ELSE 'review' END AS channel, 'inbound' AS direction,
    mention.cause IS NULL AND sentiment.label = -1 AND told.cause IS NOT NULL AS is_cause_told,
    campaign.record_key IS NOT NULL AS is_campaign, campaign.wording, campaign.person_count,
    sentiment.label AS tone, sentiment.score AS intensity, told.cause AS told_cause, told.why, told.language AS spoken,
    verbatim.text,
    CAST(NULL AS VARCHAR) AS team, mention.queue, mention.reason,
    COALESCE(mention.cause, CASE WHEN sentiment.label = -1 THEN told.cause END) AS cause,
    COALESCE(mention.touchpoint, CASE WHEN mention.cause IS NULL AND sentiment.label = -1 THEN told.touchpoint END)
        AS touchpoint,
    mention.product, mention.region, mention.segment, mention.language
FROM core_mentions AS mention
LEFT JOIN core_identities ON core_identities.identifier = mention.author_identifier
LEFT JOIN core_sentiments AS sentiment
    ON sentiment.record_key = mention.record_key AND sentiment.business_day = mention.business_day
LEFT JOIN core_told_causes AS told
    ON told.record_key = mention.record_key AND told.business_day = mention.business_day AND told.field = 'message'
LEFT JOIN core_campaigns AS campaign
    ON campaign.record_key = mention.record_key AND campaign.business_day = mention.business_day
LEFT JOIN core_verbatims AS verbatim
    ON verbatim.record_key = mention.record_key AND verbatim.business_day = mention.business_day
        AND verbatim.field = 'message'
WHERE NOT mention.is_own AND NOT mention.is_repost
