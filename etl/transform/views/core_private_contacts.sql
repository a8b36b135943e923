-- One row an inbound private contact of a known customer, with the public outcry that followed, if one did.
SELECT
    contact.contact_key, contact.source, contact.started_at, contact.business_day, contact.customer_id,
    core_escalations.posted_at, contact.channel, contact.direction, contact.team, contact.queue, contact.reason,
    contact.cause, contact.touchpoint, contact.product, contact.region, contact.segment, contact.language
FROM core_contacts AS contact
LEFT JOIN core_escalations
    ON core_escalations.contact_key = contact.contact_key AND core_escalations.business_day = contact.business_day
WHERE contact.direction = 'inbound' AND contact.customer_id IS NOT NULL
    AND contact.channel IN ('phone', 'chat', 'email', 'task')
