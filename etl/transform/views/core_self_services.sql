-- One row a contact of a known customer that never left self-service: whether it came to its end.
SELECT
    contact.contact_key, contact.business_day,
    MAX(CASE WHEN legs.disposition = 'contained' THEN 1 ELSE 0 END) = 1 AS is_finished
FROM core_contacts AS contact
JOIN core_interactions AS legs ON legs.contact_key = contact.contact_key
WHERE contact.customer_id IS NOT NULL
    AND legs.direction = 'inbound' AND NOT legs.is_queued AND legs.disposition IN ('contained', 'abandoned')
GROUP BY contact.contact_key, contact.business_day, contact.interaction_count
HAVING COUNT(*) = contact.interaction_count
