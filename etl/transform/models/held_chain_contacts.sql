-- One row a contact in a chain: contacts of one customer for one reason, each within 7 days of the one before.
-- replaces: chain_key of scope_chains
WITH attempt AS (
    SELECT
        contact.contact_key, contact.customer_id, contact.channel, contact.started_at, contact.is_complaint,
        COALESCE(NULLIF(contact.reason, 'unassigned'), '') AS problem,
        EXTRACT(EPOCH FROM contact.started_at) AS second
    FROM scoped_links AS contact
    CROSS JOIN core_limits
    WHERE contact.direction = 'inbound' AND contact.customer_id IS NOT NULL
        AND NOT (contact.is_abandoned AND COALESCE(contact.abandon_seconds <= core_limits.short_abandon_seconds, FALSE))
), spaced AS (
    SELECT
        attempt.*,
        LAG(second) OVER (PARTITION BY customer_id, problem ORDER BY second, contact_key) AS earlier
    FROM attempt
), numbered AS (
    SELECT
        spaced.*,
        SUM(CASE WHEN earlier IS NULL OR second - earlier > 604800 THEN 1 ELSE 0 END)
            OVER (PARTITION BY customer_id, problem ORDER BY second, contact_key) AS chain_number
    FROM spaced
), placed AS (
    SELECT
        numbered.*,
        ROW_NUMBER() OVER (PARTITION BY customer_id, problem, chain_number ORDER BY second, contact_key) AS position,
        FIRST_VALUE(contact_key) OVER (
            PARTITION BY customer_id, problem, chain_number ORDER BY second, contact_key
        ) AS chain_key
    FROM numbered
), chain AS (
    SELECT
        chain_key, COUNT(*) AS chain_length, COUNT(DISTINCT channel) AS channel_count,
        MAX(started_at) AS last_at, MAX(CASE WHEN is_complaint THEN 1 ELSE 0 END) = 1 AS has_complaint
    FROM placed
    GROUP BY chain_key
)
SELECT
    placed.contact_key, placed.chain_key, opening.source, opening.business_day,
    opening.started_at AS chain_started_at, placed.started_at, chain.last_at, placed.customer_id,
    TRUE AS is_identified, placed.position, chain.chain_length, chain.channel_count, contact.is_answered,
    chain.has_complaint, opening.channel, opening.direction, opening.team, opening.queue, opening.reason,
    opening.cause, opening.touchpoint, opening.product, opening.region, opening.segment, opening.language
FROM placed
JOIN chain ON chain.chain_key = placed.chain_key
JOIN scoped_links AS opening ON opening.contact_key = placed.chain_key
JOIN scoped_links AS contact ON contact.contact_key = placed.contact_key
