-- One row an inbound contact of a source that records when it closes them; without seconds it is still open.
SELECT
    contact.contact_key, contact.source, contact.started_at, contact.business_day, contact.customer_id,
    contact.closed_at,
    CASE WHEN contact.is_resolved THEN
        CAST(EXTRACT(EPOCH FROM contact.closed_at) - EXTRACT(EPOCH FROM contact.started_at) AS DECIMAL(12, 3))
    END AS resolution_seconds,
    contact.channel, contact.direction, contact.team, contact.queue, contact.reason, contact.cause,
    contact.touchpoint, contact.product, contact.region, contact.segment, contact.language
FROM core_contacts AS contact
JOIN (SELECT DISTINCT source FROM core_interactions WHERE closed_at IS NOT NULL) AS closing
    ON closing.source = contact.source
WHERE contact.direction = 'inbound'
    AND (contact.closed_at >= contact.started_at OR NOT COALESCE(contact.is_resolved, FALSE))
