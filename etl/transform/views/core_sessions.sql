-- One row a self-service session of a known customer: finished or given up there, and the next contact within a day.
WITH followed AS (
    SELECT session.contact_key, MIN(later.started_at) AS returned_at
    FROM core_self_services AS session
    JOIN core_contacts AS later ON later.customer_id = session.customer_id AND later.direction = 'inbound'
        AND later.contact_key <> session.contact_key
        AND EXTRACT(EPOCH FROM later.started_at) - EXTRACT(EPOCH FROM session.started_at) BETWEEN 0 AND 86400
        AND (NULLIF(session.reason, 'unassigned') IS NULL OR NULLIF(later.reason, 'unassigned') IS NULL
            OR later.reason = session.reason)
    LEFT JOIN core_self_services AS other ON other.contact_key = later.contact_key
    WHERE other.contact_key IS NULL
    GROUP BY session.contact_key
)
SELECT
    session.contact_key, session.source, session.started_at, session.business_day, session.customer_id,
    session.is_finished, followed.returned_at, session.channel, session.direction, session.team, session.queue,
    session.reason, session.cause, session.touchpoint, session.product, session.region, session.segment,
    session.language
FROM core_self_services AS session
LEFT JOIN followed ON followed.contact_key = session.contact_key
