-- One row an inbound contact: whether it failed its customer, is a repeat, and whether its cause is a breakdown.
SELECT
    contact.contact_key, contact.source, contact.started_at, contact.business_day, contact.customer_id,
    failure.contact_key IS NOT NULL AS has_failed, COALESCE(chain.position > 1, FALSE) AS is_repeat,
    COALESCE(contact.cause <> 'unassigned', FALSE) AS is_cause_known,
    COALESCE(contact.cause <> 'unassigned' AND COALESCE(listed.is_breakdown, TRUE), FALSE) AS is_breakdown,
    contact.channel, contact.direction, contact.team, contact.queue,
    contact.reason, contact.cause, contact.touchpoint, contact.product, contact.region, contact.segment,
    contact.language
FROM core_contacts AS contact
LEFT JOIN core_failures AS failure
    ON failure.contact_key = contact.contact_key AND failure.business_day = contact.business_day
LEFT JOIN held_chain_contacts AS chain ON chain.contact_key = contact.contact_key
LEFT JOIN core_causes AS listed ON listed.cause = contact.cause
WHERE contact.direction = 'inbound'
