-- One row a failure, with when its customer showed that he is content and when he came back, each within 30 days.
SELECT
    failure.contact_key, failure.source, failure.started_at, failure.business_day, failure.customer_id,
    recovery.content_at, recovery.returned_at, failure.channel, failure.direction, failure.team, failure.queue,
    failure.reason, failure.cause, failure.touchpoint, failure.product, failure.region, failure.segment,
    failure.language
FROM core_failures AS failure
LEFT JOIN core_recoveries AS recovery
    ON recovery.contact_key = failure.contact_key AND recovery.business_day = failure.business_day
