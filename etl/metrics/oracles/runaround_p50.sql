-- Half of the chains of known customers cost no more: minutes and points for each detour, in bins of 5 %.
WITH visit AS (
    SELECT
        chain.chain_key, chain.contact_key, contact.channel, contact.started_at AS began,
        LAG(contact.channel) OVER (
            PARTITION BY chain.chain_key ORDER BY contact.started_at, contact.contact_key
        ) AS channel_before
    FROM core_chain_contacts AS chain
    JOIN core_contacts AS contact USING (contact_key)
    WHERE contact.customer_id IS NOT NULL
), leg AS (
    SELECT visit.chain_key, legs.*, legs.disposition = ANY (['answered', 'callback']) AS was_heard
    FROM core_interactions AS legs
    JOIN visit USING (contact_key)
), heard AS (
    -- Whoever spoke with the customer, one after the other.
    SELECT chain_key, agent_id, team, ROW_NUMBER() OVER (PARTITION BY chain_key ORDER BY started_at, record_key) AS place
    FROM leg
    WHERE was_heard
), retold AS (
    SELECT one.chain_key, COUNT(*) AS times
    FROM heard AS one
    JOIN heard AS next ON next.chain_key = one.chain_key AND next.place = one.place + 1
    WHERE CASE
        WHEN one.agent_id IS NOT NULL AND next.agent_id IS NOT NULL THEN one.agent_id <> next.agent_id
        ELSE one.team <> next.team
    END
    GROUP BY one.chain_key
), cost AS (
    SELECT
        chain_key, SUM(is_transferred::INTEGER) AS transfers,
        SUM(CASE WHEN channel = ANY (['phone', 'chat'])
            THEN COALESCE(wait_seconds, 0) + COALESCE(hold_seconds, 0) + COALESCE(talk_seconds, 0)
            ELSE 0 END) AS seconds
    FROM leg
    GROUP BY chain_key
), tried AS (
    SELECT
        chain_key, COUNT(*) - 1 AS repeats, COUNT(*) FILTER (WHERE channel <> channel_before) AS switches,
        ARG_MIN(contact_key, (began, contact_key)) AS opener, MAX(began) AS ended
    FROM visit
    GROUP BY chain_key
), chain AS (
    SELECT
        tried.opener, tried.ended,
        ROUND(
            cost.seconds / 60 + $transfer_points * cost.transfers + $repeat_points * tried.repeats
                + $switch_points * tried.switches + $retold_points * COALESCE(retold.times, 0), 3
        ) AS index
    FROM tried
    JOIN cost USING (chain_key)
    LEFT JOIN retold USING (chain_key)
), binned AS (
    -- Logarithms round: each edge is looked at again.
    SELECT FLOOR(LN(GREATEST(chain.index, 1)) / LN(1.05)) AS guess, CASE
        WHEN chain.index < 1 THEN -1
        WHEN chain.index >= POW(1.05, guess + 1) THEN guess + 1
        WHEN chain.index < POW(1.05, guess) THEN guess - 1
        ELSE guess
    END AS bin
    FROM chain
    JOIN core_contacts AS opener ON opener.contact_key = chain.opener
    JOIN core_sources AS delivered USING (source)
    WHERE
        opener.business_day BETWEEN $start AND LEAST($end, CAST($watermark AS DATE) - 7)
        AND opener.business_day <= delivered.watermark_day
        AND chain.ended + INTERVAL 7 DAY <= LEAST(delivered.watermark_at, $watermark_at)
        AND ($channel IS NULL OR opener.channel = $channel)
        AND ($touchpoint IS NULL OR opener.touchpoint = $touchpoint)
        AND ($region IS NULL OR opener.region = $region)
), ranked AS (
    SELECT LIST(bin ORDER BY bin)[CAST(CEIL(COUNT(*) / 2) AS INTEGER)] AS bin, COUNT(*) AS n
    FROM binned
)
SELECT CASE WHEN bin < 0 THEN 0 ELSE POW(1.05, bin + 0.5) END AS value, n
FROM ranked
