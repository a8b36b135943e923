-- One row a counted, scored answer that came with its contact in one record.
SELECT
    answer.record_key, answer.source, answer.question, answer.kind, answer.score, answer.responded_at,
    answer.business_day,
    COALESCE(core_identities.customer_id, answer.customer_identifier, contacts.customer_id) AS customer_id,
    answer.contact_key, FALSE AS is_inferred,
    COALESCE(contacts.channel, 'survey') AS channel, contacts.team, contacts.queue,
    COALESCE(NULLIF(answer.reason, 'unassigned'), contacts.reason, answer.reason) AS reason,
    COALESCE(NULLIF(answer.cause, 'unassigned'), contacts.cause, answer.cause) AS cause,
    COALESCE(NULLIF(answer.touchpoint, 'unassigned'), contacts.touchpoint, answer.touchpoint) AS touchpoint,
    COALESCE(answer.product, contacts.product) AS product, COALESCE(answer.region, contacts.region) AS region,
    COALESCE(answer.segment, contacts.segment) AS segment, COALESCE(answer.language, contacts.language) AS language
FROM core_responses AS answer
LEFT JOIN core_identities ON core_identities.identifier = answer.customer_identifier
LEFT JOIN core_contacts AS contacts ON contacts.contact_key = answer.contact_key
WHERE answer.contact_key IS NOT NULL AND answer.is_counted AND answer.score IS NOT NULL AND answer.kind IS NOT NULL
