-- One row a self-service session of a known customer: finished or given up there, and the next contact within a day.
WITH followed AS (
    SELECT session.contact_key, MIN(later.started_at) AS returned_at
    FROM core_self_services AS session
    JOIN core_contacts AS contact ON contact.contact_key = session.contact_key
    JOIN core_contacts AS later ON later.customer_id = contact.customer_id AND later.direction = 'inbound'
        AND later.contact_key <> contact.contact_key
        AND EXTRACT(EPOCH FROM later.started_at) - EXTRACT(EPOCH FROM contact.started_at) BETWEEN 0 AND 86400
        AND (NULLIF(contact.reason, 'unassigned') IS NULL OR NULLIF(later.reason, 'unassigned') IS NULL
            OR later.reason = contact.reason)
    LEFT JOIN core_self_services AS other ON other.contact_key = later.contact_key
    WHERE other.contact_key IS NULL
    GROUP BY session.contact_key
)
SELECT
    contact.contact_key, contact.source, contact.started_at, contact.business_day, contact.customer_id,
    session.is_finished, followed.returned_at, contact.channel, contact.direction, contact.team, contact.queue,
    contact.reason, contact.cause, contact.touchpoint, contact.product, contact.region, contact.segment,
    contact.language
FROM core_contacts AS contact
JOIN core_self_services AS session
    ON session.contact_key = contact.contact_key AND session.business_day = contact.business_day
LEFT JOIN followed ON followed.contact_key = contact.contact_key
