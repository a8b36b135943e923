-- One row a contact that names no customer: nobody knows what it is a repeat of, so it stands alone.
SELECT
    lone.contact_key, lone.contact_key AS chain_key, lone.source, lone.business_day,
    lone.started_at AS chain_started_at, lone.started_at, lone.started_at AS last_at, lone.customer_id,
    FALSE AS is_identified, CAST(1 AS BIGINT) AS position, CAST(1 AS BIGINT) AS chain_length,
    CAST(1 AS BIGINT) AS channel_count, lone.is_answered, lone.is_complaint AS has_complaint, lone.channel,
    lone.direction, lone.team, lone.queue, lone.reason, lone.cause, lone.touchpoint, lone.product, lone.region,
    lone.segment, lone.language
FROM core_contacts AS lone
CROSS JOIN core_limits
WHERE lone.direction = 'inbound' AND lone.customer_id IS NULL
    AND NOT (lone.is_abandoned AND COALESCE(lone.abandon_seconds <= core_limits.short_abandon_seconds, FALSE))
