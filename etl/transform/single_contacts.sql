-- One row a contact of a single leg, which says all there is about it.
SELECT
    legs.contact_key, legs.source, legs.channel, legs.direction, legs.started_at,
    legs.business_day, legs.customer_identifier,
    COALESCE(core_identities.customer_id, legs.customer_identifier) AS customer_id,
    legs.team, legs.queue, legs.reason, COALESCE(legs.cause, told.cause) AS cause,
    COALESCE(legs.touchpoint, told.touchpoint) AS touchpoint,
    COALESCE(legs.is_complaint, FALSE) AS is_complaint, told.cause IS NOT NULL AS is_cause_told,
    legs.product, legs.region, legs.segment, legs.language,
    CAST(1 AS BIGINT) AS interaction_count,
    CAST(CASE WHEN legs.is_transferred THEN 1 ELSE 0 END AS BIGINT) AS transfer_count,
    legs.direction = 'inbound' AND legs.channel IN ('chat', 'email', 'social') AS needs_answer,
    CASE WHEN legs.direction = 'inbound' AND legs.channel IN ('chat', 'email', 'social') THEN
        CAST(EXTRACT(EPOCH FROM legs.answered_at) - EXTRACT(EPOCH FROM legs.started_at) AS DECIMAL(12, 3))
    END AS first_response_seconds,
    legs.is_resolved, legs.closed_at,
    legs.disposition IN ('answered', 'callback')
        OR (legs.channel IN ('chat', 'email', 'social') AND legs.answered_at IS NOT NULL) AS is_answered,
    legs.direction = 'inbound' AND legs.is_queued AND legs.disposition = 'abandoned'
        AND NOT (legs.channel IN ('chat', 'email', 'social') AND legs.answered_at IS NOT NULL) AS is_abandoned,
    CASE WHEN legs.direction = 'inbound' AND legs.is_queued AND legs.disposition = 'abandoned'
        AND NOT (legs.channel IN ('chat', 'email', 'social') AND legs.answered_at IS NOT NULL)
        THEN legs.wait_seconds END AS abandon_seconds,
    -- Without hold but with talk, a missing handle time says that a part which the source records is missing.
    CASE WHEN legs.direction = 'inbound' AND legs.is_queued AND legs.disposition IN ('answered', 'abandoned')
        AND NOT (legs.disposition = 'answered' AND legs.hold_seconds IS NULL AND legs.handle_seconds IS NULL
            AND legs.talk_seconds IS NOT NULL)
        THEN CAST(legs.wait_seconds + CASE WHEN legs.disposition = 'answered' THEN COALESCE(legs.hold_seconds, 0)
            ELSE 0 END AS DECIMAL(12, 3)) END AS customer_wait_seconds,
    CASE WHEN legs.disposition IN ('answered', 'callback') THEN legs.hold_seconds END AS hold_seconds,
    CASE WHEN legs.disposition IN ('answered', 'callback') THEN legs.handle_seconds END AS handle_seconds
FROM single_interactions AS legs
LEFT JOIN core_identities ON core_identities.identifier = legs.customer_identifier
LEFT JOIN core_told_contacts AS told
    ON told.contact_key = legs.contact_key AND told.business_day = legs.business_day
