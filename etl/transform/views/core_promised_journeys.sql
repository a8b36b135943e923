-- One row a chain of a known customer that came to a touchpoint with promises, with how they were kept.
SELECT
    journey.chain_key, journey.source, journey.business_day, journey.started_at, journey.last_at, journey.customer_id,
    kept.promise_count, kept.measured_count, kept.broken_count, journey.channel, journey.direction, journey.team,
    journey.queue, journey.reason, journey.cause, journey.touchpoint, journey.product, journey.region,
    journey.segment, journey.language
FROM core_journeys AS journey
JOIN core_kept_promises AS kept ON kept.chain_key = journey.chain_key
