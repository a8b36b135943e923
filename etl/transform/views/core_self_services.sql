-- One row a contact of a known customer that never left self-service: whether it came to its end.
SELECT
    contact.contact_key, contact.source, contact.started_at, contact.business_day, contact.customer_id,
    MAX(CASE WHEN legs.disposition = 'contained' THEN 1 ELSE 0 END) = 1 AS is_finished, contact.channel, contact.direction, contact.team, contact.queue,
    contact.reason, contact.cause, contact.touchpoint, contact.product, contact.region, contact.segment,
    contact.language
FROM core_contacts AS contact
JOIN core_interactions AS legs ON legs.contact_key = contact.contact_key
WHERE contact.customer_id IS NOT NULL
    AND legs.direction = 'inbound' AND NOT legs.is_queued AND legs.disposition IN ('contained', 'abandoned')
GROUP BY
    contact.contact_key, contact.source, contact.started_at, contact.business_day, contact.customer_id,
    contact.interaction_count, contact.channel, contact.direction, contact.team, contact.queue,
    contact.reason, contact.cause, contact.touchpoint, contact.product, contact.region, contact.segment,
    contact.language
HAVING COUNT(*) = contact.interaction_count
