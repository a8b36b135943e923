-- One row a chain of a known customer that came to a touchpoint with promises: how many, measured, and broken.
-- replaces: chain_key of scope_journeys
WITH waited AS (
    SELECT contact_key, MAX(wait_seconds) AS wait_seconds
    FROM scoped_chain_legs
    WHERE direction = 'inbound' AND is_queued
    GROUP BY contact_key
), judged AS (
    SELECT
        chain.chain_key,
        CASE promise.promise
            WHEN 'answer_within_seconds' THEN
                CASE WHEN waited.wait_seconds > promise.most THEN 1
                    WHEN waited.wait_seconds <= promise.most AND contact.is_answered THEN 0 END
            WHEN 'most_transfers' THEN
                CASE WHEN waited.contact_key IS NULL OR NOT contact.is_answered THEN NULL
                    WHEN contact.transfer_count > promise.most THEN 1 ELSE 0 END
            WHEN 'first_response_within_seconds' THEN
                CASE WHEN NOT contact.needs_answer THEN NULL
                    WHEN contact.first_response_seconds <= promise.most THEN 0 ELSE 1 END
            WHEN 'resolved_within_days' THEN
                CASE WHEN NOT contact.is_resolved THEN 1
                    WHEN EXTRACT(EPOCH FROM contact.closed_at) - EXTRACT(EPOCH FROM contact.started_at)
                        <= promise.most * 86400 THEN 0
                    WHEN contact.closed_at IS NOT NULL THEN 1 END
        END AS is_broken
    FROM scoped_chain_contacts AS chain
    JOIN scoped_links AS contact ON contact.contact_key = chain.contact_key
    JOIN core_promises AS promise ON promise.touchpoint = contact.touchpoint
    LEFT JOIN waited ON waited.contact_key = contact.contact_key
)
SELECT
    chain_key, COUNT(*) AS promise_count, COUNT(is_broken) AS measured_count,
    COUNT(*) FILTER (WHERE is_broken = 1) AS broken_count
FROM judged
GROUP BY chain_key
