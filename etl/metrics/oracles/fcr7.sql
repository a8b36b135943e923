-- Answered first contacts after which nothing of the same customer for the same reason came in 7 days / all first ones;
-- then as others count, and between which bounds the contacts without a customer leave it.
WITH leg AS (
    SELECT legs.*, direction <> 'inbound' AS is_ours,
        direction = 'inbound' AND is_queued AND disposition = 'abandoned' AS gave_up,
        wait_seconds <= LEAST($short_abandon_seconds, $threshold_seconds) AS was_short
    FROM core_interactions AS legs
), contact AS (
    -- Who wrote first describes the contact; what he left open, any of its legs may say.
    SELECT
        contact_key, MIN(started_at) FILTER (WHERE NOT is_ours) AS began,
        FIRST(business_day ORDER BY is_ours, started_at, record_key) AS day,
        FIRST(source ORDER BY is_ours, started_at, record_key) AS source,
        FIRST(channel ORDER BY is_ours, started_at, record_key) AS channel,
        COALESCE(FIRST(touchpoint ORDER BY is_ours, started_at, record_key), MAX(touchpoint),
            (SELECT touchpoint FROM core_told_contacts AS told WHERE told.contact_key = leg.contact_key)) AS touchpoint,
        COALESCE(FIRST(region ORDER BY is_ours, started_at, record_key), MAX(region)) AS region,
        COALESCE(FIRST(reason ORDER BY is_ours, started_at, record_key), MAX(reason)) AS reason,
        COALESCE(FIRST(customer_identifier ORDER BY is_ours, started_at, record_key),
            MIN(customer_identifier) FILTER (WHERE NOT is_ours)) AS identifier,
        BOOL_OR(disposition = ANY (['answered', 'callback'])) OR (
            FIRST(channel ORDER BY is_ours, started_at, record_key) = ANY (['chat', 'email', 'social']) AND (
                BOOL_OR(answered_at IS NOT NULL AND NOT is_ours)
                OR MAX(started_at) FILTER (WHERE direction = 'outbound' AND NOT is_automatic)
                    >= MIN(started_at) FILTER (WHERE NOT is_ours)
            )
        ) IS TRUE AS is_answered,
        BOOL_OR(gave_up) AS gave_up, BOOL_AND(was_short IS TRUE) FILTER (WHERE gave_up) IS TRUE AS was_short
    FROM leg GROUP BY contact_key HAVING BOOL_OR(NOT is_ours)
), attempt AS (
    SELECT contact.*, COALESCE(named.customer_id, contact.identifier) AS customer,
        COALESCE(NULLIF(contact.reason, 'unassigned'), '?') AS problem
    FROM contact LEFT JOIN core_identities AS named ON named.identifier = contact.identifier
    WHERE NOT (gave_up AND NOT is_answered AND was_short)
), alone AS (
    -- Whether anything of the same customer for the same reason came in the 7 days before, and in those after.
    SELECT *, NOT EXISTS (
        SELECT 1 FROM attempt AS other
        WHERE other.customer = this.customer AND other.problem = this.problem
            AND (other.began, other.contact_key) < (this.began, this.contact_key)
            AND other.began >= this.began - INTERVAL 7 DAY
    ) AS opens, NOT EXISTS (
        SELECT 1 FROM attempt AS other
        WHERE other.customer = this.customer AND other.problem = this.problem
            AND (other.began, other.contact_key) > (this.began, this.contact_key)
            AND other.began <= this.began + INTERVAL 7 DAY
    ) AS closes
    FROM attempt AS this
), opener AS (
    -- The contacts that belong to one: from it up to the one that closes.
    SELECT *, (
        SELECT COUNT(*) FROM attempt AS other
        WHERE other.customer = this.customer AND other.problem = this.problem
            AND (other.began, other.contact_key) >= (this.began, this.contact_key)
            AND other.began <= (SELECT MIN(last.began) FROM alone AS last WHERE last.closes
                AND last.customer = this.customer AND last.problem = this.problem AND last.began >= this.began)
    ) AS contacts
    FROM alone AS this WHERE opens
), mature AS (
    SELECT opener.customer IS NOT NULL AS is_known, opener.is_answered, opener.closes, opener.contacts
    FROM opener JOIN core_sources AS delivered USING (source)
    WHERE opener.day BETWEEN $start AND LEAST($end, CAST($watermark AS DATE) - 7)
        AND opener.day <= delivered.watermark_day
        AND opener.began + INTERVAL 7 DAY <= LEAST(delivered.watermark_at, $watermark_at)
        AND ($channel IS NULL OR opener.channel = $channel) AND ($region IS NULL OR opener.region = $region)
        AND ($touchpoint IS NULL OR opener.touchpoint = $touchpoint)
), counted AS (
    SELECT COUNT(*) FILTER (WHERE is_known) AS chains, COUNT(*) FILTER (WHERE NOT is_known) AS unlinked,
        COUNT(*) FILTER (WHERE is_known AND closes AND is_answered) AS resolved,
        COUNT(*) FILTER (WHERE is_known AND closes) AS single,
        COALESCE(SUM(contacts) FILTER (WHERE is_known), 0) AS contacts
    FROM mature
)
SELECT
    resolved / NULLIF(chains, 0) AS value, chains AS n,
    single / NULLIF(chains, 0) AS without_repeat, chains AS without_repeat_n,
    resolved / NULLIF(contacts, 0) AS of_contacts, contacts AS of_contacts_n,
    GREATEST(0, resolved - unlinked) / NULLIF(chains, 0) AS lowest, chains AS lowest_n,
    (resolved + unlinked) / NULLIF(chains + unlinked, 0) AS highest, chains + unlinked AS highest_n
FROM counted
