-- Chains with every measurable promise of their touchpoints kept / chains with at least one of them.
WITH call AS (
    SELECT contact_key, MAX(wait_seconds) AS longest
    FROM core_interactions
    WHERE is_queued AND direction = 'inbound'
    GROUP BY contact_key
), promise AS (
    SELECT
        contact.*, call.longest, call.contact_key IS NOT NULL AS was_queued,
        MAX(promised.most) FILTER (WHERE promised.promise = 'answer_within_seconds') AS answer_within,
        MAX(promised.most) FILTER (WHERE promised.promise = 'most_transfers') AS most_transfers,
        MAX(promised.most) FILTER (WHERE promised.promise = 'first_response_within_seconds') AS response_within,
        MAX(promised.most) FILTER (WHERE promised.promise = 'resolved_within_days') AS days_within
    FROM core_contacts AS contact
    JOIN core_promises AS promised USING (touchpoint)
    LEFT JOIN call USING (contact_key)
    GROUP BY ALL
), verdict AS (
    -- Left to right: was the promise kept? Null where nobody can tell.
    SELECT contact_key, UNNEST([
        CASE WHEN longest > answer_within THEN FALSE WHEN is_answered THEN longest <= answer_within END,
        CASE WHEN was_queued AND is_answered THEN transfer_count <= most_transfers END,
        CASE WHEN needs_answer AND response_within IS NOT NULL
            THEN COALESCE(first_response_seconds <= response_within, FALSE) END,
        CASE WHEN days_within IS NULL THEN NULL WHEN is_resolved IS FALSE THEN FALSE
            ELSE closed_at <= started_at + to_seconds(days_within * 86400) END
    ]) AS is_kept
    FROM promise
), journey AS (
    SELECT chain.chain_key, BOOL_AND(verdict.is_kept) AS has_kept
    FROM core_chain_contacts AS chain
    JOIN verdict USING (contact_key)
    WHERE chain.customer_id IS NOT NULL
    GROUP BY chain.chain_key
    HAVING COUNT(verdict.is_kept) > 0
)
SELECT AVG(CASE WHEN journey.has_kept THEN 1.0 ELSE 0.0 END) AS value, COUNT(*) AS n
FROM journey
JOIN core_contacts AS opener ON opener.contact_key = journey.chain_key
JOIN core_sources AS delivered USING (source)
WHERE
    opener.business_day BETWEEN $start AND LEAST($end, CAST($watermark AS DATE) - 7)
    AND opener.business_day <= delivered.watermark_day
    AND (SELECT MAX(last_at) FROM core_chain_contacts WHERE chain_key = journey.chain_key) + INTERVAL 7 DAY
        <= LEAST(delivered.watermark_at, $watermark_at)
    AND ($channel IS NULL OR opener.channel = $channel)
    AND ($touchpoint IS NULL OR opener.touchpoint = $touchpoint)
    AND ($region IS NULL OR opener.region = $region)
