-- One row a chain of a known customer: how long it kept him, and how often he was sent on and had to begin again.
-- replaces: chain_key of scope_journeys
WITH leg AS (
    SELECT
        chain.chain_key, legs.is_transferred,
        CASE WHEN legs.channel IN ('phone', 'chat') THEN
            COALESCE(legs.wait_seconds, 0) + COALESCE(legs.hold_seconds, 0) + COALESCE(legs.talk_seconds, 0)
        ELSE 0 END AS customer_seconds,
        legs.disposition IN ('answered', 'callback') AS is_answered,
        legs.agent_id, legs.team, legs.started_at, legs.record_key
    FROM scoped_chain_legs AS legs
    JOIN scoped_chain_contacts AS chain ON chain.contact_key = legs.contact_key
), answered AS (
    SELECT
        chain_key, agent_id, team,
        LAG(agent_id) OVER (PARTITION BY chain_key ORDER BY started_at, record_key) AS earlier_agent,
        LAG(team) OVER (PARTITION BY chain_key ORDER BY started_at, record_key) AS earlier_team
    FROM leg
    WHERE is_answered
), retold AS (
    SELECT chain_key, COUNT(*) AS retold_count
    FROM answered
    WHERE agent_id <> earlier_agent
        OR ((agent_id IS NULL OR earlier_agent IS NULL) AND team <> earlier_team)
    GROUP BY chain_key
), handled AS (
    SELECT
        chain_key, COUNT(*) FILTER (WHERE is_transferred) AS transfer_count, SUM(customer_seconds) AS customer_seconds
    FROM leg
    GROUP BY chain_key
), contact AS (
    SELECT
        chain.chain_key, contacts.channel,
        LAG(contacts.channel) OVER (PARTITION BY chain.chain_key ORDER BY chain.position) AS earlier_channel
    FROM scoped_chain_contacts AS chain
    JOIN scoped_links AS contacts ON contacts.contact_key = chain.contact_key
), switched AS (
    SELECT chain_key, COUNT(*) FILTER (WHERE channel <> earlier_channel) AS switch_count
    FROM contact
    GROUP BY chain_key
)
SELECT
    opening.chain_key, opening.source, opening.business_day, opening.chain_started_at AS started_at, opening.last_at,
    opening.customer_id, opening.chain_length AS contact_count, switched.switch_count, handled.transfer_count,
    COALESCE(retold.retold_count, 0) AS retold_count, handled.customer_seconds, opening.channel, opening.direction,
    opening.team, opening.queue, opening.reason, opening.cause, opening.touchpoint, opening.product, opening.region,
    opening.segment, opening.language
FROM scoped_chain_contacts AS opening
JOIN switched ON switched.chain_key = opening.chain_key
JOIN handled ON handled.chain_key = opening.chain_key
LEFT JOIN retold ON retold.chain_key = opening.chain_key
WHERE opening.position = 1
