-- One row an inbound contact, with whether it failed its customer.
SELECT
    contact.contact_key, contact.source, contact.started_at, contact.business_day, contact.customer_id,
    failure.contact_key IS NOT NULL AS has_failed, contact.channel, contact.direction, contact.team, contact.queue,
    contact.reason, contact.cause, contact.touchpoint, contact.product, contact.region, contact.segment,
    contact.language
FROM core_contacts AS contact
LEFT JOIN core_failures AS failure ON failure.contact_key = contact.contact_key
WHERE contact.direction = 'inbound'
