-- What the complaint rate counts: inbound contacts below the line, chains with a complaint above it.
SELECT
    contact.contact_key, contact.source, contact.started_at, contact.business_day, contact.customer_id,
    TRUE AS is_contact, FALSE AS is_complaint_chain, contact.channel, contact.direction, contact.team, contact.queue,
    contact.reason, contact.cause, contact.touchpoint, contact.product, contact.region, contact.segment,
    contact.language
FROM core_contacts AS contact
WHERE contact.direction = 'inbound'
UNION ALL
SELECT
    chain.chain_key, chain.source, chain.chain_started_at, chain.business_day, chain.customer_id,
    FALSE, TRUE, chain.channel, chain.direction, chain.team, chain.queue,
    chain.reason, chain.cause, chain.touchpoint, chain.product, chain.region, chain.segment,
    chain.language
FROM core_chain_contacts AS chain
WHERE chain.position = 1 AND chain.has_complaint
