-- One row a contact of several legs: one conversation, described by the first thing the customer did.
-- replaces: contact_key of scope_contacts
WITH several AS (
    SELECT DISTINCT contact_key FROM scoped_interactions WHERE contact_key <> record_key
), leg AS (
    SELECT legs.*,
        ROW_NUMBER() OVER (
            PARTITION BY legs.contact_key
            ORDER BY CASE WHEN legs.direction = 'inbound' THEN 0 ELSE 1 END, legs.started_at,
                CASE WHEN legs.customer_identifier IS NULL THEN 1 ELSE 0 END, legs.record_key
        ) AS place,
        ROW_NUMBER() OVER (
            PARTITION BY legs.contact_key
            ORDER BY CASE WHEN legs.is_resolved IS NULL THEN 1 ELSE 0 END, legs.started_at DESC, legs.record_key DESC
        ) AS outcome_place,
        legs.direction = 'inbound' AND legs.is_queued AND legs.disposition = 'abandoned' AS was_given_up,
        legs.direction = 'inbound' AND legs.is_queued AND legs.disposition IN ('answered', 'abandoned') AS has_queued,
        legs.disposition IN ('answered', 'callback') AS was_handled,
        MIN(CASE WHEN legs.direction = 'inbound' THEN legs.started_at END)
            OVER (PARTITION BY legs.contact_key) AS first_inbound_at
    FROM scoped_interactions AS legs WHERE legs.contact_key IN (SELECT contact_key FROM several)
), whole AS (
    SELECT
        contact_key, COUNT(*) AS interaction_count, COUNT(*) FILTER (WHERE is_transferred) AS transfer_count,
        MAX(team) AS team, MAX(queue) AS queue, MAX(reason) AS reason, MAX(cause) AS cause, MAX(segment) AS segment,
        MAX(touchpoint) AS touchpoint, MAX(product) AS product, MAX(region) AS region, MAX(language) AS language,
        MAX(CASE WHEN is_complaint THEN 1 ELSE 0 END) = 1 AS is_complaint,
        MIN(CASE WHEN direction = 'inbound' THEN customer_identifier END) AS customer_identifier,
        MIN(CASE WHEN direction = 'outbound' AND NOT is_automatic AND started_at >= first_inbound_at
            THEN started_at WHEN direction = 'inbound' THEN answered_at END) AS response_at,
        MAX(CASE WHEN outcome_place > 1 THEN NULL WHEN is_resolved THEN 1 WHEN NOT is_resolved THEN 0 END) AS resolved,
        MAX(closed_at) AS closed_at, MAX(CASE WHEN was_handled THEN 1 ELSE 0 END) AS handled,
        CASE WHEN COUNT(*) FILTER (WHERE has_queued AND wait_seconds IS NULL OR was_handled AND hold_seconds IS NULL
                AND handle_seconds IS NULL AND talk_seconds IS NOT NULL) = 0
            THEN SUM(CASE WHEN has_queued THEN wait_seconds END)
                + COALESCE(SUM(CASE WHEN was_handled THEN hold_seconds END), 0) END AS customer_wait_seconds,
        CASE WHEN COUNT(*) FILTER (WHERE was_handled AND hold_seconds IS NULL) = 0
            THEN SUM(CASE WHEN was_handled THEN hold_seconds END) END AS hold_seconds,
        CASE WHEN COUNT(*) FILTER (WHERE was_handled AND handle_seconds IS NULL) = 0
            THEN SUM(CASE WHEN was_handled THEN handle_seconds END) END AS handle_seconds,
        MAX(CASE WHEN was_given_up THEN 1 ELSE 0 END) AS given_up,
        CASE WHEN COUNT(*) FILTER (WHERE was_given_up AND wait_seconds IS NULL) = 0
            THEN MAX(CASE WHEN was_given_up THEN wait_seconds END) END AS abandon_seconds
    FROM leg GROUP BY contact_key
), contact AS (
    SELECT
        leg.contact_key, leg.source, leg.channel, leg.direction, leg.started_at, leg.business_day,
        COALESCE(leg.customer_identifier, whole.customer_identifier) AS customer_identifier,
        COALESCE(leg.team, whole.team) AS team, COALESCE(leg.queue, whole.queue) AS queue,
        COALESCE(leg.reason, whole.reason) AS reason, COALESCE(leg.cause, whole.cause) AS cause,
        COALESCE(leg.touchpoint, whole.touchpoint) AS touchpoint, whole.is_complaint,
        COALESCE(leg.product, whole.product) AS product, COALESCE(leg.region, whole.region) AS region,
        COALESCE(leg.segment, whole.segment) AS segment, COALESCE(leg.language, whole.language) AS language,
        whole.interaction_count, whole.transfer_count, whole.response_at, whole.resolved = 1 AS is_resolved,
        whole.handled = 1 OR (leg.channel IN ('chat', 'email', 'social') AND whole.response_at IS NOT NULL) AS is_answered,
        whole.given_up = 1 AS was_given_up, whole.abandon_seconds,
        whole.closed_at, whole.customer_wait_seconds, whole.hold_seconds, whole.handle_seconds
    FROM leg JOIN whole ON whole.contact_key = leg.contact_key
    WHERE leg.place = 1
)
SELECT
    contact.contact_key, contact.source, contact.channel, contact.direction, contact.started_at, contact.business_day,
    contact.customer_identifier, COALESCE(core_identities.customer_id, contact.customer_identifier) AS customer_id,
    contact.team, contact.queue, contact.reason, COALESCE(contact.cause, told.cause) AS cause,
    COALESCE(contact.touchpoint, told.touchpoint) AS touchpoint, contact.is_complaint,
    told.cause IS NOT NULL AS is_cause_told, contact.product, contact.region, contact.segment, contact.language,
    contact.interaction_count, contact.transfer_count,
    contact.direction = 'inbound' AND contact.channel IN ('chat', 'email', 'social') AS needs_answer,
    CASE WHEN contact.direction = 'inbound' AND contact.channel IN ('chat', 'email', 'social') THEN
        CAST(EXTRACT(EPOCH FROM contact.response_at) - EXTRACT(EPOCH FROM contact.started_at) AS DECIMAL(12, 3))
    END AS first_response_seconds,
    contact.is_resolved, contact.closed_at, contact.is_answered,
    contact.was_given_up AND NOT contact.is_answered AS is_abandoned,
    CASE WHEN contact.was_given_up AND NOT contact.is_answered THEN contact.abandon_seconds END AS abandon_seconds,
    CAST(contact.customer_wait_seconds AS DECIMAL(12, 3)) AS customer_wait_seconds,
    CAST(contact.hold_seconds AS DECIMAL(12, 3)) AS hold_seconds,
    CAST(contact.handle_seconds AS DECIMAL(12, 3)) AS handle_seconds
FROM contact
LEFT JOIN core_identities ON core_identities.identifier = contact.customer_identifier
LEFT JOIN core_told_contacts AS told ON told.contact_key = contact.contact_key
