-- One row a private contact after which the same customer said something negative in public within 72 hours.
-- replaces: business_day of scope_near_days
WITH outcry AS (
    SELECT
        mention.record_key, mention.posted_at, EXTRACT(EPOCH FROM mention.posted_at) AS second,
        COALESCE(core_identities.customer_id, mention.author_identifier) AS customer_id
    FROM scoped_outcries AS mention
    JOIN core_sentiments AS sentiment ON sentiment.record_key = mention.record_key AND sentiment.label < 0
    LEFT JOIN core_identities ON core_identities.identifier = mention.author_identifier
    WHERE NOT mention.is_own AND NOT mention.is_repost AND mention.author_identifier IS NOT NULL
), followed AS (
    SELECT
        contact.contact_key, contact.business_day, outcry.record_key, outcry.posted_at,
        ROW_NUMBER() OVER (PARTITION BY contact.contact_key ORDER BY outcry.posted_at, outcry.record_key) AS place
    FROM scoped_near_contacts AS contact
    JOIN outcry ON outcry.customer_id = contact.customer_id
        AND outcry.second - EXTRACT(EPOCH FROM contact.started_at) BETWEEN 0 AND 259200
    WHERE contact.direction = 'inbound' AND contact.channel IN ('phone', 'chat', 'email', 'task')
)
SELECT contact_key, record_key, business_day, posted_at
FROM followed
WHERE place = 1
