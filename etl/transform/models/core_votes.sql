-- One row a person, cause and local day: which way all that he said about it that day leans.
-- replaces: business_day of scope_days
WITH opinion AS (
    SELECT
        mention.*, sentiment.label AS opinion,
        CASE WHEN campaign.record_key IS NULL THEN sentiment.label END AS own_opinion,
        COALESCE(core_identities.customer_id, mention.author_identifier,
            'mention ' || CAST(mention.record_key AS VARCHAR)) AS person,
        ROW_NUMBER() OVER (
            PARTITION BY
                COALESCE(core_identities.customer_id, mention.author_identifier,
                    'mention ' || CAST(mention.record_key AS VARCHAR)),
                COALESCE(NULLIF(mention.cause, 'unassigned'), ''), mention.business_day
            ORDER BY mention.posted_at, mention.record_key
        ) AS place
    FROM scoped_mentions AS mention
    JOIN core_sentiments AS sentiment ON sentiment.record_key = mention.record_key AND sentiment.label IS NOT NULL
    LEFT JOIN core_identities ON core_identities.identifier = mention.author_identifier
    LEFT JOIN core_campaigns AS campaign
        ON campaign.record_key = mention.record_key AND campaign.business_day = mention.business_day
    WHERE NOT mention.is_own AND NOT mention.is_repost
), summed AS (
    SELECT
        person, COALESCE(NULLIF(cause, 'unassigned'), '') AS topic, business_day,
        SUM(opinion) AS leaning, SUM(own_opinion) AS own_leaning, COUNT(*) AS mention_count
    FROM opinion
    GROUP BY person, COALESCE(NULLIF(cause, 'unassigned'), ''), business_day
)
SELECT
    opinion.person, opinion.source, opinion.business_day,
    CASE WHEN summed.leaning > 0 THEN 1 WHEN summed.leaning < 0 THEN -1 ELSE 0 END AS vote, summed.mention_count,
    CASE WHEN summed.own_leaning > 0 THEN 1 WHEN summed.own_leaning < 0 THEN -1 WHEN summed.own_leaning = 0 THEN 0 END
        AS own_vote,
    CASE WHEN opinion.rating IS NULL THEN 'social' ELSE 'review' END AS channel, 'inbound' AS direction,
    CAST(NULL AS VARCHAR) AS team, opinion.queue, opinion.reason, opinion.cause, opinion.touchpoint,
    opinion.product, opinion.region, opinion.segment, opinion.language
FROM opinion
JOIN summed ON summed.person = opinion.person AND summed.topic = COALESCE(NULLIF(opinion.cause, 'unassigned'), '')
    AND summed.business_day = opinion.business_day
WHERE opinion.place = 1
