-- One row a self-service session of a known customer: finished or given up there, and the next contact within a day.
WITH session AS (
    SELECT
        legs.contact_key, MAX(CASE WHEN legs.disposition = 'contained' THEN 1 ELSE 0 END) = 1 AS is_finished
    FROM core_interactions AS legs
    GROUP BY legs.contact_key
    HAVING COUNT(*) = COUNT(*) FILTER (
        WHERE legs.direction = 'inbound' AND NOT legs.is_queued AND legs.disposition IN ('contained', 'abandoned')
    )
), sorted AS (
    SELECT
        contact.contact_key, session.is_finished, contact.customer_id,
        NULLIF(contact.reason, 'unassigned') AS reason, EXTRACT(EPOCH FROM contact.started_at) AS second
    FROM core_contacts AS contact
    JOIN session ON session.contact_key = contact.contact_key
    WHERE contact.customer_id IS NOT NULL
), followed AS (
    SELECT sorted.contact_key, MIN(later.started_at) AS returned_at
    FROM sorted
    JOIN core_contacts AS later ON later.customer_id = sorted.customer_id AND later.direction = 'inbound'
        AND later.contact_key <> sorted.contact_key
        AND EXTRACT(EPOCH FROM later.started_at) - sorted.second BETWEEN 0 AND 86400
        AND (sorted.reason IS NULL OR NULLIF(later.reason, 'unassigned') IS NULL OR later.reason = sorted.reason)
    LEFT JOIN session AS other ON other.contact_key = later.contact_key
    WHERE other.contact_key IS NULL
    GROUP BY sorted.contact_key
)
SELECT
    contact.contact_key, contact.source, contact.started_at, contact.business_day, contact.customer_id,
    sorted.is_finished, followed.returned_at, contact.channel, contact.direction, contact.team, contact.queue,
    contact.reason, contact.cause, contact.touchpoint, contact.product, contact.region, contact.segment,
    contact.language
FROM sorted
JOIN core_contacts AS contact ON contact.contact_key = sorted.contact_key
LEFT JOIN followed ON followed.contact_key = sorted.contact_key
